"""The panel's meetings: making one, choosing its cases, opening and closing it, and its minutes."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log

from home.paper import NoPaper
from pledges.lifecycle import Refused
from review import meetings, minutes, permissions
from review.meeting_forms import BEST, DISAGREEING, CasesForm, MeetingForm
from review.models import Meeting, MeetingCase
from review.views.desk import Desk, desk, go


@desk(permissions.MEET)
def overview(desk: Desk) -> HttpResponse:
    form = _form(desk)
    if desk.request.method == "POST":
        form = _form(desk, desk.request.POST)
        if form.is_valid():
            return go("meeting", _stored(desk, Meeting(campaign=desk.campaign), form).pk)
    page = desk.page(desk.campaign.meetings.select_related("chair"))
    status = 422 if form.is_bound else 200
    return desk.render("meetings", {"page": page, "form": form}, tab="meetings", status=status)


def _form(desk: Desk, *data, **kwargs) -> MeetingForm:
    return MeetingForm(*data, people=permissions.bound().order_by("last_name", "first_name", "pk"), **kwargs)


def _stored(desk: Desk, meeting: Meeting, form: MeetingForm) -> Meeting:
    names = ("title", "starts_at", "place", "chair", "secretary")
    facts = {name: form.cleaned_data[name] for name in names}
    present = form.cleaned_data["present"]
    stored = meetings.arrange(meeting, facts, present=present, by=desk.user, at=desk.at)
    desk.say(_("The meeting is stored."))
    return stored


def found(desk: Desk, meeting: int) -> Meeting:
    rows = desk.campaign.meetings.select_related("chair", "secretary")
    known = rows.filter(pk=meeting).first()
    if known is None:
        raise Http404
    known.campaign = desk.campaign
    return known


@desk(permissions.MEET)
def meeting(desk: Desk, meeting: int) -> HttpResponse:
    known = found(desk, meeting)
    if desk.request.method != "POST":
        return _show(desk, known)
    form = _form(desk, desk.request.POST)
    if not form.is_valid():
        return _show(desk, known, form=form)
    return _done(desk, known, lambda: _stored(desk, known, form))


def _show(
    desk: Desk, meeting: Meeting, *, form: MeetingForm | None = None, choosing: CasesForm | None = None
) -> HttpResponse:
    seen = set(meetings.seen_cases(meeting, desk.user).values_list("pk", flat=True))
    cases = list(meeting.cases.select_related("submission__screened", "submission__standing"))
    for number, case in enumerate(cases, start=1):
        case.number, case.is_hidden = number, case.pk not in seen
    context = {
        "meeting": meeting,
        "cases": cases,
        "next": next((case for case in cases if case.handled_at is None), None),
        "present": meeting.present.order_by("last_name", "first_name", "pk"),
        "form": form or _form(desk, initial=MeetingForm.filled_from(meeting)),
        "choosing": choosing or CasesForm(submissions=meetings.candidates(meeting, desk.user)),
    }
    return desk.render("meeting", context, tab="meetings", status=422 if form or choosing else 200)


@require_POST
@desk(permissions.MEET)
def add_cases(desk: Desk, meeting: int) -> HttpResponse:
    known = found(desk, meeting)
    form = CasesForm(desk.request.POST, submissions=meetings.candidates(known, desk.user))
    if form.is_valid():
        try:
            number = meetings.add_cases(known, _chosen(desk, known, form), by=desk.user, at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return _show(desk, known, choosing=form)
    sentence = ngettext("%(number)d case is added.", "%(number)d cases are added.", number)
    desk.say(sentence % {"number": number})
    return go("meeting", known.pk)


def _chosen(desk: Desk, meeting: Meeting, form: CasesForm) -> list:
    most = form.cleaned_data["number"] or 10
    sources = {
        BEST: lambda: meetings.candidates(meeting, desk.user)[:most],
        DISAGREEING: lambda: meetings.disagreed_on(meeting, desk.user)[:most],
    }
    return list(sources.get(form.cleaned_data["source"], lambda: form.cleaned_data["reference"])())


@require_POST
@desk(permissions.MEET)
def drop_case(desk: Desk, meeting: int, case: int) -> HttpResponse:
    rows = MeetingCase.objects.filter(meeting=found(desk, meeting)).select_related("submission", "meeting")
    known = rows.filter(pk=case).first()
    if known is None or meetings.is_bound(known, desk.user):
        raise Http404
    return _done(desk, known.meeting, lambda: meetings.drop_case(known, by=desk.user, at=desk.at))


@require_POST
@desk(permissions.MEET)
def open_meeting(desk: Desk, meeting: int) -> HttpResponse:
    known = found(desk, meeting)
    return _done(desk, known, lambda: meetings.open_meeting(known, by=desk.user, at=desk.at))


@require_POST
@desk(permissions.MEET)
def close_meeting(desk: Desk, meeting: int) -> HttpResponse:
    known = found(desk, meeting)
    return _done(desk, known, lambda: meetings.close_meeting(known, by=desk.user, at=desk.at))


def _done(desk: Desk, meeting: Meeting, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        desk.refuse(str(refused))
    return go("meeting", meeting.pk)


@require_safe
@desk(permissions.MEET, observed=False)
def take_minutes(desk: Desk, meeting: int, form: str) -> HttpResponse:
    """The minutes as a document; cases in which the reader has a conflict of interest are left out.

    Not for observers, as exports: a file carries texts away.
    """
    known = found(desk, meeting)
    if form not in minutes.FORMS:
        raise Http404
    document = minutes.FORMS[form]
    try:
        content = document.made(minutes.of(known, desk.user))
    except NoPaper as sentence:
        desk.refuse(str(sentence))
        return go("meeting", known.pk)
    log(known, "review.take_minutes", user=desk.user, data={"form": form}, timestamp=desk.at)
    headers = {"Content-Disposition": f'attachment; filename="minutes-{known.pk}.{form}"'}
    return HttpResponse(content, content_type=document.content_type, headers=headers)
