"""A reader's word to the coordinators that something public should not be so."""

from datetime import datetime

from django.db import transaction

from campaign.models import PublicItem, Report
from home.feedback import tell_coordinators


@transaction.atomic
def report(item: PublicItem, message: str, *, at: datetime) -> Report:
    """Keep the report and queue a letter to every coordinator."""
    row = Report.objects.create(item=item, message=message, reported_at=at)
    tell_coordinators("report", about=row.pk, at=at, reference=item.reference)
    return row
