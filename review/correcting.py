"""Decisions that their senders know: one in reserve is lifted or declined, any other is corrected openly."""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from review import awards, decisions, releasing, reserve
from review.decisions import Outcome, Why
from review.models import Decision, EarlierDecision
from review.models.decision import Reasoned

KEPT = tuple(field.name for field in Reasoned._meta.fields)


def may_decide(submission: Submission) -> bool:
    """Whether a decision can be made, changed or corrected."""
    return submission.status == Status.IN_REVIEW or is_known(submission)


def is_known(submission: Submission) -> bool:
    """Whether its sender knows the decision, so that it changes only with a new letter."""
    decision = getattr(submission, "decision", None)
    return submission.status in Outcome.values and decision is not None and bool(decision.released_at)


def is_lifted_by(submission: Submission, outcome: str) -> bool:
    """Whether this ends the waiting in reserve, as was announced, and corrects nothing."""
    return submission.status == Status.RESERVE and outcome != Outcome.RESERVE


@transaction.atomic
def change(
    submission: Submission,
    outcome: str,
    *,
    by: User,
    at: datetime,
    because: str = "",
    seen: int | None = None,
    **why: Unpack[Why],
) -> Decision:
    """Decide anew what the sender knows: known at once, with its letter, which tells what it corrects and why.

    One in reserve is selected or declined without a `because`. Awards of what is selected no more are ended.
    `seen` says how many letters had been sent when the person read the decision. Raises Refused for what is not
    known, for a correction that does not say why, and where another was quicker.
    """
    locked = (
        Submission.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=submission.pk)
    )
    decision = Decision.objects.select_for_update(of=("self",)).filter(submission=locked).first()
    if decision is None or decision.released_at is None or locked.status != decision.outcome:
        raise Refused(_("Only a decision that has been released can be changed openly."))
    if sentence := decisions.call_refusal(locked.campaign, at):
        raise Refused(sentence)
    if seen is not None and seen != decision.letters_sent:
        raise Refused(_("This decision has been changed meanwhile. Read it again."))
    if not because and not is_lifted_by(locked, outcome):
        raise Refused(_("Say why the decision is corrected. The sender reads it in the new letter."))
    decisions.refuse(locked, why.get("reasons", ""), why.get("phrases", ()), by)
    _keep(decision, because, at)
    decision.submission = locked
    decisions.write(decision, outcome, by=by, at=at, **_whole(why))
    reserve.place(decision)
    decision.letter_note = ""
    if outcome != Outcome.SELECTED:
        awards.end(locked, by=by, at=at)
    releasing.make_known(decision, by=by, at=at)
    log(locked, "review.correct_decision" if because else "review.change_decision", user=by, timestamp=at)
    return decision


def _whole(why: Why) -> Why:
    return Why(reasons="", language="", phrases=()) | why


def _keep(decision: Decision, because: str, at: datetime) -> None:
    facts = {name: getattr(decision, name) for name in KEPT}
    EarlierDecision.objects.create(decision=decision, because=because, replaced_at=at, **facts)
