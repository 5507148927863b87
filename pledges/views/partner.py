"""A partner's pages behind its signed link. Opening them changes nothing; one button does."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from campaign.context import mean
from home.asked import whole_number
from pledges import links, partners, receipt
from pledges.actors import PARTNER
from pledges.consent import current_wordings, history
from pledges.forms import LeadForm, PartnerForm
from pledges.guard import by_link
from pledges.handover import take_lead
from pledges.lifecycle import Refused
from pledges.models import Participation, Version
from pledges.organisations import lead_of
from pledges.partner_acts import State, allowed, confirm_until, refusal, when_over
from pledges.partners import ASKED, Answer
from pledges.substance import changed_in_substance
from pledges.surfaces import agreements

from .attachments import content_of

View = Callable[..., HttpResponse]

# How it stands, in the partner's words, with the look of the status mark.
HEADINGS = {
    State.REQUESTED: (gettext_lazy("You have asked to join"), "waiting"),
    State.INVITED: (gettext_lazy("You are invited to take part"), "waiting"),
    State.CONFIRMED: (gettext_lazy("You have confirmed"), "good"),
    State.DECLINED: (gettext_lazy("You have declined"), "quiet"),
    State.REMOVED: (gettext_lazy("You are not a partner of this"), "quiet"),
}
# Those who are shown the text: whoever may still answer.
READERS = frozenset({State.INVITED, State.CONFIRMED, State.DECLINED})


def partners_own(view: View) -> View:
    """Opens the link first: the view gets the participation, or the visitor a page with a way to new links."""

    @by_link
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        part = links.partner_opened(token)
        if part is None:
            return render(request, "pledges/no_link.html", status=404)
        mean(request, part.submission.campaign)
        return view(request, part, timezone.now(), **kwargs)

    return opened


def _back(part: Participation) -> HttpResponse:
    return redirect("partner", token=links.partner_token(part))


@partners_own
def partner(request: HttpRequest, part: Participation, at: datetime) -> HttpResponse:
    act = request.POST.get("act")
    if act in {"confirm", "correct"}:
        return _answered(request, part, act, at)
    if act == "decline":
        return _declined(request, part, at)
    return _page(request, part, at, _form(part, at))


def _form(part: Participation, at: datetime, data=None) -> PartnerForm:
    newest = current_wordings()
    return PartnerForm(
        data,
        part=part,
        at=at,
        wordings={purpose: newest[purpose] for purpose in ASKED},
        agreed=agreements(part.submission).get(part.pk, {}),
        initial=PartnerForm.initial_of(part),
    )


def _answered(request: HttpRequest, part: Participation, act: str, at: datetime) -> HttpResponse:
    form = _form(part, at, request.POST)
    if not form.is_valid():
        return _page(request, part, at, form)
    answer = Answer(
        giver=form.giver(),
        contact_name=form.cleaned_data["contact_name"],
        consents=form.consents(),
        wordings=form.words(),
        language=get_language(),
    )
    try:
        if act == "confirm":
            partners.confirm(part, answer, read=_read(request, part), at=at)
            messages.success(request, _("Thank you. You have confirmed, and the lead is told."))
        else:
            partners.correct(part, answer, at=at)
            messages.success(request, _("Your changes are saved."))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, _anew(part), at, form)
    return _back(part)


def _read(request: HttpRequest, part: Participation) -> Version | None:
    """The text that the page had shown."""
    return part.submission.versions.filter(pk=whole_number(request.POST.get("version", ""))).first()


def _anew(part: Participation) -> Participation:
    """As it is by now, so that the page shows what has come between."""
    return links.partner_opened(links.partner_token(part)) or part


def _declined(request: HttpRequest, part: Participation, at: datetime) -> HttpResponse:
    try:
        partners.decline(part, language=get_language(), at=at)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You do not take part. The lead is told, and you are shown nowhere."))
    return _back(part)


def _page(request: HttpRequest, part: Participation, at: datetime, form: PartnerForm) -> HttpResponse:
    submission, acts = part.submission, allowed(part, by=PARTNER, at=at)
    heading, tone = HEADINGS[State(part.state)]
    reads = _reads(part)
    context = _common(part) | {
        "heading": heading,
        "tone": tone,
        "over": when_over(submission),
        "acts": acts,
        "not_confirmable": refusal(part, "confirm", by=PARTNER, at=at) if "confirm" not in acts else None,
        "until": confirm_until(submission.campaign),
        "form": form,
        "reads": reads,
        "text": receipt.text_groups(receipt.newest(part.submission)) if reads else [],
        "files": submission.attachments.all() if reads else [],
        "is_changed": _is_changed(part) if reads else False,
        "history": history(part),
    }
    return render(request, "pledges/partner.html", context)


def _reads(part: Participation) -> bool:
    """Whether it is shown the text and the files."""
    return part.state in READERS and when_over(part.submission) is None


def _common(part: Participation) -> dict:
    return {
        "part": part,
        "submission": part.submission,
        "campaign": part.submission.campaign,
        "giver": lead_of(part.submission),
        "token": links.partner_token(part),
        "canonical": "",
        "alternates": [],
    }


def _is_changed(part: Participation) -> bool:
    """Whether the text says something else than the one that was confirmed."""
    if part.state != State.CONFIRMED or part.confirmed_version is None:
        return False
    return changed_in_substance(part.confirmed_version, part.submission.latest)


@partners_own
def partner_file(request: HttpRequest, part: Participation, at: datetime, *, file: int) -> HttpResponse:
    """One picture or document of what it is to stand behind."""
    if not _reads(part):
        raise Http404
    return content_of(part.submission, file)


@partners_own
def partner_lead(request: HttpRequest, part: Participation, at: datetime) -> HttpResponse:
    """Taking over the lead that was offered, with what may be published from then on."""
    if sentence := refusal(part, "take_lead", by=PARTNER, at=at):
        messages.error(request, sentence)
        return _back(part)
    data = request.POST if request.method == "POST" else None
    form = LeadForm(data, wordings=current_wordings())
    if form.is_valid():
        try:
            taken = take_lead(part, form.consents(), wordings=form.wordings, language=get_language(), at=at)
        except Refused as refused:
            messages.error(request, str(refused))
            return _back(part)
        messages.success(request, _("You are the lead now. This is your page from now on."))
        return redirect("own", token=links.token(taken.submission, links.OWN))
    return render(request, "pledges/partner_lead.html", _common(part) | {"form": form})
