"""The receipt: where the mail went, send it again, correct the address."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.closing import not_open
from campaign.similar import similar
from home.contact import contact_address
from pledges import links
from pledges.confirming import correct_address, is_written_to, send_again
from pledges.deadlines import confirm_until
from pledges.forms import AddressForm
from pledges.guard import by_link
from pledges.lifecycle import Refused
from pledges.models import Submission


@by_link
def sent(request: HttpRequest) -> HttpResponse:
    """Without a key it says the same to everybody, to a robot in the trap as well."""
    at = timezone.now()
    key = request.GET.get("key")
    if key is None:
        return render(request, "pledges/sent_somewhere.html")
    submission = links.opened(key, links.SENT, at=at)
    if submission is None and links.was_replaced(key, links.SENT, at=at):
        return render(request, "pledges/sent_elsewhere.html", status=410)
    if submission is None:
        return render(request, "pledges/no_link.html", status=404)
    if request.method == "POST":
        return _again(request, submission, at)
    return _page(request, submission, AddressForm(), at)


def _again(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    form = None
    try:
        if "contact_email" in request.POST:
            form = AddressForm(request.POST)
            if not form.is_valid():
                return _page(request, submission, form, at)
            submission = correct_address(submission, form.cleaned_data["contact_email"], at=at)
        else:
            send_again(submission, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, submission, form or AddressForm(), at)
    messages.success(request, _("The mail is on its way."))
    return redirect(links.sent_path(submission, at=at))


def _page(request: HttpRequest, submission: Submission, form: AddressForm, at: datetime) -> HttpResponse:
    campaign = submission.campaign
    context = {
        "submission": submission,
        "campaign": campaign,
        "address": masked(submission.contact_email),
        "is_draft": submission.is_draft,
        "not_open": ""
        if campaign.accepts(submission.kind, at)
        else not_open(campaign, at, kind=submission.kind),
        "ask_for_time": contact_address() if submission.is_draft and submission.is_late(at) else "",
        "is_waiting": submission.waits_for_its_sender,
        "is_suspect": submission.is_suspect,
        "until": confirm_until(submission),
        "is_written": is_written_to(submission),
        "form": form,
        "similar": similar(campaign, submission.latest.title, without=submission.reference),
    }
    return render(request, "pledges/sent.html", context)


def masked(address: str) -> str:
    """As much of an address as its owner needs to find a slip: "m•••a@example.org"."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••{name[-1:] if len(name) > 3 else ''}@{host}"
