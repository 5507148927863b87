"""What happens to submissions by the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from campaign.models import Campaign
from home.timers import timer
from pledges import partners, publishing, robots, sweeping, unsent_reminding
from pledges.actors import SYSTEM
from pledges.deadlines import CONFIRM_WITHIN
from pledges.endings import scrub
from pledges.lifecycle import Refused, perform
from pledges.models import Submission

BATCH = 200


@timer(every=timedelta(minutes=10))
def expire_unconfirmed(at: datetime) -> None:
    """Turn what nobody confirmed in time back into drafts."""
    for submission in Submission.objects.unconfirmed_since(at - CONFIRM_WITHIN).iterator():
        try:
            perform(submission, "expire", by=SYSTEM, at=at)
        except Refused:  # confirmed or withdrawn since the list was read
            continue


@timer(every=timedelta(minutes=10))
def forget_partners(at: datetime) -> None:
    """Empty the data of partners of what was withdrawn, when they have been told, and of who does not take part."""
    partners.forget_of_withdrawn()
    partners.forget_turned_down(at)


@timer(every=timedelta(minutes=5))
def follow_the_timing(at: datetime) -> None:
    """Publish and take down what the clock, or a change of a campaign's dates or of its timing, has made so.

    Everything else that decides refreshes the copy itself. Each copy is written in a transaction of its own,
    so that a run which is cut short has done its part.
    """
    for campaign in Campaign.objects.prefetch_related("phases"):
        for astray in (publishing.missing(campaign, at), publishing.overdue(campaign, at)):
            for submission in _in_batches(astray):
                publishing.refresh(submission, at=at)


def _in_batches(submissions: QuerySet[Submission]) -> Iterator[Submission]:
    """Each once, read a batch at a time, so that nothing is held open while they are written."""
    last = 0
    while batch := list(submissions.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


@timer(every=timedelta(days=1))
def forget_spam(at: datetime) -> None:
    """Erase spam that nobody took back."""
    robots.forget(at)


@timer(every=timedelta(days=1))
def scrub_after_erasures(at: datetime) -> None:
    """Once more in the quiet, in case the database was busy right after an erasure."""
    if Submission.objects.filter(erased_at__gt=at - timedelta(days=2)).exists():
        scrub()


@timer(every=timedelta(minutes=15))
def sweep_files(at: datetime) -> None:
    """Heal what a process left undone that died between a file and its row."""
    sweeping.sweep(at)


@timer(every=timedelta(minutes=5))
def mail_links_of_left(at: datetime) -> None:
    """Mail the link of an unsent form to who gave an address and has stopped writing."""
    unsent_reminding.mail_links_of_left(at)


@timer(every=timedelta(hours=1))
def remind_of_unsent(at: datetime) -> None:
    """Remind of unsent forms three days and one day before their deadline."""
    unsent_reminding.remind(at)


@timer(every=timedelta(days=1))
def forget_unsent(at: datetime) -> None:
    """Delete unsent forms that nobody has touched since long."""
    unsent_reminding.forget(at)
