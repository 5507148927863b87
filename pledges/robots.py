"""What the robots' trap caught: kept as spam for coordinators to look at, never mailed about, forgotten after a while.

A person may fall into the trap by way of a program that fills in forms, so nothing that is whole is thrown away
unseen. A flood keeps a day's measure and is counted beyond it.
"""

from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet, Sum

from campaign.models import Campaign
from pledges import submitting
from pledges.actors import SYSTEM
from pledges.endings import erase, scrub
from pledges.lifecycle import Refused
from pledges.models import CaughtDay, Status, Submission
from pledges.submitting import Sending

MOST_KEPT_A_DAY = 100
FORGOTTEN_AFTER, ONE_DAY = timedelta(days=60), timedelta(days=1)


def keep(sending: Sending, *, campaign: Campaign, language: str, at: datetime) -> Submission | None:
    """Keep a whole form as spam, without a letter, and return it; None where it is only counted.

    That is what comes while the call is closed, or beyond a day's measure. The same form a second time is nothing new.
    """
    if not campaign.accepts(sending.kind, at) or not _takes_place(campaign, at):
        count(campaign, at=at)
        return None
    return submitting.suspect(sending, campaign=campaign, language=language, at=at)


def count(campaign: Campaign, *, at: datetime) -> None:
    """Note that something was caught and not kept."""
    _day(campaign, at).update(counted=F("counted") + 1)


def only_counted(campaign: Campaign, *, at: datetime) -> int:
    """How much was caught and not kept in the time for which spam is kept."""
    days = campaign.caught_days.filter(day__gt=_date(campaign, at - FORGOTTEN_AFTER))
    return days.aggregate(number=Sum("counted", default=0))["number"]


def forget(at: datetime) -> int:
    """Erase the spam that nobody took back in time, and how much more was counted then; how many were erased."""
    old = Submission.objects.filter(status=Status.SPAM, erased_at=None, status_at__lte=at - FORGOTTEN_AFTER)
    erased = 0
    for submission in old.iterator():
        try:
            erase(submission, by=SYSTEM, at=at, scrubs=False)
        except Refused:  # taken back or erased since the list was read
            continue
        erased += 1
    if erased:
        scrub()
    CaughtDay.objects.filter(day__lt=(at - FORGOTTEN_AFTER - ONE_DAY).date()).delete()
    return erased


def _takes_place(campaign: Campaign, at: datetime) -> bool:
    """Whether there is a place left among the day's; it is taken."""
    return _day(campaign, at).filter(kept__lt=MOST_KEPT_A_DAY).update(kept=F("kept") + 1) == 1


def _day(campaign: Campaign, at: datetime) -> QuerySet[CaughtDay]:
    row, _new = CaughtDay.objects.get_or_create(campaign=campaign, day=_date(campaign, at))
    return CaughtDay.objects.filter(pk=row.pk)


def _date(campaign: Campaign, at: datetime) -> date:
    return at.astimezone(campaign.zone).date()
