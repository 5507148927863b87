"""The form."""

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from campaign.closing import closings, why_not_open
from campaign.context import current_campaign
from campaign.kinds import Kind
from campaign.models import Campaign
from campaign.similar import similar
from home.origin import is_foreign
from home.robots import Gate, Verdict
from home.trap import is_caught
from pledges import links, robots
from pledges.consent import current_wordings
from pledges.forms import SubmitForm
from pledges.guard import open_form
from pledges.lifecycle import Refused
from pledges.models import UnsentForm
from pledges.progress import progress
from pledges.row_buttons import is_pressed, with_rows_changed
from pledges.rows import Rows
from pledges.submitting import Sending, receive
from pledges.unsent import fields_of

from .keeping import Outcome, attempt, draft_of, form_key, pad

# A whole office may share one address of the net and send on the last day; a robot sends more than this.
GATE = Gate(
    form="submit",
    quickest=timedelta(seconds=5),
    hasty=20,
    unproven=60,
    proven=300,
    later=gettext_lazy(
        "Very much was sent from your network within an hour. Nothing is lost: try again later."
    ),
    spares_within=True,
)


@open_form
def submit(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    campaign = current_campaign(request)
    if campaign is None:
        raise Http404
    if request.method == "POST":
        return _received(request, campaign, at)
    kind = request.GET.get("kind")
    initial = {"kind": kind if kind in Kind.values else None, "language": get_language()}
    return _page(request, _form(campaign, at, initial=initial), Rows(), campaign, at)


def _received(request: HttpRequest, campaign: Campaign, at: datetime) -> HttpResponse:
    data = with_rows_changed(request.POST)
    form, rows = _form(campaign, at, data=data), Rows(data)
    if is_foreign(request):
        form.add_error(None, _("This came from a page of another site. Check it and send it from here."))
        return _page(request, form, rows, campaign, at, status=403)
    if is_pressed(data):
        form.leave_unjudged()
        rows.leave_unjudged()
        return _returned(request, form, rows, campaign, at)
    is_whole = all([form.is_valid(), rows.is_valid()])
    if is_caught(request.POST):
        return _caught(form.sending(rows, form_key=form_key(request)) if is_whole else None, campaign, at)
    if not is_whole:
        return _returned(request, form, rows, campaign, at)
    verdict = GATE.judge(request, at=at, key=form_key(request))
    if verdict is not Verdict.WELCOME:
        form.add_error(None, GATE.says(verdict))
        return _returned(request, form, rows, campaign, at, held=verdict)
    try:
        draft = draft_of(request, campaign, data)
        sending = form.sending(rows, form_key=draft.key, draft=draft)
        submission = receive(sending, campaign=campaign, language=get_language(), at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _returned(request, form, rows, campaign, at)
    return redirect(links.sent_path(submission, at=at))


def _caught(sending: Sending | None, campaign: Campaign, at: datetime) -> HttpResponse:
    """Answer what the trap caught with a receipt, as if nothing were. What lacks an essential is only counted."""
    if sending is None:
        robots.count(campaign, at=at)
        return redirect("sent")
    submission = robots.keep(sending, campaign=campaign, language=get_language(), at=at)
    return redirect(links.sent_path(submission, at=at) if submission else "sent")


def _form(campaign: Campaign, at: datetime, **kwargs) -> SubmitForm:
    return SubmitForm(campaign=campaign, at=at, wordings=current_wordings(), **kwargs)


def bound(campaign: Campaign, at: datetime, data: QueryDict) -> tuple[SubmitForm, Rows]:
    """The form with what was typed so far, and no fault found in it."""
    form, rows = _form(campaign, at, data=data), Rows(data)
    form.leave_unjudged()
    rows.leave_unjudged(stand_open=False)
    return form, rows


def reopened(request: HttpRequest, unsent: UnsentForm, campaign: Campaign, at: datetime) -> HttpResponse:
    """The page with the form as it was left."""
    form, rows = bound(campaign, at, fields_of(unsent.data))
    return _page(request, form, rows, campaign, at, unsent=unsent, is_known=True)


def not_kept(request: HttpRequest, outcome: Outcome, campaign: Campaign, at: datetime) -> HttpResponse:
    """The page with the form as it was sent, and why it could not be kept."""
    form, rows = bound(campaign, at, request.POST)
    form.add_error(None, outcome.sentence)
    return _page(request, form, rows, campaign, at, unsent=outcome.form, status=outcome.status)


def _returned(
    request: HttpRequest,
    form: SubmitForm,
    rows: Rows,
    campaign: Campaign,
    at: datetime,
    *,
    held: Verdict | None = None,
) -> HttpResponse:
    """The page with what was sent, which is kept as well, right or wrong."""
    outcome = attempt(request, draft_of(request, campaign, form.data), at=at)
    if outcome.status == 409 and not form.non_field_errors():
        form.add_error(None, outcome.sentence)
    status = 429 if held is Verdict.LATER else 200
    is_known = held is Verdict.ONCE_MORE
    return _page(request, form, rows, campaign, at, unsent=outcome.form, is_known=is_known, status=status)


def _page(
    request: HttpRequest,
    form: SubmitForm,
    rows: Rows,
    campaign: Campaign,
    at: datetime,
    *,
    unsent: UnsentForm | None = None,
    is_known: bool = False,
    status: int = 200,
) -> HttpResponse:
    key = unsent.key if unsent else form_key(request)
    is_open = campaign.accepts_any(at)
    context = {
        "form": form,
        "groups": rows,
        "formsets": rows.formsets(),
        "progress": progress(form, rows),
        "form_key": key,
        "marks": GATE.marks(request, at=at, key=key, is_known=is_known),
        "unsent": pad(request, unsent),
        "is_open": is_open,
        "closed_sentence": "" if is_open else why_not_open(campaign, at),
        "closings": closings(campaign, at),
        "similar_url": reverse("similar"),
        "similar": similar(campaign, str(form["title"].value() or "")),
    }
    return render(request, "pledges/submit.html", context, status=status)
