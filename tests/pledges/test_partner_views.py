"""The pages of the lead and of the partner: what they show, what one button does, and who may not open them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.models import Campaign
from home.models import Mail
from pledges import actors, links, naming, publishing
from pledges.models import ConsentWording, Participation, Purpose, Status, Submission
from pledges.partner_acts import State
from pledges.substance import changed_in_substance
from tests.factories import (
    AttachmentFactory,
    CampaignFactory,
    PartnerFactory,
    SubmissionFactory,
    UserFactory,
    VersionFactory,
    laid_around,
)
from tests.markup import problems

from .made_files import add, pdf, picture

TYPED = {
    "act": "confirm",
    "organisation_name": "The City of Turku",
    "organisation_kind": "municipality",
    "contact_name": "Kaisa",
    "business_id": "0204819-8",
    "organisation_municipality": "Turku",
    "website": "turku.example",
    "consent_organisation": "on",
}


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def submission(campaign) -> Submission:
    return SubmissionFactory(campaign=campaign, organisation__name="The Association", text__title="A café")


@pytest.fixture
def part(submission) -> Participation:
    return PartnerFactory(submission=submission, organisation__name="The City", organisation__kind="other")


def own(submission: Submission) -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/partners/"


def page(part: Participation, name: str = "") -> str:
    return f"/en/partner/{links.partner_token(part)}/{name}"


def typed(part: Participation, **changes) -> dict:
    return TYPED | {"version": str(part.submission.latest_id)} | changes


def rows(submission: Submission) -> list:
    return list(Participation.objects.filter(submission=submission).order_by("pk").values())


def test_opening_the_link_shows_the_text_and_changes_nothing(client, part, submission):
    before = rows(submission)
    text = client.get(page(part)).content.decode()
    assert problems(text) == []
    for words in ("You are invited to take part", "The Association", "A café", "There is time until"):
        assert words in text
    assert submission.contact_email not in text
    assert "checked" not in text
    assert rows(submission) == before


def test_pictures_are_shown_and_documents_offered_before_one_confirms(client, part, submission):
    at = timezone.now()
    shown, stored = add(submission, picture(), at=at), add(submission, pdf(), at=at, name="plan.pdf")
    text = client.get(page(part)).content.decode()
    assert problems(text) == []
    assert f'src="{page(part, f"files/{shown.pk}/")}"' in text
    assert f'href="{page(part, f"files/{stored.pk}/")}"' in text
    assert 'alt="A hall"' in text
    for row, disposition in ((shown, "inline; "), (stored, 'attachment; filename="plan.pdf"')):
        answer = client.get(page(part, f"files/{row.pk}/"))
        assert answer["Content-Disposition"].startswith(disposition)
        assert answer["Cache-Control"] == "private, no-store"
        assert b"".join(answer.streaming_content) == row.file.open().read()


@pytest.mark.parametrize("state", ["requested", "removed"])
def test_who_may_not_answer_sees_no_file(client, part, submission, state):
    file = add(submission, picture(), at=timezone.now())
    Participation.objects.update(state=state)
    assert "A hall" not in client.get(page(part)).content.decode()
    assert client.get(page(part, f"files/{file.pk}/")).status_code == 404


def test_a_partner_sees_no_file_of_another_submission_nor_of_one_that_has_ended(
    client, part, submission, campaign
):
    own_file = add(submission, picture(), at=timezone.now())
    theirs = add(SubmissionFactory(campaign=campaign), picture(), at=timezone.now())
    assert client.get(page(part, f"files/{theirs.pk}/")).status_code == 404
    assert client.get(f"/en/partner/forged/files/{own_file.pk}/").status_code == 404
    Submission.objects.filter(pk=submission.pk).update(status=Status.WITHDRAWN)
    assert client.get(page(part, f"files/{own_file.pk}/")).status_code == 404


@pytest.mark.parametrize("number", [2, 8])
def test_the_partner_s_page_costs_the_same_for_many_files(
    number, client, part, submission, django_assert_num_queries
):
    for _ in range(number):
        AttachmentFactory(submission=submission)
    client.get(page(part))
    with django_assert_num_queries(16):
        client.get(page(part))


def test_one_press_confirms_with_corrected_data_and_consent(client, part):
    answer = client.post(page(part), typed(part), follow=True)
    text = answer.content.decode()
    assert "You have confirmed" in text
    assert problems(text) == []
    part.refresh_from_db()
    organisation = part.organisation
    assert (part.state, organisation.name, organisation.business_id) == (
        "confirmed",
        "The City of Turku",
        "0204819-8",
    )
    assert organisation.municipality.name == "Turku"
    assert part.consents.get().purpose == Purpose.ORGANISATION
    assert "What you have agreed to, and when" in text


def test_the_kind_of_an_invited_organisation_is_its_own_to_say(client, part):
    answer = client.post(page(part), typed(part, organisation_kind=""))
    assert "Choose the kind of organisation." in answer.content.decode()
    assert 'value="The City of Turku"' in answer.content.decode()
    part.refresh_from_db()
    assert part.state == State.INVITED


def test_one_press_declines(client, part):
    text = client.post(page(part), {"act": "decline"}, follow=True).content.decode()
    assert "You have declined" in text
    assert problems(text) == []
    part.refresh_from_db()
    assert part.state == State.DECLINED


def test_two_tabs_the_one_that_read_an_older_text_is_told_and_keeps_what_it_typed(client, part, submission):
    stale = typed(part)
    submission.latest = VersionFactory(submission=submission, number=2, title="A tea house")
    submission.save()
    text = client.post(page(part), stale).content.decode()
    assert "The text has changed since you opened this page." in text
    assert "A tea house" in text
    assert 'value="The City of Turku"' in text
    assert f'name="version" value="{submission.latest_id}"' in text
    part.refresh_from_db()
    assert part.state == State.INVITED


def test_two_tabs_the_second_press_of_the_same_button_changes_nothing(client, part):
    for _ in range(2):
        answer = client.post(page(part), typed(part))
    assert "You have confirmed this text already." in answer.content.decode()
    assert Mail.objects.filter(letter="partner_answered").count() == 1
    assert part.consents.count() == 1


def test_two_tabs_of_the_lead_the_second_reminder_is_refused(client, part, submission):
    for _ in range(2):
        answer = client.post(own(submission), {"act": "remind", "partner": part.pk}, follow=True)
    assert "We wrote to this partner a short while ago." in answer.content.decode()
    assert Mail.objects.filter(letter="partner_reminded").count() == 1


def test_a_confirmation_counts_by_the_moment_of_the_press(client, part, campaign):
    for late, state in ((timedelta(minutes=1), State.INVITED), (-timedelta(minutes=1), State.CONFIRMED)):
        campaign.partners_until = timezone.now() - late
        campaign.save()
        text = client.post(page(part), typed(part)).content.decode()
        part.refresh_from_db()
        assert part.state == state
        assert ("Partners could confirm until" in text) is (state == State.INVITED)


def test_reworded_consent_is_asked_anew(client, part):
    old = ConsentWording.objects.filter(purpose=Purpose.ORGANISATION).latest("number")
    ConsentWording.objects.create(purpose=Purpose.ORGANISATION, number=old.number + 1, text="New words")
    text = client.post(page(part), typed(part, wording_organisation=str(old.pk))).content.decode()
    assert "These words are new." in text
    part.refresh_from_db()
    assert part.state == State.INVITED


def test_a_changed_text_is_shown_as_such_and_confirmed_anew(client, part, submission):
    client.post(page(part), typed(part))
    newer = VersionFactory(submission=submission, number=2, title="A tea house")
    assert changed_in_substance(submission.latest, newer)
    submission.latest = newer
    submission.save()
    text = client.get(page(part)).content.decode()
    assert "says something else than the one you have confirmed" in text
    part.refresh_from_db()
    client.post(page(part), typed(part, version=str(newer.pk)))
    part.refresh_from_db()
    assert part.confirmed_version == newer


@pytest.mark.parametrize("state", State.values)
def test_the_pages_are_sound_in_every_state(state, client, submission):
    part = PartnerFactory(
        submission=submission, state=state, message="Please", lead_offered_at=timezone.now()
    )
    theirs = client.get(page(part)).content.decode()
    assert problems(theirs) == []
    assert ("A café" in theirs) is (state in {State.INVITED, State.CONFIRMED, State.DECLINED})
    assert problems(client.get(own(submission)).content.decode()) == []


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.INELIGIBLE, Status.SPAM])
def test_the_link_shows_the_end_and_nothing_of_the_text(status, client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=status, text__title="A café")
    part = PartnerFactory(submission=submission, state=State.CONFIRMED)
    text = client.get(page(part)).content.decode()
    assert problems(text) == []
    assert "This has ended" in text
    assert "A café" not in text


def test_the_link_shows_an_erasure_too(client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN, erased_at=timezone.now())
    text = client.get(page(PartnerFactory(submission=submission, state=State.CONFIRMED))).content.decode()
    assert "This has been erased already." in text
    assert "decline" not in text


def test_strangers_tokens_open_nothing(client, part, submission):
    lead = submission.participations.get(role="lead")
    other = PartnerFactory(submission=submission)
    token, key = links.partner_token(part), links.token(submission, links.OWN)
    revoked = links.partner_token(part)
    Participation.objects.filter(pk=part.pk).update(link_key="another")
    for address in (
        f"/en/partner/{revoked}/",
        f"/en/partner/{links.partner_token(lead)}/",
        f"/en/partner/{key}/",
        f"/en/partner/{links.token(submission, links.CONFIRM)}/",
        f"/en/mine/{token}/",
        f"/en/mine/{token}/partners/",
        f"/en/confirm/{token}/",
        f"/en/partner/{links.partner_token(other)[:-1]}x/",
        "/en/partner/x/",
        "/en/partner/x/lead/",
    ):
        for answer in (client.get(address), client.post(address, typed(part))):
            assert answer.status_code == 404, address
    assert not Participation.objects.filter(state=State.CONFIRMED).exclude(role="lead").exists()


def test_the_lead_acts_on_its_own_partners_only(client, part, campaign):
    strange = SubmissionFactory(campaign=campaign)
    for asked in (part.pk, "0", "x", "9" * 40, "²"):
        answer = client.post(own(strange), {"act": "remove", "partner": asked}, follow=True)
        assert "not here any more" in answer.content.decode()
    part.refresh_from_db()
    assert part.state == State.INVITED


def test_pages_of_partners_are_kept_by_nobody(client, part, submission):
    for address in (page(part), own(submission)):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"


def test_the_lead_invites_on_its_page(client, submission):
    invitation = {"organisation_name": "The Choir", "contact_email": "choir@example.org", "language": "fi"}
    assert "Partners" in client.get(own(submission).removesuffix("partners/")).content.decode()
    text = client.post(own(submission), invitation, follow=True).content.decode()
    assert "The invitation is on its way." in text
    assert "choir@example.org" in text
    again = client.post(own(submission), invitation).content.decode()
    assert "They have been invited already." in again
    assert "Follow a link to its place" not in again
    for shown in (text, again):
        assert "You can remind them from" in shown
    assert 'value="choir@example.org"' in again
    wrong = client.post(own(submission), invitation | {"contact_email": "choir@", "language": "xx"})
    assert "error-summary" in wrong.content.decode()


def test_what_a_coordinator_ended_offers_no_invitations(client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=Status.INELIGIBLE)
    text = client.get(own(submission)).content.decode()
    assert "This submission has ended." in text
    assert "Send the invitation" not in text


def test_the_lead_opens_and_closes_it_for_partners(client, submission):
    for pressed, is_open in (("yes", True), ("no", False)):
        client.post(own(submission), {"open": pressed})
        submission.refresh_from_db()
        assert submission.open_for_partners is is_open


def test_taking_the_lead_takes_a_page_with_consents_and_authority(client, part, submission):
    Participation.objects.filter(pk=part.pk).update(state=State.CONFIRMED, lead_offered_at=timezone.now())
    assert problems(client.get(page(part, "lead/")).content.decode()) == []
    refused = client.post(page(part, "lead/"), {"consent_text": "on"}).content.decode()
    assert "Only somebody who may speak for the organisation can take the lead." in refused
    taken = client.post(page(part, "lead/"), {"consent_text": "on", "authorised": "on"}, follow=True)
    assert "You are the lead now." in taken.content.decode()
    submission.refresh_from_db()
    assert submission.contact_email == part.contact_email
    assert client.get(page(part)).status_code == 404


def test_nobody_takes_a_lead_that_is_not_offered(client, part):
    answer = client.get(page(part, "lead/"), follow=True)
    assert "not possible" in answer.content.decode()


@pytest.mark.parametrize("number", [2, 20])
def test_the_lead_s_page_costs_the_same_for_many_partners(
    number, client, submission, django_assert_num_queries
):
    for _ in range(number):
        PartnerFactory(submission=submission, state=State.CONFIRMED)
    client.get(own(submission))
    with django_assert_num_queries(5):
        client.get(own(submission))


def test_withdrawn_names_leave_the_public_page(client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=list(Purpose))
    part = PartnerFactory(submission=submission)
    item = publishing.refresh(submission, at=timezone.now())
    client.post(page(part), typed(part))
    part.refresh_from_db()
    by = actors.coordinator(UserFactory())
    naming.pass_names(submission, [part.name_stamp], by=by, at=timezone.now())
    assert "The City of Turku" in client.get(item.get_absolute_url()).content.decode()
    client.post(page(part), typed(part, act="correct", consent_organisation=""))
    assert "The City of Turku" not in client.get(item.get_absolute_url()).content.decode()
