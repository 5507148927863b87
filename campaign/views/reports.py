"""Reporting that something is wrong with a public submission."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign import reports
from campaign.context import mean
from campaign.detail import words_of
from campaign.forms import ReportForm
from campaign.languages import reader_s
from campaign.models import PublicItem
from campaign.references import normalise
from campaign.views.submissions import missing
from home.robots import Gate, Verdict
from home.trap import is_caught

GATE = Gate(
    form="report",
    quickest=timedelta(seconds=3),
    hasty=5,
    unproven=5,
    proven=60,
    later=gettext_lazy("You have reported many times within an hour. Please try again later."),
)


def report(request: HttpRequest, reference: str) -> HttpResponse:
    known = normalise(reference)
    item = PublicItem.objects.select_related("campaign", "theme").filter(reference=known).first()
    if item is None:
        return missing(request, reference, known)
    mean(request, item.campaign)
    at, key = timezone.now(), item.reference
    form, verdict = ReportForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        verdict = Verdict.WELCOME if is_caught(request.POST) else GATE.judge(request, at=at, key=key)
        if verdict is Verdict.WELCOME:
            return _thank(request, item, form, at)
        form.add_error(None, GATE.says(verdict))
    shown = words_of(item, language=reader_s()).title
    context = {
        "item": item,
        "form": form,
        "title": format_html('<bdi lang="{}">{}</bdi>', shown.lang, shown.text),
        "marks": GATE.marks(request, at=at, key=key, is_known=verdict is Verdict.ONCE_MORE),
    }
    return render(request, "campaign/report.html", context)


def _thank(request: HttpRequest, item: PublicItem, form: ReportForm, at: datetime) -> HttpResponse:
    """Robots that fell into the trap are thanked as well, and nothing is kept of them."""
    if not is_caught(request.POST):
        reports.report(item, form.cleaned_data["message"], at=at)
    messages.success(request, _("Thank you. The coordinators have been told."))
    return HttpResponseRedirect(item.get_absolute_url(), status=303)
