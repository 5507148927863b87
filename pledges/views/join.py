"""Asking to join a public submission that is open for partners."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.context import mean
from campaign.models import PublicItem
from campaign.references import normalise
from campaign.views.submissions import missing
from home.throttle import allow, sender
from home.trap import is_caught
from pledges import joining
from pledges.forms import JoinForm
from pledges.guard import is_foreign, open_form
from pledges.lifecycle import Refused
from pledges.models import Submission

MOST_PER_HOUR, PER_HOUR = 5, timedelta(hours=1)


@open_form
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Answers the same to whoever is new, known already, or a robot in the trap."""
    at, known = timezone.now(), normalise(reference)
    items = PublicItem.objects.select_related("campaign", "theme")
    item = items.filter(reference=known).first() if known else None
    if item is None:
        return missing(request, reference, known)
    mean(request, item.campaign)
    submission = Submission.objects.select_related("campaign").get(reference=item.reference)
    form = JoinForm(request.POST or None)
    refused = joining.join_refusal(submission, at=at) if item.joinable else joining.not_open()
    if request.method == "POST" and form.is_valid() and not refused:
        if is_caught(request.POST):
            return _thank(request, item)
        if sentence := _not_now(request):
            form.add_error(None, sentence)
        else:
            return _ask(request, item, submission, form, at)
    title = format_html('<bdi lang="{}">{}</bdi>', item.language, item.title)
    context = {"item": item, "form": form, "title": title, "refused": refused}
    return render(request, "pledges/join.html", context)


def _not_now(request: HttpRequest) -> str | None:
    if is_foreign(request):
        return _("This came from a page of another site. Check it and send it from here.")
    if not allow(f"join:{sender(request)}", MOST_PER_HOUR, PER_HOUR):
        return _("You have asked many times within an hour. Please try again later.")
    return None


def _ask(request: HttpRequest, item: PublicItem, submission: Submission, form: JoinForm, at) -> HttpResponse:
    try:
        joining.ask_to_join(submission, joining.Request(**form.cleaned_data, language=get_language()), at=at)
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "pledges/join.html", {"item": item, "form": form, "title": item.title})
    return _thank(request, item)


def _thank(request: HttpRequest, item: PublicItem) -> HttpResponse:
    messages.success(request, _("Thank you. The lead has your request and answers you by mail."))
    return HttpResponseRedirect(item.get_absolute_url(), status=303)
