"""Asking to join a public submission that is open for partners."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from campaign.context import mean
from campaign.models import PublicItem
from campaign.references import normalise
from campaign.views.submissions import missing
from home.origin import is_foreign
from home.robots import Gate, Verdict
from home.trap import is_caught
from pledges import joining
from pledges.forms import JoinForm
from pledges.guard import open_form
from pledges.lifecycle import Refused
from pledges.models import Submission

GATE = Gate(
    form="join",
    quickest=timedelta(seconds=3),
    hasty=5,
    unproven=5,
    proven=60,
    later=gettext_lazy("You have asked many times within an hour. Please try again later."),
)


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
    form = JoinForm(request.POST if request.method == "POST" else None)
    refused = joining.join_refusal(submission, at=at) if item.joinable else joining.not_open()
    verdict = None
    if form.is_valid() and not refused:
        if is_caught(request.POST):
            return _thank(request, item)
        verdict = _judged(request, item, form, at)
        if verdict is Verdict.WELCOME and _asked(submission, form, at):
            return _thank(request, item)
    context = {
        "item": item,
        "form": form,
        "title": format_html('<bdi lang="{}">{}</bdi>', item.language, item.title),
        "refused": refused,
        "marks": GATE.marks(request, at=at, key=item.reference, is_known=verdict is Verdict.ONCE_MORE),
    }
    return render(request, "pledges/join.html", context)


def _judged(request: HttpRequest, item: PublicItem, form: JoinForm, at: datetime) -> Verdict | None:
    """Whether it may be asked now, with the reason in the form where it may not."""
    if is_foreign(request):
        form.add_error(None, _("This came from a page of another site. Check it and send it from here."))
        return None
    verdict = GATE.judge(request, at=at, key=item.reference)
    if verdict is not Verdict.WELCOME:
        form.add_error(None, GATE.says(verdict))
    return verdict


def _asked(submission: Submission, form: JoinForm, at: datetime) -> bool:
    request = joining.Request(**form.cleaned_data, language=get_language())
    try:
        joining.ask_to_join(submission, request, at=at)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _thank(request: HttpRequest, item: PublicItem) -> HttpResponse:
    messages.success(request, _("Thank you. The lead has your request and answers you by mail."))
    return HttpResponseRedirect(item.get_absolute_url(), status=303)
