"""The owner's own deadline for a calendar."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from campaign import calendar
from pledges.deadlines import own_deadline
from pledges.models import Status, Submission

from .own import owners

UNSENT = frozenset({Status.DRAFT, Status.RETURNED})
# What moves an owner's deadline.
MOVES = ("pledges.return", "pledges.late_link", "pledges.submit")


@owners
def own_calendar(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """One event. Its address leads to where links are mailed: calendars are shared, and a signed link is not."""
    until = own_deadline(submission, at=at)
    if until is None:
        raise Http404
    title = (
        _("Send %(reference)s by") if submission.status in UNSENT else _("%(reference)s can be changed until")
    )
    date = calendar.Date(
        f"own-{submission.reference}",
        title % {"reference": submission.reference},
        until,
        url=reverse("mine"),
    )
    content = calendar.of_one(submission.campaign, date, sequence=_moves(submission), changed_at=at)
    headers = {"Content-Disposition": f'attachment; filename="{submission.reference}.ics"'}
    return HttpResponse(content, content_type=calendar.CONTENT_TYPE, headers=headers)


def _moves(submission: Submission) -> int:
    """How often the deadline was moved: by acts on this submission, and by extensions of the call."""
    own = ContentType.objects.get_for_model(Submission)
    acts = ModelLogEntry.objects.filter(content_type=own, object_id=str(submission.pk), action__in=MOVES)
    return acts.count() + submission.campaign.extensions.count()
