from datetime import timedelta

import pytest
from django.db import connection

from campaign.models import Campaign, PublicItem
from home.models import Mail, PublicVersion
from pledges import consent, timers
from pledges.deadlines import CONFIRM_WITHIN
from pledges.models import Purpose, Status, Submission
from tests.factories import CampaignFactory, SubmissionFactory, laid_around

SECOND = timedelta(seconds=1)


@pytest.mark.django_db
def test_what_nobody_confirmed_in_time_becomes_a_draft_and_its_sender_is_told(at):
    sent = at - CONFIRM_WITHIN
    late = SubmissionFactory(submitted_at=sent, confirmed_at=None)
    for fields in (
        {"submitted_at": sent + SECOND, "confirmed_at": None},
        {"submitted_at": sent - SECOND},
        {"submitted_at": sent, "confirmed_at": None, "status": Status.SPAM},
    ):
        SubmissionFactory(**fields)
    timers.expire_unconfirmed(at)
    timers.expire_unconfirmed(at)
    assert list(Submission.objects.filter(status=Status.DRAFT)) == [late]
    assert list(Mail.objects.values_list("letter", "reference")) == [("expired", late.reference)]


@pytest.mark.django_db
def test_campaigns_that_wait_for_the_end_of_the_call_publish_when_it_comes(at):
    closes_at = at + timedelta(days=1)
    campaign = CampaignFactory(publishing="after_call", phases=[("call", at - timedelta(days=1), closes_at)])
    screened = {"campaign": campaign, "status": Status.IN_REVIEW}
    agreed = SubmissionFactory(**screened, consents=[Purpose.TEXT])
    SubmissionFactory(**screened)
    SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    timers.follow_the_timing(closes_at - SECOND)
    assert not PublicItem.objects.exists()
    timers.follow_the_timing(closes_at)
    timers.follow_the_timing(closes_at + SECOND)
    assert list(PublicItem.objects.values_list("reference", "published_at")) == [
        (agreed.reference, closes_at)
    ]


TIMINGS = {
    "at_once": {"in_review", "selected"},
    "after_call": set(),
    "after_decisions": {"selected"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("after", TIMINGS)
@pytest.mark.parametrize("before", TIMINGS)
def test_another_timing_reaches_what_is_public_already_and_what_is_not(before, after, at):
    campaign = CampaignFactory(publishing=before)
    for status in ("in_review", "selected", "submitted"):
        SubmissionFactory(campaign=campaign, status=status, consents=[Purpose.TEXT])
    timers.follow_the_timing(at)
    assert public_statuses() == TIMINGS[before]
    Campaign.objects.update(publishing=after)
    timers.follow_the_timing(at)
    assert public_statuses() == TIMINGS[after]


def public_statuses() -> set[str]:
    references = PublicItem.objects.values("reference")
    return set(Submission.objects.filter(reference__in=references).values_list("status", flat=True))


@pytest.mark.django_db
def test_a_later_deadline_takes_down_what_waits_for_it(at):
    campaign = CampaignFactory(publishing="after_call", phases=laid_around(at, on="review"))
    SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT])
    timers.follow_the_timing(at)
    assert PublicItem.objects.count() == 1
    campaign.phases.filter(kind="call").update(closes_at=at + SECOND)
    timers.follow_the_timing(at)
    assert not PublicItem.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [2, 20])
def test_where_all_is_as_it_should_be_the_timing_costs_four_queries(rows, at, django_assert_num_queries):
    campaign = CampaignFactory()
    SubmissionFactory.create_batch(rows, campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT])
    changed_mind = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT])
    consent.record(changed_mind.participations.get(), [], language="en", at=at)
    SubmissionFactory(campaign=campaign, status=Status.DECLINED, consents=[Purpose.TEXT], erased_at=at)
    timers.follow_the_timing(at)
    version = PublicVersion.current()
    with django_assert_num_queries(4):
        timers.follow_the_timing(at)
    assert (PublicItem.objects.count(), PublicVersion.current()) == (rows, version)


@pytest.mark.django_db
def test_more_than_a_batch_is_published_in_one_run(at, monkeypatch):
    monkeypatch.setattr(timers, "BATCH", 2)
    campaign = CampaignFactory()
    SubmissionFactory.create_batch(5, campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT])
    timers.follow_the_timing(at)
    assert PublicItem.objects.count() == 5


@pytest.mark.django_db
def test_a_scrub_inside_a_busy_database_is_tried_again_later(at, caplog):
    """A test's own transaction is open here, as another writer's may be. Only SQLite has a file to scrub."""
    SubmissionFactory(erased_at=at - timedelta(hours=1))
    timers.scrub_after_erasures(at)
    timers.scrub_after_erasures(at + timedelta(days=9))
    warnings = [record.levelname for record in caplog.records if record.name == "pledges.endings"]
    assert warnings == (["WARNING"] if connection.vendor == "sqlite" else [])
