"""Until when a text may be changed and sent: the one rule for pages, calendars, reminders and letters."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from pledges.models import Status, Submission

CONFIRM_WITHIN = timedelta(hours=72)
EDITABLE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.IN_REVIEW})


def when_settled(submission: Submission) -> str | None:
    """Why its text is not changed any more, whatever the time; None while it may be."""
    if submission.erased_at or submission.status not in EDITABLE:
        return _("The text can no longer be changed.")
    return None


def ends_with_the_call(submission: Submission) -> bool:
    """Whether the call's end counts for it: a return has an end of its own instead, be it the earlier or the later.

    A late link only adds time, so that a draft may be sent until the later of the two.
    """
    return submission.status != Status.RETURNED or submission.correction_until is None


def own_deadline(submission: Submission, *, at: datetime) -> datetime | None:
    """Until when its owner may send or change it; None when that is over."""
    if when_settled(submission):
        return None
    own = submission.correction_until if submission.may_be_corrected(at) else None
    call = submission.campaign.closes_next(submission.kind, at) if ends_with_the_call(submission) else None
    return max(filter(None, (own, call)), default=None)


def may_be_confirmed(submission: Submission, at: datetime) -> bool:
    """Whether the link in the first mail still works; it may be followed after the call has closed."""
    until = confirm_until(submission)
    return until is not None and at < until


def confirm_until(submission: Submission) -> datetime | None:
    return submission.submitted_at + CONFIRM_WITHIN if submission.submitted_at else None
