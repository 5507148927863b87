"""“We want to join”: from the public page to the lead and back, without an address being shown."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from campaign.models import Campaign, PublicItem
from home.mail import compose
from home.models import Mail
from pledges import joining, links, publishing
from pledges.actors import OWNER
from pledges.joining import Request, ask_to_join, open_for_partners
from pledges.lifecycle import Refused
from pledges.models import Participation, Purpose, Status, Submission
from pledges.partner_acts import State
from pledges.partners import perform
from tests.factories import CampaignFactory, PartnerFactory, SubmissionFactory, laid_around
from tests.markup import problems

TYPED = {
    "organisation_name": "The Choir",
    "organisation_kind": "association",
    "contact_name": "Kerttu",
    "contact_email": "choir@example.org",
    "message": "We sing in the <b>café</b>.",
}


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def submission(campaign) -> Submission:
    """Public, open for partners, and its lead allows contact."""
    submission = SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=list(Purpose), open_for_partners=True
    )
    publishing.refresh(submission, at=timezone.now())
    return submission


def page(submission: Submission) -> str:
    return f"/en/pledges/{submission.reference}/join/"


def request(**changes) -> Request:
    return Request(**TYPED | {"language": "fi"} | changes)


def test_a_request_reaches_the_lead_and_shows_the_lead_s_address_to_nobody(client, submission):
    opened = client.get(page(submission)).content.decode()
    assert problems(opened) == []
    answer = client.post(page(submission), TYPED, follow=True)
    assert "The lead has your request" in answer.content.decode()
    for text in (opened, answer.content.decode()):
        assert submission.contact_email not in text
        assert submission.contact_name not in text
    part = submission.participations.get(state=State.REQUESTED)
    assert (part.contact_email, part.message, part.language) == (
        TYPED["contact_email"],
        TYPED["message"],
        "en",
    )
    mail = compose(Mail.objects.get())
    assert mail.to == [submission.contact_email]
    assert links.partners_url(submission, "en") in mail.body
    assert TYPED["message"] in mail.body
    assert TYPED["contact_email"] in mail.body
    assert "&lt;b&gt;café&lt;/b&gt;" in mail.alternatives[0][0]


def test_accepting_invites_and_declining_answers_by_mail(submission, at):
    at = timezone.now()
    parts = [ask_to_join(submission, request(contact_email=f"{name}@example.org"), at=at) for name in "ab"]
    accepted = perform(parts[0], "accept", by=OWNER, at=at)
    turned_down = perform(parts[1], "turn_down", by=OWNER, at=at)
    assert (accepted.state, turned_down.state) == (State.INVITED, State.REMOVED)
    yes, no = (compose(Mail.objects.get(letter=f"partner_{name}")) for name in ("accepted", "turned_down"))
    assert (yes.to, no.to) == (["a@example.org"], ["b@example.org"])
    assert links.partner_url(accepted, "fi") in yes.body
    assert "/partner/" not in no.body
    assert submission.contact_email not in yes.body + no.body


def test_a_letter_about_an_answered_request_is_not_sent(submission):
    at = timezone.now()
    part = ask_to_join(submission, request(), at=at)
    perform(part, "turn_down", by=OWNER, at=at)
    assert compose(Mail.objects.get(letter="partner_requested")) is None


@pytest.mark.parametrize("state", State.values)
def test_who_is_known_already_is_thanked_like_anybody_and_the_lead_hears_nothing(state, client, submission):
    PartnerFactory(submission=submission, state=state, contact_email="Choir@example.org")
    answer = client.post(page(submission), TYPED, follow=True)
    assert "The lead has your request" in answer.content.decode()
    assert submission.participations.count() == 2
    assert not Mail.objects.exists()


def test_a_robot_in_the_trap_is_thanked_and_nothing_is_kept(client, submission):
    answer = client.post(page(submission), TYPED | {"homepage_url": "https://spam.example"}, follow=True)
    assert "The lead has your request" in answer.content.decode()
    assert submission.participations.count() == 1
    assert not Mail.objects.exists()


def test_who_sends_many_is_slowed_down_with_everything_typed_kept(client, submission):
    for number in range(6):
        answer = client.post(page(submission), TYPED | {"contact_email": f"p{number}@example.org"})
    assert "You were very quick." in answer.content.decode()
    assert 'value="The Choir"' in answer.content.decode()
    assert submission.participations.filter(state=State.REQUESTED).count() == 5


def test_the_lead_s_mailbox_is_not_flooded_but_no_request_is_lost(submission):
    at = timezone.now()
    for number in range(joining.MOST_LETTERS + 3):
        ask_to_join(submission, request(contact_email=f"p{number}@example.org"), at=at)
    assert Mail.objects.filter(letter="partner_requested").count() == joining.MOST_LETTERS
    assert submission.participations.filter(state=State.REQUESTED).count() == joining.MOST_LETTERS + 3


def test_only_so_many_requests_wait_at_a_time(submission):
    at = timezone.now()
    for number in range(joining.MOST_WAITING):
        ask_to_join(submission, request(contact_email=f"p{number}@example.org"), at=at)
    with pytest.raises(Refused, match="Many have asked"):
        ask_to_join(submission, request(), at=at)


@pytest.mark.parametrize("name", TYPED)
def test_what_is_missing_is_said_and_the_rest_kept(name, client, submission):
    answer = client.post(page(submission), TYPED | {name: ""})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    other = "message" if name != "message" else "contact_name"
    assert TYPED[other].split("<")[0] in answer.content.decode()
    assert submission.participations.count() == 1


def test_a_foreign_page_asks_nothing(client, submission):
    client.post(page(submission), TYPED, headers={"sec-fetch-site": "cross-site"})
    assert submission.participations.count() == 1


def test_opening_and_closing_is_the_lead_s_and_the_public_copy_follows(client, campaign):
    at = timezone.now()
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=list(Purpose))
    publishing.refresh(submission, at=at)
    assert "not open" in client.get(page(submission)).content.decode()
    assert open_for_partners(submission, True, at=at)
    assert PublicItem.objects.get().joinable
    assert not open_for_partners(submission, True, at=at)
    cache.clear()
    shown = client.get(PublicItem.objects.get().get_absolute_url()).content.decode()
    assert page(submission) in shown
    open_for_partners(submission, False, at=at)
    assert not PublicItem.objects.get().joinable
    client.post(page(submission), TYPED)
    assert submission.participations.count() == 1


def test_without_consent_to_contact_nobody_can_ask(client, campaign):
    submission = SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT], open_for_partners=True
    )
    publishing.refresh(submission, at=timezone.now())
    assert "not open" in client.post(page(submission), TYPED).content.decode()
    assert Participation.objects.count() == 1


def test_what_is_not_public_cannot_be_joined(client, campaign):
    submission = SubmissionFactory(campaign=campaign, open_for_partners=True)
    assert Client().get(page(submission)).status_code == 404
    assert Client().post(page(submission), TYPED).status_code == 404
    assert Client().get("/en/pledges/nonsense/join/").status_code == 404


def test_a_title_that_reads_like_the_form_s_address_has_no_address_of_its_own(campaign):
    submission = SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT], text__title="Join!"
    )
    assert publishing.refresh(submission, at=timezone.now()).slug == ""


def test_after_the_time_for_confirming_nobody_can_ask(submission):
    with pytest.raises(Refused, match="Partners could confirm until"):
        ask_to_join(submission, request(), at=submission.campaign.deadline)
