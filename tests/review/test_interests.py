"""Conflicts of interest: noted, and what that ends; lifted, and what stays."""

import pytest
from wagtail.models import ModelLogEntry

from home.models import User
from pledges import partner_acts, partners
from pledges.actors import PARTNER
from pledges.lifecycle import Refused
from pledges.models import Status
from review import interests, scoring
from review.assignments import assign
from review.models import (
    Assignment,
    ConflictOfInterest,
    InterestDeclaration,
    Review,
    ReviewerProfile,
    Standing,
)
from review.sight import visible_to
from tests import factories

Source = ConflictOfInterest.Source
BECAUSE = "They have never met."


def standing() -> set[tuple[int, int, str]]:
    return set(ConflictOfInterest.objects.standing().values_list("submission", "person", "source"))


def works_there(person: User, domain: str = "kotiapu.fi") -> None:
    User.objects.filter(pk=person.pk).update(email=f"person{person.pk}@{domain}")


@pytest.fixture
def tied(assigned, reviewer):
    """A submission of the reviewer's, whose giver has the same mail domain; nobody has looked yet."""
    works_there(reviewer)
    type(assigned).objects.filter(pk=assigned.pk).update(contact_email="giver@kotiapu.fi")
    return assigned


def test_what_is_found_ends_sight_draft_and_assignment_and_is_logged(campaign, tied, reviewer, at):
    factories.ReviewFactory(submission=tied, reviewer=reviewer)
    assert interests.find(campaign, at=at) == 1
    assert standing() == {(tied.pk, reviewer.pk, Source.FOUND)}
    assert (Review.objects.count(), Assignment.objects.count()) == (0, 0)
    assert not visible_to(reviewer).exists()
    entry = ModelLogEntry.objects.get(action="review.find_conflict")
    assert (entry.user, entry.data) == (None, {"person": reviewer.pk, "source": "found"})
    assert interests.find(campaign, at=at) == 0


def test_nothing_is_assigned_against_a_tie_that_nobody_has_noted(tied, reviewer, coordinator, at):
    Assignment.objects.all().delete()
    with pytest.raises(Refused, match="conflict of interest"):
        assign([tied], [reviewer], by=coordinator, at=at)
    assert standing() == {(tied.pk, reviewer.pk, Source.FOUND)}


def test_a_profile_an_address_and_a_group_are_looked_at_when_they_change(assigned, coordinator, reviewer):
    name = assigned.participations.get().organisation.name
    profile = ReviewerProfile.objects.create(campaign=assigned.campaign, person=reviewer)
    assert standing() == set()
    profile.employer = name
    profile.save()
    type(assigned).objects.filter(pk=assigned.pk).update(contact_email="giver@kotiapu.fi")
    coordinator.email = "coordinator@kotiapu.fi"
    coordinator.save()
    newcomer = factories.UserFactory(email="new@kotiapu.fi")
    newcomer.groups.add(*coordinator.groups.all())
    assert {person for _submission, person, _source in standing()} == {
        reviewer.pk,
        coordinator.pk,
        newcomer.pk,
    }


def test_a_partner_that_confirms_ties_its_people(in_review, coordinator, reviewer, at):
    works_there(reviewer)
    works_there(coordinator)
    campaign = in_review.campaign
    campaign.partners_until = at + factories.DAY
    campaign.save()
    part = factories.PartnerFactory(submission=in_review, contact_email="p@kotiapu.fi")
    assert partner_acts.allowed(part, by=PARTNER, at=at) == ["confirm", "decline"]
    partners.perform(part, "confirm", by=PARTNER, at=at)
    assert {person for _submission, person, _source in standing()} == {reviewer.pk, coordinator.pk}


