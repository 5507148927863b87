"""What the portal itself does by the clock."""

from datetime import datetime, timedelta

from django.core.management import call_command
from wagtail.contrib.forms.models import FormSubmission

from home.models import Mail
from home.timers import timer

# A row's key is what makes its mail go only once, so rows outlive the round that they belong to.
KEEP_MAIL_ROWS = timedelta(days=3 * 365)
KEEP_FEEDBACK = timedelta(days=365)


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


@timer(every=timedelta(days=1))
def forget_old_feedback(at: datetime) -> None:
    """What visitors wrote through a form page has been dealt with by then."""
    FormSubmission.objects.filter(submit_time__lt=at - KEEP_FEEDBACK).delete()
