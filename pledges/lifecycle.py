"""The way of a submission: one table of transitions, and `perform()`, the only writer of its status."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from wagtail.log_actions import log

from campaign.closing import not_open
from home.mail import queue
from pledges import publishing
from pledges.actors import Actor, Role
from pledges.deadlines import ends_with_the_call, may_be_confirmed
from pledges.models import Status, Submission, Version
from pledges.partner_letters import tell_partners
from pledges.signals import submission_changed

Condition = Callable[[Submission, datetime], str | None]


class Refused(Exception):
    """A transition that may not happen; its text is a sentence for the reader."""


def when_erased(submission: Submission) -> str | None:
    """Why nothing may be done any more with what was erased; None for everything else."""
    return _("This has been erased already.") if submission.erased_at else None


def while_the_call_is_open(submission: Submission, at: datetime) -> str | None:
    campaign = submission.campaign
    is_open = ends_with_the_call(submission) and campaign.accepts(submission.kind, at)
    if is_open or submission.may_be_corrected(at):
        return None
    if submission.status == Status.RETURNED:
        return _("The time for correcting this submission has ended.")
    return not_open(campaign, at, kind=submission.kind)


def when_confirmed(submission: Submission, at: datetime) -> str | None:
    return None if submission.confirmed_at else _("The sender has not confirmed the e-mail address yet.")


def when_it_came_otherwise(submission: Submission, at: datetime) -> str | None:
    if submission.source != Submission.Source.WEB:
        return None
    return _("Only what came on paper or in a table is entered by a coordinator.")


def when_never_confirmed(submission: Submission, at: datetime) -> str | None:
    if submission.confirmed_at:
        return _("The e-mail address has been confirmed.")
    if may_be_confirmed(submission, at):
        return _("The sender still has time to confirm the e-mail address.")
    return None


@dataclass(frozen=True)
class Transition:
    """One row of the table. `letter` goes to the sender in the same transaction, `to_partners` to those who have
    confirmed; `label` names the button."""

    sources: frozenset[Status]
    target: Status
    by: Role
    label: StrOrPromise
    condition: Condition | None = None
    letter: str = ""
    to_partners: str = ""


def _row(sources: set[Status], target: Status, by: Role, label: StrOrPromise, **more: Any) -> Transition:
    return Transition(frozenset(sources), target, by, label, **more)


S, OWNER, COORDINATOR, SYSTEM = Status, Role.OWNER, Role.COORDINATOR, Role.SYSTEM
TRANSITIONS = {
    "submit": _row(
        {S.DRAFT, S.RETURNED}, S.SUBMITTED, OWNER, gettext_lazy("Send"), condition=while_the_call_is_open
    ),
    "expire": _row(
        {S.SUBMITTED},
        S.DRAFT,
        SYSTEM,
        gettext_lazy("Expire"),
        condition=when_never_confirmed,
        letter="expired",
    ),
    "pass": _row(
        {S.SUBMITTED}, S.IN_REVIEW, COORDINATOR, gettext_lazy("Pass to review"), condition=when_confirmed
    ),
    "return": _row(
        {S.SUBMITTED, S.IN_REVIEW},
        S.RETURNED,
        COORDINATOR,
        gettext_lazy("Return for correction"),
        condition=when_confirmed,
        letter="returned",
    ),
    "reject": _row(
        {S.SUBMITTED, S.IN_REVIEW, S.RETURNED},
        S.INELIGIBLE,
        COORDINATOR,
        gettext_lazy("Mark as outside the call"),
        condition=when_confirmed,
        letter="ineligible",
    ),
    "suspect": _row(
        {S.DRAFT}, S.SPAM, SYSTEM, gettext_lazy("Take for spam"), condition=while_the_call_is_open
    ),
    "enter": _row(
        {S.DRAFT}, S.SUBMITTED, COORDINATOR, gettext_lazy("Enter"), condition=when_it_came_otherwise
    ),
    "mark_spam": _row({S.SUBMITTED}, S.SPAM, COORDINATOR, gettext_lazy("Mark as spam")),
    "restore": _row({S.SPAM, S.INELIGIBLE}, S.SUBMITTED, COORDINATOR, gettext_lazy("Take back to screening")),
    "select": _row({S.IN_REVIEW, S.RESERVE}, S.SELECTED, COORDINATOR, gettext_lazy("Select")),
    "reserve": _row({S.IN_REVIEW}, S.RESERVE, COORDINATOR, gettext_lazy("Keep in reserve")),
    "decline": _row({S.IN_REVIEW, S.RESERVE}, S.DECLINED, COORDINATOR, gettext_lazy("Do not select")),
    "correct_select": _row({S.DECLINED}, S.SELECTED, COORDINATOR, gettext_lazy("Correct: select")),
    "correct_reserve": _row({S.SELECTED, S.DECLINED}, S.RESERVE, COORDINATOR, gettext_lazy("Correct: hold")),
    "correct_decline": _row({S.SELECTED}, S.DECLINED, COORDINATOR, gettext_lazy("Correct: do not select")),
    "withdraw": _row(
        {S.DRAFT, S.SUBMITTED, S.RETURNED, S.IN_REVIEW, S.SELECTED, S.RESERVE, S.DECLINED},
        S.WITHDRAWN,
        OWNER,
        gettext_lazy("Withdraw the submission"),
        letter="withdrawn",
        to_partners="partner_ended",
    ),
}


def refusal(submission: Submission, name: str, *, by: Actor, at: datetime) -> str | None:
    """Why this transition may not happen now, as a sentence; None when it may."""
    if sentence := when_erased(submission):
        return sentence
    transition = TRANSITIONS[name]
    if by.role is not transition.by:
        return _("This is not yours to do.")
    if submission.status not in transition.sources:
        return _("This is not possible while the submission is in the status “%(status)s”.") % {
            "status": submission.get_status_display()
        }
    return transition.condition(submission, at) if transition.condition else None


def is_unsent(submission: Submission) -> bool:
    """Whether it waits to be sent by its owner: a draft, or what was returned."""
    return submission.status in TRANSITIONS["submit"].sources


def send_refusal(submission: Submission, at: datetime) -> str | None:
    """Why what waits to be sent by its owner cannot be; None for what can, and for what was sent."""
    if not is_unsent(submission):
        return None
    return refusal(submission, "submit", by=Actor(OWNER), at=at)


def allowed(submission: Submission, *, by: Actor, at: datetime) -> list[str]:
    """The names of the transitions that may happen now: what buttons ask."""
    return [name for name in TRANSITIONS if refusal(submission, name, by=by, at=at) is None]


def _begins_anew(submission: Submission, name: str, at: datetime) -> bool:
    """Whether what is taken back has to be confirmed from now on: taken for a robot's it has had no first letter, and
    later than 72 hours that one opens nothing any more."""
    waits = name == "restore" and not submission.confirmed_at
    return waits and bool(submission.suspicion or not may_be_confirmed(submission, at))


def _letter(submission: Submission, name: str, at: datetime) -> str:
    """The letter that goes with a transition. Who was told that it is outside the call is told when it is taken back."""
    if _begins_anew(submission, name, at):
        return "confirm"
    if name == "restore" and submission.status == Status.INELIGIBLE:
        return "taken_back"
    return TRANSITIONS[name].letter


class Told(TypedDict, total=False):
    """What may be said with a move, and is kept in the submission's fields of these names."""

    reason: str
    correction_until: datetime
    returned_fields: list[str]
    authority_check: str
    suspicion: Submission.Suspicion


