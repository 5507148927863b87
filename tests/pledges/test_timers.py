from datetime import timedelta

import pytest

from campaign.models import PublicItem
from home.models import Mail
from pledges import timers
from pledges.lifecycle import CONFIRM_WITHIN
from pledges.models import Purpose, Status, Submission
from tests.factories import CampaignFactory, SubmissionFactory

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
    timers.publish_after_the_call(closes_at - SECOND)
    assert not PublicItem.objects.exists()
    timers.publish_after_the_call(closes_at)
    timers.publish_after_the_call(closes_at + SECOND)
    assert list(PublicItem.objects.values_list("reference", "published_at")) == [
        (agreed.reference, closes_at)
    ]


@pytest.mark.django_db
def test_a_scrub_inside_a_busy_database_is_tried_again_later(at, caplog):
    """A test's own transaction is open here, as another writer's may be."""
    SubmissionFactory(erased_at=at - timedelta(hours=1))
    timers.scrub_after_erasures(at)
    timers.scrub_after_erasures(at + timedelta(days=9))
    assert [record.levelname for record in caplog.records if record.name == "pledges.endings"] in (
        ["WARNING"],
        [],
    )
