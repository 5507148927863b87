"""Newer texts: who may save one, and who lets it through."""

from datetime import timedelta

import pytest

from pledges import actors, versions
from pledges.deadlines import EDITABLE
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.revisions import correct, edit_refusal, kind_refusal, pass_version, revise
from pledges.signals import submission_changed
from tests.factories import CampaignFactory, SubmissionFactory, UserFactory, VersionFactory, laid_around


@pytest.fixture
def by(db):
    return actors.coordinator(UserFactory())


def newer(submission: Submission, **fields):
    version = VersionFactory(submission=submission, number=submission.latest.number + 1, **fields)
    Submission.objects.filter(pk=submission.pk).update(latest=version)
    return version


@pytest.mark.parametrize("status", Status.values)
def test_the_text_may_be_changed_while_the_call_is_open(status, campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    assert (edit_refusal(submission, at=at) is None) is (status in EDITABLE)


@pytest.mark.parametrize("status", Status.values)
def test_after_the_call_only_a_draft_may_be_changed(status, db, at):
    campaign = CampaignFactory(phases=laid_around(at, on="review"))
    submission = SubmissionFactory(campaign=campaign, status=status)
    assert (edit_refusal(submission, at=at) is None) is (status == Status.DRAFT)


def test_a_new_text_is_told_and_logged_without_its_words(campaign, at):
    from wagtail.models import ModelLogEntry

    submission = SubmissionFactory(campaign=campaign)
    text = versions.read(VersionFactory.create(submission=submission, number=9, title="Secret words"))
    heard = []

    def hear(what, **news):
        heard.append(what)

    submission_changed.connect(hear)
    revise(submission, text, base=1, at=at)
    submission_changed.disconnect(hear)
    assert heard == ["text"]
    assert ModelLogEntry.objects.get(action="pledges.revise").data == {"version": 2}


def test_a_newer_text_is_passed_by_whoever_read_it(campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    version = newer(submission)
    assert pass_version(submission, version, by=by, at=at).screened == version


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.WITHDRAWN])
def test_only_what_was_screened_has_a_newer_text_passed(status, campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    with pytest.raises(Refused, match="Only a submission that has been screened"):
        pass_version(submission, newer(submission), by=by, at=at)


def test_the_passed_text_is_passed_once(campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    with pytest.raises(Refused, match="no newer text"):
        pass_version(submission, submission.latest, by=by, at=at)


def test_a_text_that_came_a_moment_ago_is_not_passed_unread(campaign, by, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    read = newer(submission)
    submission.refresh_from_db()
    newer(submission)
    with pytest.raises(Refused, match="come meanwhile"):
        pass_version(submission, read, by=by, at=at)


def test_the_owner_passes_nothing(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    with pytest.raises(Refused, match="not yours"):
        pass_version(submission, newer(submission), by=actors.OWNER, at=at)


@pytest.mark.parametrize("status", sorted(set(Status) - EDITABLE))
def test_what_has_ended_keeps_its_people_and_its_giver(status, campaign, at):
    """Even where the row in hand says otherwise, and the text is the same as before."""
    submission = SubmissionFactory(campaign=campaign, status=Status.SUBMITTED)
    Submission.objects.filter(pk=submission.pk).update(status=status)
    people, giver = {"contact_name": "Another"}, {"name": "Another"}
    with pytest.raises(Refused, match="no longer be changed"):
        correct(submission, versions.read(submission.latest), people=people, giver=giver, base=None, at=at)
    submission.refresh_from_db()
    assert submission.contact_name != "Another"


def test_a_giver_screened_a_moment_ago_is_not_changed(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.SUBMITTED)
    Submission.objects.filter(pk=submission.pk).update(status=Status.IN_REVIEW, screened=submission.latest)
    text = versions.read(submission.latest)
    correct(submission, text, people={}, giver={"name": "Another"}, base=None, at=at)
    assert submission.participations.get().organisation.name != "Another"


def test_what_was_screened_a_moment_ago_keeps_its_kind(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.SUBMITTED)
    Submission.objects.filter(pk=submission.pk).update(status=Status.IN_REVIEW, screened=submission.latest)
    text = versions.read(submission.latest)
    with pytest.raises(Refused, match="has been screened meanwhile"):
        correct(submission, text, people={}, giver={}, kind="initiative", base=None, at=at)
    submission.refresh_from_db()
    assert submission.kind == "pledge"


@pytest.mark.parametrize(
    ("status", "days", "is_refused"),
    [(Status.SUBMITTED, 0, True), (Status.DRAFT, 0, False), (Status.RETURNED, 3, False)],
)
def test_after_the_call_another_kind_waits_for_the_sending(status, days, is_refused, db, at):
    campaign = CampaignFactory(phases=laid_around(at, on="review"))
    until = at + timedelta(days=days)
    submission = SubmissionFactory(campaign=campaign, status=status, correction_until=until)
    assert (kind_refusal(submission, "initiative", at=at) is not None) is is_refused
    assert kind_refusal(submission, "pledge", at=at) is None
