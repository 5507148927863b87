"""Reporting that something is wrong with a public submission."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from campaign import reports
from campaign.context import mean
from campaign.forms import ReportForm
from campaign.languages import read, reader_s
from campaign.models import PublicItem
from campaign.references import normalise
from campaign.views.submissions import missing
from home.throttle import allow, sender
from home.trap import is_caught

MOST_PER_HOUR = 5


def report(request: HttpRequest, reference: str) -> HttpResponse:
    known = normalise(reference)
    item = PublicItem.objects.select_related("campaign", "theme").filter(reference=known).first()
    if item is None:
        return missing(request, reference, known)
    mean(request, item.campaign)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_caught(request.POST) or _may_report(request):
            return _thank(request, item, form)
        form.add_error(None, _("You have reported many times within an hour. Please try again later."))
    shown = read(item, reader_s()).title
    title = format_html('<bdi lang="{}">{}</bdi>', shown.lang, shown.text)
    return render(request, "campaign/report.html", {"item": item, "form": form, "title": title})


def _may_report(request: HttpRequest) -> bool:
    return allow(f"report:{sender(request)}", MOST_PER_HOUR, timedelta(hours=1))


def _thank(request: HttpRequest, item: PublicItem, form: ReportForm) -> HttpResponse:
    """Robots that fell into the trap are thanked as well, and nothing is kept of them."""
    if not is_caught(request.POST):
        reports.report(item, form.cleaned_data["message"], at=timezone.now())
    messages.success(request, _("Thank you. The coordinators have been told."))
    return HttpResponseRedirect(item.get_absolute_url(), status=303)
