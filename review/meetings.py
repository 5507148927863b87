"""Meetings of the panel: their cases, who is in the room, and what is recorded.

Whoever has a conflict of interest in a case leaves the room for it, and does not operate its screen either.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import decisions
from review.interests import declare_conflict
from review.judgement import Overtaken
from review.models import ConflictOfInterest, Decision, Meeting, MeetingCase, Procedure, ReasonPhrase
from review.permissions import leaders_of_meetings
from review.scoring import as_ranked
from review.sight import visible_to, without_conflict


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the screen of a case says. `seen` is the stamp of what it was written over."""

    notes: str
    final_score: Decimal | None
    seen: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A decision with its reasons, and the language they are in."""

    outcome: str
    reasons: str
    language: str = ""


def stamp(case: MeetingCase) -> str:
    """Tells two states of what was recorded apart."""
    score = "" if case.final_score is None else f"{case.final_score:.2f}"
    return hashlib.sha256(f"{score}\n{case.notes}".encode()).hexdigest()[:16]


def candidates(meeting: Meeting, by: User) -> SubmissionQuerySet:
    """What this person may take to the meeting, the best of the ranking first."""
    rows = decisions.to_decide(visible_to(by)).filter(campaign=meeting.campaign_id, screened__isnull=False)
    return as_ranked(rows.exclude(meeting_cases__meeting=meeting))


def disagreed_on(meeting: Meeting, by: User) -> SubmissionQuerySet:
    """Those of them on which the reviewers disagree, the widest apart first."""
    least = Procedure.of(meeting.campaign).disagreement
    rows = candidates(meeting, by).filter(standing__spread__gte=least, standing__reviews__gt=1)
    return rows.order_by("-standing__spread", "pk")


@transaction.atomic
def arrange(
    meeting: Meeting, facts: Mapping[str, Any], *, present: Iterable[User], by: User, at: datetime
) -> Meeting:
    """Make a meeting, or change its time, place and people, by field. Raises Refused once it is closed."""
    action = "review.change_meeting" if meeting.pk else "review.make_meeting"
    held = _lock(meeting) if meeting.pk else meeting
    for name, value in facts.items():
        setattr(held, name, value)
    held.save(update_fields=list(facts) if held.pk else None)
    held.present.set(present)
    log(held, action, user=by, timestamp=at)
    return held


@transaction.atomic
def add_cases(meeting: Meeting, submissions: Iterable[Submission], *, by: User, at: datetime) -> int:
    """Take submissions as the next cases, in this order. Raises Refused once the meeting is closed."""
    locked = _lock(meeting)
    wanted = list(submissions)
    known = set(meeting.cases.filter(submission__in=wanted).values_list("submission", flat=True))
    last = meeting.cases.aggregate(last=Max("position"))["last"] or 0
    new = [row for row in wanted if row.pk not in known]
    MeetingCase.objects.bulk_create(
        MeetingCase(meeting=locked, submission=row, position=last + place)
        for place, row in enumerate(new, start=1)
    )
    for row in new:
        log(row, "review.add_case", user=by, data={"meeting": meeting.pk}, timestamp=at)
    return len(new)


@transaction.atomic
def drop_case(case: MeetingCase, *, by: User, at: datetime) -> None:
    """Take a case off. Raises Refused for one that was dealt with: its record stays."""
    _lock(case.meeting)
    locked = _held(case)
    if locked.handled_at or locked.revealed_at or locked.notes:
        raise Refused(_("The meeting has dealt with this case already."))
    locked.delete()
    log(case.submission, "review.drop_case", user=by, data={"meeting": case.meeting_id}, timestamp=at)


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Raises Refused without cases, and for a meeting that was closed."""
    locked = _lock(meeting)
    if not locked.cases.exists():
        raise Refused(_("Choose the cases first."))
    if locked.opened_at is None:
        Meeting.objects.filter(pk=meeting.pk).update(opened_at=at)
        log(meeting, "review.open_meeting", user=by, timestamp=at)


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User, at: datetime) -> None:
    """End it; nothing of it changes after that. Raises Refused for one that was not opened."""
    locked = _lock(meeting)
    if locked.opened_at is None:
        raise Refused(_("The meeting has not been opened."))
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=at)
    log(meeting, "review.close_meeting", user=by, timestamp=at)


