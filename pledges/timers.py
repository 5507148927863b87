"""What happens to submissions by the clock."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from campaign.models import Campaign, PublicItem
from home.timers import timer
from pledges import publishing
from pledges.actors import SYSTEM
from pledges.endings import scrub
from pledges.lifecycle import CONFIRM_WITHIN, Refused, perform
from pledges.models import Consent, Purpose, Submission


@timer(every=timedelta(minutes=10))
def expire_unconfirmed(at: datetime) -> None:
    """Turn what nobody confirmed in time back into drafts."""
    for submission in Submission.objects.unconfirmed_since(at - CONFIRM_WITHIN).iterator():
        try:
            perform(submission, "expire", by=SYSTEM, at=at)
        except Refused:  # confirmed or withdrawn since the list was read
            continue


@timer(every=timedelta(minutes=5))
def publish_after_the_call(at: datetime) -> None:
    """Publish what was screened during the call, in the campaigns that wait for its end."""
    waiting = Campaign.objects.filter(publishing=Campaign.Publishing.AFTER_CALL, phases__kind="call")
    for campaign in waiting.filter(phases__closes_at__lte=at):
        for submission in _unpublished(campaign).iterator():
            publishing.refresh(submission, at=at)


def _unpublished(campaign: Campaign) -> QuerySet[Submission]:
    """Screened, with a consent to publish the text given at some time, and without a public copy."""
    agreed = Consent.objects.filter(
        participation__submission=OuterRef("pk"), purpose=Purpose.TEXT, given=True
    )
    public = PublicItem.objects.filter(reference=OuterRef("reference"))
    screened = campaign.submissions.filter(status__in=publishing.SHOWN, screened__isnull=False)
    return screened.filter(Exists(agreed), ~Exists(public))


@timer(every=timedelta(days=1))
def scrub_after_erasures(at: datetime) -> None:
    """Once more in the quiet, in case the database was busy right after an erasure."""
    if Submission.objects.filter(erased_at__gt=at - timedelta(days=2)).exists():
        scrub()
