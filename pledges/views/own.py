"""The owner's pages behind the signed link."""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.badges import snippet
from campaign.context import mean
from campaign.models import Campaign, PublicItem
from home.contact import contact_address
from pledges import consent, correcting, links, receipt, statuses
from pledges.actors import OWNER
from pledges.confirming import send
from pledges.deadlines import confirm_until, may_be_confirmed, own_deadline
from pledges.forms import ConsentForm
from pledges.guard import by_link
from pledges.lifecycle import Refused, allowed, perform, send_refusal
from pledges.models import Participation, Status, Submission
from pledges.renewing import renewal, renewal_refusal
from pledges.revisions import edit_refusal
from pledges.surfaces import agreements, without_effect

View = Callable[..., HttpResponse]


def owners(view: View | None = None, *, most: int | None = None) -> Callable[..., Any]:
    """Opens the link first: the view gets the submission, or the visitor a friendly page with a way to new links.

    A page that takes files says as `most` how many bytes may be sent to it.
    """
    if view is None:
        return partial(owners, most=most)

    @partial(by_link, most=most)
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        submission = links.opened(token, links.OWN, at=at)
        if submission is None:
            return render(request, "pledges/no_link.html", status=404)
        mean(request, submission.campaign)
        return view(request, submission, at, **kwargs)

    return opened


def back(submission: Submission) -> HttpResponse:
    return redirect("own", token=links.token(submission, links.OWN))


def shown(request: HttpRequest, template: str, submission: Submission, context: dict) -> HttpResponse:
    common = {
        "submission": submission,
        "campaign": submission.campaign,
        "token": links.token(submission, links.OWN),
        "canonical": "",
        "alternates": [],
    }
    return render(request, template, common | context)


@owners
def own(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """How it stands and what may be done. The button sends a draft, or what was returned."""
    if request.method == "POST":
        try:
            send(submission, at=at)
            messages.success(request, _("Thank you. Your submission is with us."))
        except Refused as refused:
            messages.error(request, str(refused))
        return back(submission)
    context = _standing(submission, at) | _sent(submission) | _badge(submission)
    return shown(request, "pledges/own.html", submission, context)


def _badge(submission: Submission) -> dict:
    """The badge of what has won and is public, to be put into the winner's own pages."""
    won = PublicItem.objects.filter(reference=submission.reference, awarded=True)
    item = won.select_related("campaign").first() if submission.status == Status.SELECTED else None
    return {"badge": snippet(item, list(item.awards.all())), "won": item} if item else {}


def _standing(submission: Submission, at: datetime) -> dict:
    """How it stands, and what the owner may do now."""
    waits = submission.waits_for_confirmation and may_be_confirmed(submission, at)
    current = None if submission.campaign.is_current else Campaign.objects.current()
    return {
        "standing": statuses.in_words(submission),
        "actions": allowed(submission, by=OWNER, at=at),
        "not_sendable": send_refusal(submission, at),
        "show_reason": submission.tells_reasons,
        "opened": correcting.in_words(submission),
        "not_editable": edit_refusal(submission, at=at),
        "may_renew_links": links.revoke_refusal(submission, by=OWNER) is None,
        "confirm_until": confirm_until(submission) if waits else None,
        "renews_in": None if renewal_refusal(submission, current, at=at) else current,
        "confirm_token": links.token(submission, links.CONFIRM) if waits else "",
        "deadline": submission.campaign.deadline_of(submission.kind),
        "own_deadline": own_deadline(submission, at=at),
        "ask_for_time": contact_address() if submission.is_draft and submission.is_late(at) else "",
        "is_unread": submission.is_being_read() and submission.is_unread(),
        **_renewed(submission, current),
    }


def _renewed(submission: Submission, current: Campaign | None) -> dict:
    """What renews it in the current campaign. The way there is in its own mails: one link does not open another."""
    renewed = renewal(submission, current) if current else None
    return {"renewed": renewed} if renewed else {}


def _sent(submission: Submission) -> dict:
    """The receipt of everything that was sent, and the earlier texts."""
    latest, *earlier = receipt.whole(submission.versions.order_by("-number"))
    whole = receipt.of(submission, latest)
    return {
        "receipt": whole,
        "is_held_back": statuses.is_held_back(submission, whole.given),
        "without_effect": submission.has_correspondence and without_effect(whole.given),
        "latest": latest,
        "earlier": [(version, receipt.text_groups(version)) for version in earlier],
        "read_version": submission.screened_id if submission.is_being_read() else None,
    }


@owners
def withdraw(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    if request.method == "POST":
        try:
            perform(submission, "withdraw", by=OWNER, at=at)
            messages.success(request, _("Your submission is withdrawn and public nowhere."))
        except Refused as refused:
            messages.error(request, str(refused))
        return back(submission)
    if "withdraw" not in allowed(submission, by=OWNER, at=at):
        return back(submission)
    return shown(request, "pledges/withdraw.html", submission, {})


@owners
def consents(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    """What was agreed, when and in which words; any of it can be changed at any time."""
    lead = submission.participations.get(role=Participation.Role.LEAD)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        wordings=consent.current_wordings(),
        agreed=agreements(submission).get(lead.pk, {}),
    )
    if form.is_valid():
        return _consented(request, submission, lead, form, at)
    context = {"form": form, "history": consent.history(lead)}
    return shown(request, "pledges/consents.html", submission, context)


def _consented(
    request: HttpRequest, submission: Submission, lead: Participation, form: ConsentForm, at: datetime
) -> HttpResponse:
    given = form.consents()
    if consent.record(lead, given, wordings=form.words(), language=get_language(), at=at):
        messages.success(request, _("Your choices are saved and hold from now on."))
    else:
        messages.info(request, _("Nothing was changed."))
    if without_effect(given):
        messages.warning(
            request, _("Nothing is published: what you chose has no effect until you allow the text, too.")
        )
    return redirect("own_consents", token=links.token(submission, links.OWN))