def _lock(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.closed_at:
        raise Refused(_("The meeting has been closed."))
    return locked


def leaving(case: MeetingCase) -> QuerySet[User]:
    """Who of those present leaves the room for this case: by a conflict of interest."""
    bound = ConflictOfInterest.objects.standing().filter(submission=case.submission_id).values("person")
    return case.meeting.present.filter(pk__in=bound).order_by("last_name", "first_name", "pk")


def seen_cases(meeting: Meeting, person: User) -> QuerySet[MeetingCase]:
    """The cases that somebody may know of: those without a conflict of interest."""
    rows = MeetingCase.objects.filter(meeting=meeting)
    return rows.filter(submission__in=without_conflict(Submission.objects.all(), person))


def is_bound(case: MeetingCase, person: User) -> bool:
    """Whether this person may neither see the case nor operate its screen."""
    rows = ConflictOfInterest.objects.standing()
    return rows.filter(submission=case.submission_id, person=person).exists()


def may_operate(case: MeetingCase) -> QuerySet[User]:
    """Who can take the screen over: of those who lead meetings, without a conflict of interest in the case."""
    bound = ConflictOfInterest.objects.standing().filter(submission=case.submission_id).values("person")
    return leaders_of_meetings().exclude(pk__in=bound)


@transaction.atomic
def reveal(case: MeetingCase, *, by: User, at: datetime) -> None:
    """Show the scores from now on. Raises Refused where the case may not be dealt with."""
    locked = _lock_case(case, by)
    if locked.revealed_at is None:
        MeetingCase.objects.filter(pk=case.pk).update(revealed_at=at)
        log(case.submission, "review.reveal_case", user=by, data={"meeting": case.meeting_id}, timestamp=at)


@transaction.atomic
def write_and_reveal(case: MeetingCase, words: Words, *, by: User, at: datetime) -> MeetingCase:
    """Keep what was written and show the scores: both or, refused, neither."""
    written = write(case, words, by=by, at=at)
    reveal(case, by=by, at=at)
    return written


@transaction.atomic
def write(case: MeetingCase, words: Words, *, by: User, at: datetime) -> MeetingCase:
    """Keep notes and the final score, and until it is dealt with who is in the room.

    Raises Refused, and Overtaken where another window wrote.
    """
    locked = _lock_case(case, by)
    same = (locked.notes, locked.final_score) == (words.notes, words.final_score)
    if words.seen != stamp(locked) and not same:
        raise Overtaken(
            _(
                "This case was saved in another window since you opened this page. Both are kept: what is stored "
                "stands below, and what you wrote is still here. Save again to store what you wrote."
            )
        )
    locked.notes, locked.final_score = words.notes, words.final_score
    locked.save(update_fields=["notes", "final_score"])
    if locked.handled_at is None:
        _note_the_room(locked)
    return locked


def _note_the_room(case: MeetingCase) -> None:
    """Write down who is there for the case and who left: as it is when it is dealt with, whoever comes later."""
    gone = list(leaving(case))
    case.absent.set(gone)
    case.present.set(case.meeting.present.exclude(pk__in=[person.pk for person in gone]))


@transaction.atomic
def leave(case: MeetingCase, words: Words, person: User, *, by: User, at: datetime) -> MeetingCase:
    """Record that somebody leaves the room for the case: by a conflict of interest, whether it was dealt with or not.

    Keeps what was written, too. Raises Refused, and Overtaken; then nothing is kept.
    """
    written = write(case, words, by=by, at=at)
    declare_conflict(written.submission, person, by=by, at=at)
    written.present.remove(person)
    written.absent.add(person)
    return written


@transaction.atomic
def record(
    case: MeetingCase, words: Words, verdict: Verdict | None, *, by: User, at: datetime
) -> MeetingCase:
    """Keep what was said and decided: the case is dealt with. The decision is pending, as every decision.

    Raises Refused, as `decisions.decide` does, and Overtaken; then nothing is kept.
    """
    locked = write(case, words, by=by, at=at)
    decision = Decision.objects.filter(submission=case.submission_id).first()
    if verdict and not _is_decided(decision, verdict):
        decisions.decide(
            locked.submission,
            verdict.outcome,
            reasons=verdict.reasons,
            language=verdict.language,
            phrases=phrases_kept(decision, verdict.outcome),
            by=by,
            at=at,
        )
    locked.outcome = verdict.outcome if verdict else ""
    locked.handled_at = at
    locked.save(update_fields=["outcome", "handled_at"])
    log(case.submission, "review.record_case", user=by, data={"meeting": case.meeting_id}, timestamp=at)
    return locked


def phrases_kept(decision: Decision | None, outcome: str) -> list[ReasonPhrase]:
    """The phrases of the decision that stands, where this outcome says the same: the screen of a case has only words."""
    if decision is None or decision.outcome != outcome:
        return []
    return list(ReasonPhrase.objects.filter(pk__in=[phrase["phrase"] for phrase in decision.phrases]))


def _is_decided(decision: Decision | None, verdict: Verdict) -> bool:
    """Whether that is what stands; without words they are in no language."""
    if decision is None or (decision.outcome, decision.reasons) != (verdict.outcome, verdict.reasons):
        return False
    return not verdict.reasons or decision.language == verdict.language


def _lock_case(case: MeetingCase, by: User) -> MeetingCase:
    """The case's row, held. Raises Refused unless the meeting is on and this person may deal with the case."""
    # Submissions are locked first, as everywhere.
    submission = Submission.objects.select_for_update().get(pk=case.submission_id)
    if submission.erased_at:
        raise Refused(_("This has been erased already."))
    meeting = _lock(case.meeting)
    if meeting.opened_at is None:
        raise Refused(_("The meeting has not been opened."))
    if is_bound(case, by):
        raise Refused(_("You have a conflict of interest in this submission."))
    return _held(case)


def _held(case: MeetingCase) -> MeetingCase:
    """The case's row as it is now. Raises Refused where it was taken off meanwhile."""
    rows = MeetingCase.objects.select_for_update(of=("self",)).select_related("meeting", "submission")
    locked = rows.filter(pk=case.pk).first()
    if locked is None:
        raise Refused(_("This case has been taken off the meeting."))
    return locked