class Said(Told, total=False):
    """The same, and what a coordinator had on the screen when passing.

    That version, `read`, is screened, and a newer one waits; `files` are the ids of the files and `translations`
    the stamps of the translations that were there (all of these, where none are named).
    """

    read: Version
    files: Collection[int]
    translations: Collection[str] | None


def _stamp(submission: Submission, name: str, at: datetime, told: Told) -> None:
    """Write the moments and facts that go with a change of status."""
    if _begins_anew(submission, name, at):
        submission.submitted_at, submission.suspicion = at, ""
    submission.status, submission.status_at = TRANSITIONS[name].target, at
    if name in {"submit", "suspect"}:
        submission.submitted_at, submission.correction_until, submission.returned_fields = at, None, []
    if name == "restore":  # as if nothing had been done: it has waited since it was sent
        submission.status_at = submission.submitted_at or at
    for field, value in told.items():
        setattr(submission, field, value)


@transaction.atomic
def perform(
    submission: Submission, name: str, *, by: Actor, at: datetime, **said: Unpack[Said]
) -> Submission:
    """Move a submission along one row of the table and return it as it is then.

    Locks the row, checks source, person, phase and moment, saves, writes the audit log and the letter,
    refreshes the public copy, and sends the signal. Raises Refused with a sentence for the reader.
    """
    return perform_locked(lock(submission), name, by=by, at=at, **said)


def perform_locked(
    locked: Submission,
    name: str,
    *,
    by: Actor,
    at: datetime,
    read: Version | None = None,
    files: Collection[int] = (),
    translations: Collection[str] | None = None,
    **told: Unpack[Told],
) -> Submission:
    """The same for a row that the running transaction has made or locked already."""
    if sentence := refusal(locked, name, by=by, at=at):
        raise Refused(sentence)
    letter = _letter(locked, name, at)
    _stamp(locked, name, at, told)
    if name == "pass":
        locked.screened = read or locked.latest
        locked.attachments.let_pass(files, at=at)
        _pass_translations(locked, translations, at)
    locked.save()
    log(locked, f"pledges.{name}", user=by.user, timestamp=at)
    if letter:
        tell(locked, letter, at=at)
    if letter := TRANSITIONS[name].to_partners:
        tell_partners(locked, letter, at=at)
    publishing.refresh_locked(locked, at=at)
    submission_changed.send(Submission, submission=locked, what="status", at=at)
    return locked


def _pass_translations(locked: Submission, stamps: Collection[str] | None, at: datetime) -> None:
    waiting = locked.translations.filter(passed_at=None)
    read = [row.pk for row in waiting if stamps is None or row.stamp in stamps]
    if read:
        waiting.filter(pk__in=read).update(passed_at=at)


def lock(submission: Submission) -> Submission:
    """The submission as the database has it now, locked until the transaction ends.

    Its campaign is the one that the caller has loaded already, whose phases need not be read once more.
    """
    known = Submission.campaign.is_cached(submission)
    rows = Submission.objects.select_for_update(of=("self",)).select_related("latest", "screened")
    locked = (rows if known else rows.select_related("campaign")).get(pk=submission.pk)
    if known:
        locked.campaign = submission.campaign
    return locked


def lock_by_link(submission: Submission) -> Submission:
    """`lock()` for what its owner does: Refused where the link by which they came was replaced meanwhile."""
    locked = lock(submission)
    if locked.link_key != submission.link_key:
        raise Refused(_("The link to this page was replaced by a newer one meanwhile."))
    return locked


def tell(submission: Submission, letter: str, *, at: datetime, key: str = "") -> bool:
    """Queue a letter to the submission's owner; the same key once. Without a key, once a moment."""
    return queue(
        letter,
        key=f"{letter}:{submission.reference}:{key or at.isoformat()}",
        language=submission.mail_language,
        at=at,
        reference=submission.reference,
        submission=submission.pk,
    )
