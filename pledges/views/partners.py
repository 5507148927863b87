"""The lead's page about partners: invite, see who has answered, remind, remove, answer requests, offer the lead."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from home.asked import whole_number
from pledges import links, partners
from pledges.actors import OWNER
from pledges.forms import InviteForm
from pledges.joining import open_for_partners
from pledges.lifecycle import Refused
from pledges.models import Participation, Submission
from pledges.partner_acts import ACTS, State, allowed, confirm_until, refusal, when_over

from .own import owners, shown

# What is said to the lead when it is done.
DONE = {
    "accept": gettext_lazy("They get a letter with the text and a link to confirm."),
    "turn_down": gettext_lazy("The request is declined."),
    "invite": gettext_lazy("The invitation is on its way."),
    "remind": gettext_lazy("The reminder is on its way."),
    "remove": gettext_lazy("Removed. They are no longer shown."),
    "offer_lead": gettext_lazy("They get a letter. You stay the lead until they take it on."),
    "keep_lead": gettext_lazy("You stay the lead."),
}
TONES = {
    State.REQUESTED: "waiting",
    State.INVITED: "waiting",
    State.CONFIRMED: "good",
    State.DECLINED: "bad",
    State.REMOVED: "quiet",
}


@owners
def own_partners(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    if request.method != "POST":
        return _page(request, submission, at, _invite_form())
    if "open" in request.POST:
        return _opened(request, submission, at)
    if request.POST.get("act") in DONE:
        return _acted(request, submission, at)
    return _invited(request, submission, at)


def _invite_form(data=None) -> InviteForm:
    return InviteForm(data, initial={"language": get_language()})


def _page(request: HttpRequest, submission: Submission, at: datetime, form: InviteForm) -> HttpResponse:
    rows = submission.participations.exclude(role=Participation.Role.LEAD)
    parts = list(rows.select_related("organisation", "confirmed_version"))
    for part in parts:
        part.submission = submission
        part.tone = TONES[State(part.state)]
        part.acts = [(name, ACTS[name].label) for name in allowed(part, by=OWNER, at=at)]
        part.not_remindable = (
            refusal(part, "remind", by=OWNER, at=at) if part.state == State.INVITED else None
        )
    context = {
        "form": form,
        "parts": parts,
        "not_invitable": partners.invite_refusal(submission, by=OWNER, at=at),
        "is_over": when_over(submission) is not None,
        "until": confirm_until(submission.campaign),
    }
    return shown(request, "pledges/partners.html", submission, context)


def _back(submission: Submission) -> HttpResponse:
    return redirect("own_partners", token=links.token(submission, links.OWN))


def _invited(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    form = _invite_form(request.POST)
    if form.is_valid():
        try:
            partners.invite(submission, partners.Invitation(**form.cleaned_data), by=OWNER, at=at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, DONE["invite"])
            return _back(submission)
    return _page(request, submission, at, form)


def _acted(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    name, asked = request.POST["act"], whole_number(request.POST.get("partner", ""))
    rows = submission.participations.exclude(role=Participation.Role.LEAD)
    part = rows.filter(pk=asked).first()
    try:
        if part is None:
            raise Refused(_("This partner is not here any more."))
        part.submission = submission
        partners.perform(part, name, by=OWNER, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, DONE[name])
    return _back(submission)


def _opened(request: HttpRequest, submission: Submission, at: datetime) -> HttpResponse:
    is_open = request.POST["open"] == "yes"
    try:
        if open_for_partners(submission, is_open, at=at):
            messages.success(
                request,
                _("Others can ask to join now.") if is_open else _("Nobody can ask to join any more."),
            )
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(submission)
