"""A reader's word to the coordinators that something public should not be so."""

from datetime import datetime

from django.db import transaction

from campaign.models import PublicItem, Report
from home.feedback import tell_coordinators


@transaction.atomic
def report(item: PublicItem, message: str, *, at: datetime) -> None:
    """Keep the report and queue a letter to every coordinator; the same words again change nothing until handled."""
    PublicItem.objects.select_for_update().get(pk=item.pk)
    if item.reports.filter(message=message, handled_at=None).exists():
        return
    row = Report.objects.create(item=item, message=message, reported_at=at)
    tell_coordinators("report", about=row.pk, at=at, reference=item.reference)