def test_a_lifted_conflict_stays_on_record_and_is_not_found_again(campaign, tied, reviewer, coordinator, at):
    interests.find(campaign, at=at)
    lifted = interests.lift(ConflictOfInterest.objects.get(), because=BECAUSE, by=coordinator, at=at)
    assert interests.find(campaign, at=at) == 0
    assert (lifted.lifted_at, lifted.lifted_by, lifted.lifted_because) == (at, coordinator, BECAUSE)
    assert standing() == set()
    assert ConflictOfInterest.objects.get() == lifted
    entry = ModelLogEntry.objects.get(action="review.lift_conflict")
    assert (entry.user, entry.data) == (coordinator, {"person": reviewer.pk})


def test_declared_anew_a_lifted_conflict_stands_again(assigned, reviewer, coordinator, at):
    conflict = interests.declare_conflict(assigned, reviewer, at=at)
    interests.lift(conflict, because=BECAUSE, by=coordinator, at=at)
    interests.declare_conflict(assigned, reviewer, at=at)
    again = ConflictOfInterest.objects.get()
    assert (again.lifted_at, again.lifted_by, again.lifted_because) == (None, None, "")


def test_a_review_counts_again_when_the_conflict_is_lifted(assigned, criteria, reviewer, coordinator, at):
    points = {criterion.pk: 3 for criterion in criteria}
    scoring.hand_in(assigned, reviewer, scoring.Judgement(version=assigned.screened_id, points=points), at=at)
    conflict = interests.declare_conflict(assigned, reviewer, at=at)
    assert not Standing.objects.exists()
    interests.lift(conflict, because=BECAUSE, by=coordinator, at=at)
    assert Standing.objects.get().reviews == 1


def test_nobody_lifts_their_own_nor_without_a_reason_nor_twice(in_review, coordinator, administrator, at):
    conflict = interests.declare_conflict(in_review, coordinator, at=at)
    for by, because, match in ((coordinator, BECAUSE, "another"), (administrator, " ", "why")):
        with pytest.raises(Refused, match=match):
            interests.lift(conflict, because=because, by=by, at=at)
    interests.lift(conflict, because=BECAUSE, by=administrator, at=at)
    with pytest.raises(Refused, match="already"):
        interests.lift(conflict, because=BECAUSE, by=administrator, at=at)


def test_what_is_declared_beforehand_binds_now_and_later(campaign, assigned, reviewer, at):
    name = assigned.participations.get().organisation.name
    interests.declare(campaign, reviewer, [name], at=at)
    assert standing() == {(assigned.pk, reviewer.pk, Source.BEFOREHAND)}
    later = factories.SubmissionFactory(campaign=campaign, organisation__name=name)
    interests.find_in([later], at=at)
    assert (later.pk, reviewer.pk, Source.BEFOREHAND) in standing()


def test_taking_an_answer_back_lifts_nothing_and_answering_anew_sets_it_again(
    campaign, assigned, reviewer, coordinator, at
):
    name = assigned.participations.get().organisation.name
    interests.declare(campaign, reviewer, [name], at=at)
    interests.declare(campaign, reviewer, [], at=at)
    assert len(standing()) == 1
    interests.lift(ConflictOfInterest.objects.get(), because=BECAUSE, by=coordinator, at=at)
    interests.declare(campaign, reviewer, [], at=at)
    assert standing() == set()
    interests.declare(campaign, reviewer, [name], at=at)
    assert len(standing()) == 1
    assert InterestDeclaration.objects.count() == 1


def test_the_list_has_each_name_once_by_the_alphabet_and_no_draft_s(campaign):
    for name, status in (("Yhdessä ry", "submitted"), ("aamu", "in_review"), ("Aamu", "declined")):
        factories.SubmissionFactory(campaign=campaign, status=status, organisation__name=name)
    for status in (Status.DRAFT, Status.SPAM):
        factories.SubmissionFactory(campaign=campaign, status=status)
    factories.PartnerFactory(submission=campaign.submissions.first())
    assert interests.names(campaign) == ["aamu", "Yhdessä ry"]
