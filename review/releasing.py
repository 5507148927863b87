"""Making decisions known: each with its transition and its letter in one transaction, and never twice."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from campaign.models import Campaign
from home.mail import queue
from home.models import User
from pledges import actors, lifecycle
from pledges.lifecycle import Refused
from pledges.models import Submission
from review.decisions import LETTER_OF, Outcome, releasable
from review.models import Decision

TRANSITION_OF = {Outcome.SELECTED: "select", Outcome.RESERVE: "reserve", Outcome.DECLINED: "decline"}
CORRECTION_OF = {
    Outcome.SELECTED: "correct_select",
    Outcome.RESERVE: "correct_reserve",
    Outcome.DECLINED: "correct_decline",
}
# One release takes about 40 ms; a request must end long before the server's patience does.
MOST_AT_ONCE = 100
# A worker delivers mail in between.
MOST_IN_A_ROUND = 500


def release(campaign: Campaign, *, by: User, at: datetime, most: int | None = None) -> Counter[str]:
    """Make the first pending decisions known, at most so many: each with its transition and letter, or not at all.

    Those in which this person has a conflict of interest stay pending, for somebody else to release. Whoever
    presses twice releases nothing twice. Tells how many decisions of each outcome were released.
    """
    numbers: Counter[str] = Counter()
    waiting = releasable(campaign, by).order_by("submission").values_list("submission", flat=True)
    try:
        for submission in list(waiting[: most or MOST_AT_ONCE]):
            if outcome := _release_one(campaign, submission, by=by, at=at):
                numbers[outcome] += 1
    finally:
        if numbers:
            log(campaign, "review.release_decisions", user=by, data=dict(numbers), timestamp=at)
    return numbers


def waiting(campaign: Campaign, by: User) -> QuerySet[Decision]:
    """What this person may release and nobody has ordered to be released."""
    return releasable(campaign, by).filter(release_ordered_at__isnull=True)


def ordered() -> QuerySet[Decision]:
    return Decision.objects.filter(released_at__isnull=True, release_ordered_at__isnull=False)


@transaction.atomic
def order(campaign: Campaign, *, by: User, at: datetime) -> int:
    """Have the worker release all that this person may release now; tell how many those are.

    What is decided anew before its turn comes is not covered by the order. Ordering again orders nothing twice.
    """
    number = waiting(campaign, by).update(release_ordered_at=at, release_ordered_by=by)
    if number:
        log(campaign, "review.order_release", user=by, data={"number": number}, timestamp=at)
    return number


def release_ordered(at: datetime, *, most: int = MOST_IN_A_ROUND) -> Counter[str]:
    """Release what was ordered, at most so many. What may not be released is pending again and holds nobody up."""
    numbers: Counter[str] = Counter()
    campaigns: dict[int, Campaign] = {}
    rows = ordered().select_related("submission__campaign", "release_ordered_by")
    for row in list(rows.order_by("release_ordered_at", "submission")[:most]):
        campaign = campaigns.setdefault(row.submission.campaign_id, row.submission.campaign)
        try:
            by = row.release_ordered_by
            outcome = _release_one(campaign, row.submission_id, by=by, at=at) if by else ""
        except Refused:
            outcome = ""
        if outcome:
            numbers[outcome] += 1
        else:
            _hold(row, at)
    return numbers


@transaction.atomic
def _hold(row: Decision, at: datetime) -> None:
    """Take the order back, unless somebody else was quicker."""
    still = ordered().filter(pk=row.pk)
    if still.update(release_ordered_at=None, release_ordered_by=None):
        log(row.submission, "review.hold_release", user=row.release_ordered_by, timestamp=at)


@transaction.atomic
def _release_one(campaign: Campaign, submission: int, *, by: User, at: datetime) -> str:
    """The outcome that was made known; empty where somebody else was quicker."""
    # Submissions are locked before decisions, as everywhere.
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission)
    locked.campaign = campaign
    rows = releasable(campaign, by).filter(submission=locked)
    decision = rows.select_for_update(of=("self",)).first()
    if decision is None:
        return ""
    decision.submission = locked
    make_known(decision, by=by, at=at)
    return decision.outcome


def make_known(decision: Decision, *, by: User, at: datetime) -> None:
    """Release one decision, whose submission is locked: its transition, where the status changes, and its letter.

    It is marked first: the receivers of the new status must not take it for pending. The letter's key counts the
    decision's letters, so that none goes out twice.
    """
    decision.released_at, decision.letters_sent = at, decision.letters_sent + 1
    decision.release_ordered_at = decision.release_ordered_by = None
    decision.save()
    submission, outcome = decision.submission, Outcome(decision.outcome)
    if submission.status != outcome:
        submission = lifecycle.perform(
            submission, _transition(submission, outcome), by=actors.coordinator(by), at=at
        )
    queue(
        LETTER_OF[outcome],
        key=f"decision:{submission.reference}:{decision.letters_sent}",
        language=submission.mail_language,
        at=at,
        reference=submission.reference,
        number=decision.letters_sent,
    )


def _transition(submission: Submission, outcome: Decision.Outcome) -> str:
    name = TRANSITION_OF[outcome]
    first = submission.status in lifecycle.TRANSITIONS[name].sources
    return name if first else CORRECTION_OF[outcome]
