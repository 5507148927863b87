"""The rule that finds a tie: employers, domains, and what was declared beforehand."""

import pytest

from pledges import organisations
from pledges.models import Participation, Status
from review import interests, ties
from review.models import ConflictOfInterest, Procedure, ReviewerProfile
from tests import factories

Source = ConflictOfInterest.Source


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("kotiapu.fi", "kotiapu.fi", True),
        ("edu.hel.fi", "hel.fi", True),
        ("hel.fi", "edu.hel.fi", True),
        ("ota.fi", "kota.fi", False),
        ("a.co.uk", "b.co.uk", False),
        ("gmail.com", "gmail.com", False),
        ("gov.fi", "gov.fi", False),
        ("gov.fi", "intermin.gov.fi", False),
        ("intermin.gov.fi", "intermin.gov.fi", True),
        ("facebook.com", "facebook.com", False),
        ("fi", "kotiapu.fi", False),
        ("", "", False),
    ],
)
def test_domains_of_one_owner(one, other, together):
    assert ties.belong_together(one, other, ties.SHARED) is together


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Kotiapu.fi/me?a=1", "kotiapu.fi"),
        ("kotiapu.fi", "kotiapu.fi"),
        ("https://kääpä.fi:8080/", "xn--kp-viaab.fi"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_the_domain_of_a_website(website, domain):
    assert ties.web_domain(website) == domain


def found(campaign) -> dict:
    return ties.between(campaign)


def test_an_employer_that_takes_part_is_found_however_it_is_written(campaign, reviewer, in_review):
    organisation = in_review.participations.get().organisation
    employer = f"  {organisation.name.upper()} ".replace(" ", "  ")
    ReviewerProfile.objects.create(campaign=campaign, person=reviewer, employer=employer)
    assert found(campaign) == {(in_review.pk, reviewer.pk): Source.FOUND}


def test_an_employer_of_another_campaign_ties_nobody_here(campaign, reviewer, in_review):
    name = in_review.participations.get().organisation.name
    ReviewerProfile.objects.create(campaign=factories.CampaignFactory(), person=reviewer, employer=name)
    assert found(campaign) == {}


@pytest.mark.parametrize("role", ["reviewer", "coordinator", "administrator", "observer", "juror"])
def test_a_mail_domain_that_takes_part_ties_everybody_who_opens_the_desk(role, campaign, in_review, request):
    person = _member(role, request)
    type(person).objects.filter(pk=person.pk).update(email="somebody@kotiapu.fi")
    for field, value in (("contact_email", "a@kotiapu.fi"), ("second_email", "a@mail.kotiapu.fi")):
        type(in_review).objects.filter(pk=in_review.pk).update(**{field: value})
        assert found(campaign) == {(in_review.pk, person.pk): Source.FOUND}
        type(in_review).objects.filter(pk=in_review.pk).update(**{field: "a@other.fi"})
    assert found(campaign) == {}
    type(in_review.participations.get().organisation).objects.update(website="https://www.kotiapu.fi/")
    assert found(campaign) == {(in_review.pk, person.pk): Source.FOUND}


def _member(role: str, request):
    if role in {"reviewer", "coordinator", "administrator"}:
        return request.getfixturevalue(role)
    from django.contrib.auth.models import Group

    person = factories.UserFactory()
    person.groups.add(Group.objects.get(name={"observer": "Observers", "juror": "Jurors"}[role]))
    return person


def test_who_has_no_work_at_the_desk_is_tied_to_nothing(campaign, in_review):
    factories.UserFactory(email="somebody@kotiapu.fi")
    type(in_review).objects.update(contact_email="a@kotiapu.fi")
    assert found(campaign) == {}


@pytest.mark.parametrize(
    ("state", "tied"),
    [("requested", False), ("invited", False), ("confirmed", True), ("declined", False), ("removed", False)],
)
def test_only_a_confirmed_partner_counts(state, tied, campaign, reviewer, in_review):
    type(reviewer).objects.filter(pk=reviewer.pk).update(email="somebody@kotiapu.fi")
    factories.PartnerFactory(submission=in_review, state=state, contact_email="b@kotiapu.fi")
    assert bool(found(campaign)) is tied


def test_a_coordinator_adds_shared_domains(campaign, reviewer, in_review):
    type(reviewer).objects.filter(pk=reviewer.pk).update(email="somebody@maakunta.fi")
    type(in_review).objects.update(contact_email="a@maakunta.fi")
    assert found(campaign)
    Procedure.objects.create(campaign=campaign, shared_domains="other.fi\n@Maakunta.fi")
    campaign.refresh_from_db()
    assert found(campaign) == {}


def test_a_draft_ties_nobody(campaign, reviewer):
    type(reviewer).objects.filter(pk=reviewer.pk).update(email="somebody@kotiapu.fi")
    factories.SubmissionFactory(campaign=campaign, status=Status.DRAFT, contact_email="a@kotiapu.fi")
    assert found(campaign) == {}


def test_what_was_declared_counts_for_a_double_and_for_the_one_that_it_was_merged_into(
    campaign, reviewer, coordinator, in_review, at
):
    organisation = in_review.participations.get().organisation
    interests.declare(campaign, reviewer, [organisation.name], at=at)
    double = factories.SubmissionFactory(campaign=campaign, organisation__name=organisation.name.upper())
    kept = factories.OrganisationFactory(name="The kept one")
    organisations.merge(kept, [organisation], by=coordinator, at=at)
    pairs = {(in_review.pk, reviewer.pk): Source.BEFOREHAND, (double.pk, reviewer.pk): Source.BEFOREHAND}
    assert Participation.objects.get(submission=in_review).organisation == kept
    assert found(campaign) == pairs


def test_finding_takes_the_same_queries_for_two_and_for_twenty(campaign, reviewer, django_assert_num_queries):
    for rows in (2, 18):
        for _row in range(rows):
            factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
        campaign.refresh_from_db()
        with django_assert_num_queries(3):
            assert found(campaign) == {}


def test_a_domain_within_a_givers_ties_and_one_beside_it_does_not(
    campaign, reviewer, other_reviewer, coordinator, in_review
):
    type(in_review).objects.update(contact_email="a@hel.fi")
    for person, domain in ((reviewer, "edu.hel.fi"), (other_reviewer, "mihel.fi"), (coordinator, "fi")):
        type(person).objects.filter(pk=person.pk).update(email=f"somebody@{domain}")
    assert found(campaign) == {(in_review.pk, reviewer.pk): Source.FOUND}
    type(in_review).objects.update(contact_email="a@hki.edu.hel.fi")
    assert found(campaign) == {(in_review.pk, reviewer.pk): Source.FOUND}


def test_what_was_declared_beforehand_goes_before_what_is_found(campaign, reviewer, in_review, at):
    organisation = in_review.participations.get().organisation
    ReviewerProfile.objects.create(campaign=campaign, person=reviewer, employer=organisation.name)
    interests.declare(campaign, reviewer, [organisation.name], at=at)
    assert found(campaign) == {(in_review.pk, reviewer.pk): Source.BEFOREHAND}
