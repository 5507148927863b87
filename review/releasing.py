"""Making decisions known: each with its transition and its letter in one transaction, and never twice."""

import hashlib
from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign
from home.mail import queue
from home.models import User
from pledges import actors, lifecycle
from pledges.lifecycle import Refused
from pledges.models import Submission
from review.decisions import LETTER_OF, Outcome, call_refusal, releasable
from review.models import Decision
from review.permissions import DECIDE

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

    Those in which this person has a conflict of interest stay pending, for somebody else to release; so does what
    may not be released, and holds nobody up. Whoever presses twice releases nothing twice. Raises Refused while the
    call is open. Tells how many decisions of each outcome were released.
    """
    _refuse_in_call(campaign, at)
    numbers: Counter[str] = Counter()
    rows = releasable(campaign, by).select_related("submission").order_by("submission")
    try:
        for row in list(rows[: most or MOST_AT_ONCE]):
            try:
                outcome = _release_one(campaign, row, by=by, at=at)
            except Refused:
                log(row.submission, "review.hold_release", user=by, timestamp=at)
                continue
            if outcome:
                numbers[outcome] += 1
    finally:
        if numbers:
            log(campaign, "review.release_decisions", user=by, data=dict(numbers), timestamp=at)
    return numbers


def _refuse_in_call(campaign: Campaign, at: datetime) -> None:
    if sentence := call_refusal(campaign, at):
        raise Refused(sentence)


def digest(rows: QuerySet[Decision]) -> str:
    """What changes when another decision, or another letter, would be made known."""
    facts = rows.order_by("submission").values_list("submission", "outcome", "decided_at", "letter_note")
    said = hashlib.sha256()
    for fact in facts.iterator():
        said.update(repr(fact).encode())
    return said.hexdigest()


def expect(rows: QuerySet[Decision], shown: str) -> None:
    """Raises Refused where other decisions, or other letters, were shown."""
    if digest(rows) != shown:
        raise Refused(_("A decision or a letter has changed since you looked. Look again."))


def waiting(campaign: Campaign, by: User) -> QuerySet[Decision]:
    """What this person may release and nobody has ordered to be released."""
    return releasable(campaign, by).filter(release_ordered_at__isnull=True)


def ordered() -> QuerySet[Decision]:
    return Decision.objects.filter(released_at__isnull=True, release_ordered_at__isnull=False)


@transaction.atomic
def order(campaign: Campaign, *, by: User, at: datetime) -> int:
    """Have the worker release all that this person may release now; tell how many those are.

    What is decided anew before its turn comes is not covered by the order. Ordering again orders nothing twice.
    Raises Refused while the call is open.
    """
    _refuse_in_call(campaign, at)
    number = waiting(campaign, by).update(release_ordered_at=at, release_ordered_by=by)
    if number:
        log(campaign, "review.order_release", user=by, data={"number": number}, timestamp=at)
    return number


def release_ordered(at: datetime, *, most: int = MOST_IN_A_ROUND) -> Counter[str]:
    """Release what was ordered, at most so many. What may not be released is pending again and holds nobody up."""
    numbers: Counter[str] = Counter()
    campaigns: dict[int, Campaign] = {}
    people: dict[int, User] = {}
    rows = ordered().select_related("submission__campaign", "release_ordered_by")
    for row in list(rows.order_by("release_ordered_at", "submission")[:most]):
        campaign = campaigns.setdefault(row.submission.campaign_id, row.submission.campaign)
        by = row.release_ordered_by
        if by:
            # One object a person keeps their rights, once asked.
            by = people.setdefault(by.pk, by)
        try:
            # Whoever ordered it may have left, or lost the right, since then.
            outcome = _release_one(campaign, row, by=by, at=at) if by and by.has_perm(DECIDE) else ""
        except Refused:
            outcome = ""
        if outcome:
            numbers[outcome] += 1
        else:
            _hold(row, at)
    return numbers


@transaction.atomic
def _hold(row: Decision, at: datetime) -> None:
    """Take the order back, unless somebody else was quicker, or has decided and ordered anew."""
    still = ordered().filter(pk=row.pk, release_ordered_at=row.release_ordered_at)
    if still.update(release_ordered_at=None, release_ordered_by=None):
        log(row.submission, "review.hold_release", user=row.release_ordered_by, timestamp=at)


@transaction.atomic
def _release_one(campaign: Campaign, row: Decision, *, by: User, at: datetime) -> str:
    """The outcome that was made known; empty where somebody else was quicker, or has decided anew."""
    # Submissions are locked before decisions, as everywhere.
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=row.submission_id)
    locked.campaign = campaign
    _refuse_in_call(campaign, at)
    rows = releasable(campaign, by).filter(submission=locked, decided_at=row.decided_at)
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
