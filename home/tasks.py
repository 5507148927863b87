"""What the portal itself does by the clock."""

from datetime import datetime, timedelta

from django.core.management import call_command

from home.models import Mail
from home.timers import timer

KEEP_MAIL_ROWS = timedelta(days=90)


@timer(every=timedelta(minutes=1))
def publish_scheduled_pages(at: datetime) -> None:
    """Publish and take down the pages whose moment has come (Wagtail's own command asks the clock itself)."""
    call_command("publish_scheduled")


@timer(every=timedelta(days=1))
def forget_ended_sessions(at: datetime) -> None:
    call_command("clearsessions")


@timer(every=timedelta(days=1))
def forget_closed_mail(at: datetime) -> None:
    """The ledger is a queue, not an archive: what was closed long ago goes."""
    Mail.objects.filter(closed_at__lt=at - KEEP_MAIL_ROWS).delete()
