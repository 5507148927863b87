"""What waits for coordinators beside new submissions: newer texts, and what readers report."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from wagtail.log_actions import log

from campaign.models import Report
from home.models import User
from pledges.actors import coordinator
from pledges.lifecycle import Refused, perform
from pledges.models import Attachment, Participation, Status, Submission, Translation
from pledges.models.submission import AFTER_SCREENING, SubmissionQuerySet


def unassigned(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those in review that nobody has been asked to review."""
    return submissions.filter(status=Status.IN_REVIEW, assignments__isnull=True)


def unconfirmed(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those whose sender has not followed the link in the first letter yet."""
    return submissions.filter(status=Status.SUBMITTED, confirmed_at__isnull=True)


def reported(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those with reports of readers that nobody has dealt with."""
    reports = Report.objects.filter(item__reference=OuterRef("reference"), handled_at__isnull=True)
    return submissions.filter(Exists(reports))


def newer_texts(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those with a newer text than the one that others read, or a translation, file or partner's name that waits."""
    screened = submissions.filter(status__in=AFTER_SCREENING, screened__isnull=False)
    unread = ~Q(latest=F("screened"))
    for waiting in (
        Translation.objects.filter(passed_at=None),
        Attachment.objects.filter(passed_at=None),
        Participation.objects.filter(state=Participation.State.CONFIRMED, name_waits_since__isnull=False),
    ):
        unread |= Q(Exists(waiting.filter(submission=OuterRef("pk"))))
    return screened.filter(unread)


@transaction.atomic
def move(submissions: Iterable[Submission], name: str, *, by: User, at: datetime) -> list[str]:
    """Perform one transition on many; the references of those that it was possible for."""
    moved = []
    for submission in submissions:
        try:
            perform(submission, name, by=coordinator(by), at=at)
        except Refused:  # moved on by somebody else since the list was shown
            continue
        moved.append(submission.reference)
    return moved


@transaction.atomic
def handle_reports(submission: Submission, *, by: User, at: datetime) -> int:
    """Note that the readers' reports on a submission have been dealt with."""
    reports = Report.objects.filter(item__reference=submission.reference, handled_at__isnull=True)
    handled = reports.update(handled_at=at)
    if handled:
        log(submission, "review.handle_reports", user=by, timestamp=at)
    return handled
