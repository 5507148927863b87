"""A name or website that a partner gives itself is public when a coordinator has read it, and not before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.models import PublicItem
from pledges import actors, joining, lifecycle, links, naming, organisations, partners, publishing
from pledges.consent import current_wordings
from pledges.lifecycle import Refused
from pledges.models import Participation, Purpose, Status, Submission
from pledges.partner_acts import State
from pledges.submitting import Giver
from review.screening import newer_texts
from tests.factories import AttachmentFactory, ConsentFactory, PartnerFactory, SubmissionFactory

GIVER = Giver(name="The Choir", kind="association")
PILLS = replace(GIVER, name="Buy pills at pills.example", website="https://pills.example/")


@pytest.fixture
def submission(campaign, at) -> Submission:
    """Public, and open for partners."""
    submission = SubmissionFactory(
        campaign=campaign,
        status=Status.IN_REVIEW,
        consents=list(Purpose),
        open_for_partners=True,
        organisation__name="The Association",
    )
    publishing.refresh(submission, at=at)
    return submission


@pytest.fixture
def invited(submission, coordinator, at) -> Participation:
    """Invited after the screening, by a name that a coordinator has passed."""
    whom = partners.Invitation(organisation_name=GIVER.name, contact_email="choir@example.org", language="en")
    part = partners.invite(submission, whom, by=actors.OWNER, at=at)
    naming.pass_names(submission, [part.name_stamp], by=actors.coordinator(coordinator), at=at)
    part.refresh_from_db()
    return part


def answer(giver: Giver) -> partners.Answer:
    return partners.Answer(
        giver=giver,
        contact_name="Kerttu",
        consents=[Purpose.ORGANISATION],
        wordings=current_wordings(),
        language="en",
    )


def confirmed(part: Participation, giver: Giver, at) -> Participation:
    return partners.confirm(part, answer(giver), read=part.submission.latest, at=at)


def public_names() -> list[str]:
    return [each["name"] for each in PublicItem.objects.get().organisations][1:]


@pytest.mark.parametrize(("status", "names"), [(Status.SUBMITTED, [GIVER.name]), (Status.IN_REVIEW, [])])
def test_the_name_that_the_lead_wrote_was_screened_with_the_text_or_waits(
    campaign, coordinator, at, status, names
):
    submission = SubmissionFactory(campaign=campaign, status=status, consents=list(Purpose))
    whom = partners.Invitation(organisation_name=GIVER.name, contact_email="choir@example.org", language="en")
    part = partners.invite(submission, whom, by=actors.OWNER, at=at)
    if status == Status.SUBMITTED:
        lifecycle.perform(submission, "pass", by=actors.coordinator(coordinator), at=at)
    confirmed(part, GIVER, at)
    publishing.refresh(submission, at=at)
    assert public_names() == names


def test_a_name_of_its_own_waits_on_the_desk_until_it_is_passed(submission, invited, coordinator, at):
    part = confirmed(invited, PILLS, at)
    assert public_names() == []
    assert list(newer_texts(Submission.objects.all())) == [submission]
    assert naming.pass_names(submission, [part.name_stamp], by=actors.coordinator(coordinator), at=at) == 1
    assert public_names() == [PILLS.name]
    assert not newer_texts(Submission.objects.all()).exists()


@pytest.mark.parametrize("giver", [PILLS, replace(GIVER, website="https://pills.example/")])
def test_what_is_corrected_later_waits_too(giver, invited, at):
    part = confirmed(invited, GIVER, at)
    partners.correct(part, answer(giver), at=at)
    assert public_names() == []


def test_what_the_public_does_not_see_can_be_corrected_without_waiting(invited, at):
    part = confirmed(invited, GIVER, at)
    partners.correct(part, answer(replace(GIVER, kind="company")), at=at)
    assert public_names() == [GIVER.name]


def test_a_name_that_came_before_the_screening_waits_too(campaign, coordinator, at):
    submission = SubmissionFactory(campaign=campaign)
    part = confirmed(PartnerFactory(submission=submission), PILLS, at)
    assert part.submission.participations.get(pk=part.pk).name_waits_since == at


def test_what_changed_while_a_coordinator_read_is_not_passed(submission, invited, coordinator, at):
    read = confirmed(invited, GIVER, at)
    partners.correct(read, answer(replace(GIVER, name="The Chorus")), at=at)
    read.refresh_from_db()
    partners.correct(read, answer(PILLS), at=at + timedelta(seconds=1))
    by = actors.coordinator(coordinator)
    assert naming.pass_names(submission, [read.name_stamp, ""], by=by, at=at) == 0
    assert public_names() == []


def test_an_organisation_that_is_named_in_public_already_is_shown_at_once(campaign, invited, at):
    city = Giver(name="Turku", kind="municipality", business_id="0204819-8", website="https://turku.example/")
    elsewhere = SubmissionFactory(
        campaign=campaign,
        status=Status.IN_REVIEW,
        consents=[Purpose.TEXT, Purpose.ORGANISATION],
        organisation=organisations.known_or_new(vars(city)),
    )
    part = confirmed(invited, replace(city, website=""), at)
    assert public_names() == []
    publishing.refresh(elsewhere, at=at)
    partners.correct(part, answer(GIVER), at=at)
    partners.correct(part, answer(city), at=at)
    assert PublicItem.objects.get(reference=invited.submission.reference).organisations[1]["name"] == "Turku"


def test_who_asks_to_join_brings_a_name_that_waits(submission, at):
    asked = {
        "organisation_name": PILLS.name,
        "organisation_kind": "other",
        "contact_name": "Kerttu",
        "contact_email": "choir@example.org",
        "message": "Let us in.",
        "language": "en",
    }
    part = joining.ask_to_join(submission, joining.Request(**asked), at=at)
    part = partners.perform(part, "accept", by=actors.OWNER, at=at)
    confirmed(part, replace(GIVER, name=PILLS.name, kind="other"), at)
    assert public_names() == []


def test_only_coordinators_pass_names(submission, invited, at):
    part = confirmed(invited, PILLS, at)
    with pytest.raises(Refused, match="not yours"):
        naming.pass_names(submission, [part.name_stamp], by=actors.OWNER, at=at)


def test_the_desk_shows_what_waits_and_passes_it(client, submission, invited, coordinator, at):
    part = confirmed(invited, PILLS, at)
    client.force_login(coordinator)
    page = client.get(reverse("desk:submission", args=[submission.reference])).content.decode()
    assert all(words in page for words in (PILLS.name, PILLS.website, "Pass the new names", part.name_stamp))
    answered = client.post(
        reverse("desk:pass_names", args=[submission.reference]), {"names": part.name_stamp}, follow=True
    )
    assert "1 name is passed." in answered.content.decode()
    assert public_names() == [PILLS.name]


def test_a_partner_is_told_that_its_name_waits(client, invited, at):
    part = confirmed(invited, PILLS, at)
    page = client.get(f"/en/partner/{links.partner_token(part)}/").content.decode()
    assert "when a coordinator has looked at them" in page


def test_a_file_that_waits_is_on_the_desk_as_well(submission):
    AttachmentFactory(submission=submission, passed_at=None)
    assert list(newer_texts(Submission.objects.all())) == [submission]


def test_a_waiting_name_is_not_offered_to_who_types_its_business_id(client, submission, at):
    part = PartnerFactory(
        submission=submission,
        state=State.CONFIRMED,
        organisation__business_id="0204819-8",
        name_waits_since=at,
    )
    ConsentFactory(participation=part, purpose=Purpose.ORGANISATION)
    assert organisations.public_by_business_id("0204819-8") is None
