"""The audit log: searched, read in stretches, and taken away as a file."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.views.decorators.http import require_safe
from wagtail.models import ModelLogEntry

from home import sheets
from home.asked import whole_number
from pledges.models import Submission
from review import logbook, permissions
from review.exports import whole
from review.log_form import LogForm
from review.sight import unnamed_to, visible_to
from review.views.desk import PAGE_SIZE, Desk, desk
from review.views.exports import facts


@desk(permissions.SCREEN)
def log(desk: Desk) -> HttpResponseBase:
    form = LogForm(desk.request.GET)
    if not desk.may_write:
        del form.fields["person"]  # what is found would tell a reviewer's name
    rows = _found(desk, form)
    if from_here := _place(desk):
        rows = logbook.after(rows, *from_here)
    page = list(rows.select_related("user", "content_type")[: PAGE_SIZE + 1])
    shown, told = page[:PAGE_SIZE], logbook.Told(is_named=desk.may_write)
    labels = {entry.label for entry in shown}
    readable = set(visible_to(desk.user).filter(reference__in=labels).values_list("reference", flat=True))
    asked = desk.request.GET.copy()
    asked.pop("before", None)
    context = {
        "form": form,
        "lines": [_line(entry, told, readable) for entry in shown],
        "searched": any(form.data.get(name) for name in form.fields),
        "unnamed": unnamed_to(desk.user),
        "begun": bool(from_here),
        "querystring": asked.urlencode(),
        "before": f"{shown[-1].timestamp.isoformat()}~{shown[-1].pk}" if len(page) > PAGE_SIZE else "",
        "forms": whole.forms_of_one() if desk.may_write else (),
    }
    return desk.render("log", context, tab="overview")


def _found(desk: Desk, form: LogForm) -> Any:
    """What is looked for; nothing where that could not be read."""
    rows = logbook.lines(desk.campaign, desk.user)
    return logbook.found(rows, **form.looked_for()) if form.is_valid() else rows.none()


def _place(desk: Desk) -> tuple[datetime, int] | None:
    """The line after which the page goes on."""
    moment, _tilde, pk = desk.request.GET.get("before", "").partition("~")
    number = whole_number(pk)
    try:
        at = parse_datetime(moment)
    except ValueError:
        at = None
    return (at, number) if at and is_aware(at) and number is not None else None


def _line(entry: ModelLogEntry, told: logbook.Told, readable: set[str]) -> dict[str, Any]:
    """A line with the way to its submission, where the person may open that."""
    is_submission = entry.content_type is not None and entry.content_type.model_class() is Submission
    opens = is_submission and entry.label in readable
    return {
        "entry": entry,
        "kind": "" if is_submission or entry.content_type is None else entry.content_type.name,
        "url": reverse("desk:submission", args=[entry.label]) if opens else "",
        "facts": told.of(entry.data),
    }


@require_safe
@desk(permissions.SCREEN, observed=False)
def take(desk: Desk, *, form: str) -> HttpResponseBase:
    """What was looked for in the log, as a file."""
    asked = LogForm(desk.request.GET)
    if form not in whole.forms_of_one() or not asked.is_valid():
        raise Http404
    taken = [logbook.sheet(_found(desk, asked))]
    if desk.request.method == "GET":
        whole.record(taken, desk.campaign, what="log", form=form, by=desk.user, at=desk.at)
    return sheets.answer(taken, form, filename=f"{desk.campaign.slug}-log", facts=facts(desk))
