"""Forms that are not sent yet: saved while they are written, opened again by their link, compared, thrown away."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.context import current_campaign
from campaign.models import Campaign
from campaign.moments import in_words
from home.asked import whole_number
from home.trap import is_caught
from pledges import unsent_links
from pledges.comparing import differences
from pledges.guard import by_link, is_foreign, open_form
from pledges.lifecycle import Refused
from pledges.models import UnsentForm
from pledges.unsent import fields_of, others, renew, take_over
from pledges.unsent_reminding import mail_link
from pledges.waiting import ends_at

from .keeping import Outcome, attempt, draft_of
from .sent import masked
from .submit import bound, not_kept, reopened

View = Callable[[HttpRequest, UnsentForm, datetime], HttpResponse]


@open_form
def keep(request: HttpRequest) -> HttpResponse:
    """Saves what is written so far: for the script in the page, and for the button where none runs."""
    at, campaign = timezone.now(), current_campaign(request)
    if campaign is None:
        raise Http404
    if request.method != "POST":
        return redirect("submit")
    if is_caught(request.POST):
        outcome = Outcome(422, sentence=_("This could not be kept. Your text is still on this page."))
    elif is_foreign(request):
        sentence = _("This came from a page of another site. Check it and send it from here.")
        outcome = Outcome(403, sentence=sentence)
    else:
        outcome = attempt(request, draft_of(request, campaign, request.POST), at=at)
    if wants_json(request):
        return told(outcome, campaign)
    if outcome.status != 200:
        return not_kept(request, outcome, campaign, at)
    messages.success(request, _kept_sentence(outcome.form, at))
    return redirect(unsent_links.path(outcome.form))


def _kept_sentence(form: UnsentForm, at: datetime) -> str:
    kept = _(
        "Your text is kept. The address of this page opens it again, on any device: save it or note it down."
    )
    if not mail_link(form, at=at):
        return kept
    mailed = _("We also mail it to %(address)s.") % {"address": masked(form.email)}
    return f"{kept} {mailed}"


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def told(outcome: Outcome, campaign: Campaign) -> HttpResponse:
    """The answer to the script in the page."""
    facts: dict[str, object] = {"sentence": outcome.sentence}
    if form := outcome.form:
        facts |= {
            "number": form.number,
            "saved": in_words(form.saved_at, campaign),
            "url": unsent_links.path(form),
            "compare": unsent_links.compare_path(form),
            "care": "" if form.submission else unsent_links.care_path(form),
        }
    return JsonResponse(facts, status=outcome.status)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "pledges/unsent_gone.html", status=404)


def linked(scope: str) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """Opens the link first: the view gets the unsent form, or the visitor a page that says what has become of it."""

    def decorate(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @by_link
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            form = unsent_links.opened(token, scope)
            if form:
                with suppress(UnsentForm.DoesNotExist):  # sent or thrown away from elsewhere meanwhile
                    return view(request, form, timezone.now())
            return gone(request)

        return opened

    return decorate


@linked(unsent_links.UNSENT)
def unsent(request: HttpRequest, form: UnsentForm, at: datetime) -> HttpResponse:
    """The form as it was left."""
    if current_campaign(request) is None:
        raise Http404
    return reopened(request, form, current_campaign(request), at)


@linked(unsent_links.UNSENT)
def unsent_care(request: HttpRequest, form: UnsentForm, at: datetime) -> HttpResponse:
    """Two buttons: a new link in place of one that fell into wrong hands, and throwing the form away."""
    if request.method != "POST":
        context = {"form": form, "token": unsent_links.token(form, unsent_links.UNSENT)}
        return render(request, "pledges/unsent_care.html", context)
    if request.POST.get("act") == "delete":
        form.delete()
        messages.success(request, _("The draft is deleted."))
        return redirect("submit")
    renewed = renew(form)
    messages.success(
        request, _("The old link opens nothing any more. The address of this page is the new one.")
    )
    return redirect(unsent_links.path(renewed))


@linked(unsent_links.UNSENT)
def unsent_compare(request: HttpRequest, form: UnsentForm, at: datetime) -> HttpResponse:
    """What other tabs and devices hold of the same form."""
    if request.method == "POST":
        return taken(request, form, at)
    campaign = current_campaign(request) or form.campaign
    own = bound(campaign, at, fields_of(form.data))
    texts = [(text, differences(own, bound(campaign, at, fields_of(text.data)))) for text in others(form)]
    context = {"form": form, "texts": texts, "back": unsent_links.path(form)}
    return render(request, "pledges/unsent_compare.html", context)


def taken(request: HttpRequest, form: UnsentForm, at: datetime) -> HttpResponse:
    """Another text takes the place of the form's own, and that one stands beside it instead."""
    chosen = whole_number(request.POST.get("text", ""))
    try:
        take_over(form, chosen or 0, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("This text is in the form now. The other one is kept beside it."))
    return redirect(unsent_links.path(form))


@linked(unsent_links.QUIET)
def unsent_quiet(request: HttpRequest, form: UnsentForm, at: datetime) -> HttpResponse:
    """One button, since mail scanners open links too."""
    if request.method == "POST":
        UnsentForm.objects.filter(pk=form.pk).update(wants_reminders=False)
        form.wants_reminders = False
    context = {"form": form, "ends_at": ends_at(form, at=at)}
    return render(request, "pledges/unsent_quiet.html", context)
