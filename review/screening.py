"""What waits for coordinators beside new submissions: newer texts, and what readers report."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from wagtail.log_actions import log

from campaign.models import Report
from home.models import User
from pledges.models import Status, Submission
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
    """Those whose givers wrote a newer text than the one that others read."""
    return submissions.filter(status__in=AFTER_SCREENING, screened__isnull=False).exclude(
        latest=F("screened")
    )


@transaction.atomic
def handle_reports(submission: Submission, *, by: User, at: datetime) -> int:
    """Note that the readers' reports on a submission have been dealt with."""
    reports = Report.objects.filter(item__reference=submission.reference, handled_at__isnull=True)
    handled = reports.update(handled_at=at)
    if handled:
        log(submission, "review.handle_reports", user=by, timestamp=at)
    return handled
