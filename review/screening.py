"""What waits for coordinators beside new submissions: newer texts, and what readers report."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from campaign.models import Report
from home.models import User
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from pledges.publishing import SHOWN


def newer_texts(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those whose givers wrote a newer text than the one that others read."""
    return submissions.filter(status__in=SHOWN, screened__isnull=False).exclude(latest=F("screened"))


@transaction.atomic
def handle_reports(submission: Submission, *, by: User, at: datetime) -> int:
    """Note that the readers' reports on a submission have been dealt with."""
    reports = Report.objects.filter(item__reference=submission.reference, handled_at__isnull=True)
    handled = reports.update(handled_at=at)
    if handled:
        log(submission, "review.handle_reports", user=by, timestamp=at)
    return handled
