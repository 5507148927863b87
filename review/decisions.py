"""The ministry's decisions: pending until they are released. What is known already is changed in `correcting`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign, Phase
from home.models import User
from pledges import lifecycle, publishing
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.models.submission import SubmissionQuerySet
from review import feedback, reserve, scoring
from review.models import ConflictOfInterest, Decision, ReasonPhrase, Review
from review.models.decision import snapshot
from review.sight import without_conflict

Outcome = Decision.Outcome
LETTER_OF = {
    Outcome.SELECTED: "decision_selected",
    Outcome.RESERVE: "decision_reserve",
    Outcome.DECLINED: "decision_declined",
}


class Why(TypedDict, total=False):
    """The reasons of a decision: words, the language that they are in, and phrases."""

    reasons: str
    language: str
    phrases: Collection[ReasonPhrase]


def chosen_without_consent(campaign: Campaign) -> QuerySet[Submission]:
    """Submissions that are selected, or will be when the decisions are released, and may not be published."""
    chosen = Q(status=Status.SELECTED) | Q(
        status=Status.IN_REVIEW, decision__outcome=Outcome.SELECTED, decision__released_at__isnull=True
    )
    submissions = campaign.submissions.filter(chosen).annotate(
        may_be_published=publishing.lead_allows_the_text()
    )
    return submissions.filter(may_be_published=False).order_by("pk")


def undecided(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    return submissions.filter(status=Status.IN_REVIEW, decision__isnull=True)


def decided(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those with a pending decision."""
    return submissions.filter(status=Status.IN_REVIEW, decision__isnull=False)


def to_decide(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those whose decision is still open or not yet known."""
    return submissions.filter(status=Status.IN_REVIEW)


def released(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    return submissions.filter(decision__released_at__isnull=False)


def pending(campaign: Campaign) -> QuerySet[Decision]:
    return Decision.objects.filter(submission__campaign=campaign, released_at__isnull=True)


def releasable(campaign: Campaign, by: User) -> QuerySet[Decision]:
    """The pending decisions that this person may look at and release: none with a conflict of interest."""
    return pending(campaign).filter(submission__in=without_conflict(campaign.submissions.all(), by))


def in_another_language(decided: QuerySet[Decision]) -> QuerySet[Decision]:
    """Those whose letter is in another language than the words of their reasons. Phrases are in every language."""
    in_words = decided.exclude(reasons="").exclude(language="")
    return in_words.exclude(language=F("submission__mail_language"))


@transaction.atomic
def decide(
    submission: Submission,
    outcome: str,
    *,
    by: User,
    at: datetime,
    reasons: str = "",
    language: str = "",
    phrases: Collection[ReasonPhrase] = (),
) -> Decision:
    """Store a decision, pending until its release; again, it replaces the pending one.

    Its reasons are phrases, words of its own, or both. `language` is the one that the words are written in, empty
    where nobody said. Raises Refused outside review, while the call is open, without reasons, and for a person
    with a conflict of interest.
    """
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    if sentence := call_refusal(submission.campaign, at):
        raise Refused(sentence)
    if locked.status != Status.IN_REVIEW:
        raise Refused(
            _("%(reference)s is not in review: its decision has been released or it has left the round.")
            % {"reference": locked.reference}
        )
    refuse(locked, reasons, phrases, by)
    decision = Decision.objects.filter(submission=locked).first() or Decision()
    decision.submission = locked
    decision.release_ordered_at = decision.release_ordered_by = None
    write(decision, outcome, reasons=reasons, language=language, phrases=phrases, by=by, at=at)
    reserve.place(decision)
    decision.save()
    log(locked, "review.decide", user=by, data={"outcome": outcome}, timestamp=at)
    return decision


def call_refusal(campaign: Campaign, at: datetime) -> str | None:
    """Why nothing may be decided yet; None once the call has closed."""
    if campaign.is_on(Phase.Kind.CALL, at):
        return _("The call is still open. Decisions are made when it has closed.")
    return None


def write(
    decision: Decision,
    outcome: str,
    *,
    reasons: str,
    language: str,
    phrases: Collection[ReasonPhrase],
    by: User,
    at: datetime,
) -> None:
    """Set what is decided and why. What was added to the letter of another outcome does not go with this one's."""
    if decision.pk and decision.outcome != outcome:
        decision.letter_note = ""
        feedback.choose(decision.submission, (), by=by, at=at)
    decision.outcome, decision.reasons, decision.language = Outcome(outcome), reasons, language
    decision.phrases = [snapshot(phrase) for phrase in phrases]
    decision.decided_by, decision.decided_at = by, at


@transaction.atomic
def decide_many(
    submissions: Iterable[Submission], outcome: str, *, by: User, at: datetime, **why: Unpack[Why]
) -> int:
    """The same decision with the same reasons for several submissions: all of them or, refused, none."""
    rows = list(submissions)
    scoring.hold_these([row.pk for row in rows])
    made = [decide(row, outcome, by=by, at=at, **why) for row in rows]
    return len(made)


def refuse(submission: Submission, reasons: str, phrases: Collection[ReasonPhrase], by: User) -> None:
    """Raises Refused without reasons, and for a person with a conflict of interest."""
    if not reasons.strip() and not phrases:
        raise Refused(_("A decision needs reasons. They are told to the sender."))
    if ConflictOfInterest.objects.standing().filter(submission=submission, person=by).exists():
        raise Refused(_("You have a conflict of interest in this submission."))


@transaction.atomic
def undo(submission: Submission, *, by: User, at: datetime) -> None:
    """Take a pending decision away. Raises Refused once it has been released."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    decision = Decision.objects.select_for_update().filter(submission=submission).first()
    if decision is None:
        return
    if decision.released_at:
        raise Refused(_("This decision has been released. It can only be changed openly."))
    decision.delete()
    log(submission, "review.undo_decision", user=by, timestamp=at)


@transaction.atomic
def edit_letter(
    submission: Submission, *, note: str, comments: Collection[Review], by: User, at: datetime
) -> None:
    """Keep what is added to a pending decision's letter. Raises Refused once it is released."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    decision = Decision.objects.select_for_update().filter(submission=submission).first()
    if decision is None or decision.released_at:
        raise Refused(_("This letter has left already, or there is no decision to tell."))
    if decision.letter_note != note:
        decision.letter_note = note
        decision.save(update_fields=["letter_note"])
        log(submission, "review.edit_letter", user=by, timestamp=at)
    feedback.choose(submission, comments, by=by, at=at)


@transaction.atomic
def ask_for_consent(submission: Submission, *, by: User, at: datetime) -> bool:
    """Ask the givers by mail to let the text be published; at most once a day. Tells whether a mail was written."""
    asked = lifecycle.tell(submission, "consent_wanted", at=at, key=f"{at:%Y-%m-%d}")
    if asked:
        log(submission, "review.ask_for_consent", user=by, timestamp=at)
    return asked
