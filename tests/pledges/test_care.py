"""What the owner puts in order at any time: contact persons, and links in wrong hands."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaign.models import Campaign
from home.mail import compose
from home.models import Mail
from pledges import actors, links
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from tests.factories import CampaignFactory, SubmissionFactory, UserFactory, laid_around
from tests.markup import problems

PEOPLE = {"contact_name": "Pekka", "contact_phone": "040 123", "second_name": "", "second_email": ""}


@pytest.fixture
def campaign(db) -> Campaign:
    """Its call is over."""
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now(), on="review"))


@pytest.fixture
def submission(campaign) -> Submission:
    return SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)


def page(submission: Submission, name: str = "") -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/{name}"


def test_after_the_call_the_contact_persons_are_corrected_and_the_log_names_fields_only(client, submission):
    assert "people/" in client.get(page(submission)).content.decode()
    assert problems(client.get(page(submission, "people/")).content.decode()) == []
    answer = client.post(page(submission, "people/"), PEOPLE | {"title": "Another"}, follow=True)
    assert "Your changes are saved." in answer.content.decode()
    submission.refresh_from_db()
    assert (submission.contact_name, submission.contact_phone) == ("Pekka", "040 123")
    assert submission.versions.count() == 1
    entry = ModelLogEntry.objects.get(action="pledges.correct_people")
    assert entry.data == {"fields": ["contact_name", "contact_phone"]}


def test_what_is_wrong_is_said_and_kept(client, submission):
    answer = client.post(page(submission, "people/"), PEOPLE | {"contact_name": "", "second_email": "a@"})
    assert "Write who can be asked." in answer.content.decode()
    assert 'value="a@"' in answer.content.decode()


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.INELIGIBLE, Status.SPAM])
def test_contact_persons_of_what_has_ended_stay(status, client, campaign):
    submission = SubmissionFactory(campaign=campaign, status=status)
    assert client.post(page(submission, "people/"), PEOPLE).status_code == 302
    submission.refresh_from_db()
    assert submission.contact_name != "Pekka"


def test_old_links_are_made_worthless_and_a_new_one_goes_by_mail_only(client, submission):
    old = page(submission)
    assert problems(client.get(page(submission, "new-link/")).content.decode()) == []
    assert client.get(old).status_code == 200
    answer = client.post(page(submission, "new-link/"), follow=True)
    assert "The old links open nothing any more." in answer.content.decode()
    assert client.get(old).status_code == 404
    submission.refresh_from_db()
    new = links.token(submission, links.OWN)
    assert new not in answer.content.decode()
    mail = compose(Mail.objects.get())
    assert (mail.to, new in mail.body) == ([submission.contact_email], True)


def test_a_coordinator_does_it_too_and_the_log_says_who(submission, at):
    user = UserFactory()
    links.revoke_and_send(submission, by=actors.coordinator(user), at=at)
    assert ModelLogEntry.objects.get(action="pledges.revoke_links").user == user
    assert Mail.objects.get().letter == "links"


@pytest.mark.parametrize(
    "fields", [{"status": Status.SPAM}, {"status": Status.DRAFT, "erased_at": timezone.now()}]
)
def test_nobody_is_written_to_about_spam_or_what_was_erased(fields, campaign, at):
    submission = SubmissionFactory(campaign=campaign, **fields)
    with pytest.raises(Refused):
        links.revoke_and_send(submission, by=actors.OWNER, at=at)
    with pytest.raises(Refused, match="not yours"):
        links.revoke_and_send(submission, by=actors.SYSTEM, at=at)
    assert not Mail.objects.exists()


def test_late_drafts_are_those_that_missed_the_call(campaign, at):
    deadline = campaign.deadline
    draft = {"campaign": campaign, "status": Status.DRAFT, "submitted_at": None}
    second = timedelta(seconds=1)
    written_late = SubmissionFactory(at=deadline, **draft)
    expired = SubmissionFactory(at=deadline - second, **draft | {"submitted_at": deadline - second})
    never_sent = SubmissionFactory(at=deadline - 2 * second, **draft)
    SubmissionFactory(at=deadline, erased_at=deadline, **draft)
    SubmissionFactory(at=deadline, **draft | {"status": Status.WITHDRAWN})
    assert list(Submission.objects.late_drafts()) == [written_late, expired, never_sent]
    assert list(campaign.submissions.late_drafts()) == [written_late, expired, never_sent]


def test_a_draft_that_can_still_be_sent_is_not_late(campaign):
    deadline = timezone.now() + timedelta(days=1)
    campaign.phases.filter(kind="review").update(opens_at=deadline)
    campaign.phases.filter(kind="call").update(closes_at=deadline)
    SubmissionFactory(campaign=campaign, status=Status.DRAFT, submitted_at=None)
    assert not Submission.objects.late_drafts().exists()


@pytest.mark.parametrize(("kind", "is_late"), [("pledge", True), ("initiative", False)])
def test_a_draft_is_late_when_the_call_has_closed_for_its_kind(campaign, kind, is_late):
    campaign.phases.filter(kind="review").update(opens_at=timezone.now() + timedelta(days=1))
    campaign.phases.filter(kind="call").update(closes_at=timezone.now() + timedelta(days=1))
    Campaign.objects.update(pledges_until=timezone.now() - timedelta(seconds=1))
    SubmissionFactory(campaign=campaign, kind=kind, status=Status.DRAFT, submitted_at=None)
    assert Submission.objects.late_drafts().exists() is is_late
