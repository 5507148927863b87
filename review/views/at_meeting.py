"""The screen of one case at a meeting, for a projector and a keyboard."""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from campaign.moments import clock
from home.asked import whole_number
from pledges.lifecycle import Refused
from pledges.views.unsent import wants_json
from review import meetings, permissions, reading
from review.judgement import Overtaken
from review.meeting_forms import CaseForm
from review.models import Decision, MeetingCase
from review.sight import counted_reviews
from review.views.desk import Desk, desk, go
from review.views.meetings import found

DRAFT, SAVE, NEXT, PREVIOUS, REVEAL, LEAVE = "draft", "save", "next", "previous", "reveal", "leave"
# What records the decision, too; the others keep only what was written.
DECIDING = frozenset({SAVE, NEXT})


@desk(permissions.MEET)
def case(desk: Desk, meeting: int, case: int) -> HttpResponse:
    known = found(desk, meeting)
    rows = known.cases.select_related("submission__screened", "submission__standing")
    cases = list(rows)
    place = next((number for number, row in enumerate(cases) if row.pk == case), None)
    if place is None:
        raise Http404
    here = cases[place]
    here.meeting, here.number = known, place + 1
    before, after = cases[place - 1 : place] if place else [], cases[place + 1 : place + 2]
    around = {"total": len(cases), "before": next(iter(before), None), "after": next(iter(after), None)}
    if meetings.is_bound(here, desk.user):
        context = {"meeting": known, "case": here, "operators": meetings.may_operate(here), **around}
        return desk.render("meeting_closed_case", context, tab="meetings", status=403)
    if desk.request.method == "POST":
        return _act(desk, here, around)
    decision = _decision(here)
    form = CaseForm(initial=CaseForm.filled_from(here, decision), decision=decision)
    return _show(desk, here, around, form)


def _decision(here: MeetingCase) -> Decision | None:
    return Decision.objects.filter(submission=here.submission_id).first()


def _act(desk: Desk, here: MeetingCase, around: dict) -> HttpResponse:
    """Keep what was written and do what was pressed. What was typed stays in a refused form."""
    action = desk.request.POST.get("action", SAVE)
    form = CaseForm(desk.request.POST, decides=action in DECIDING, decision=_decision(here))
    overtaken = False
    if form.is_valid():
        try:
            here_now = _done(desk, here, form, action)
        except Refused as refused:
            overtaken = isinstance(refused, Overtaken)
            form.add_error(None, str(refused))
    if wants_json(desk.request):
        return _told(desk, form, here_now if form.is_valid() else None, overtaken=overtaken)
    if not form.is_valid():
        return _show(desk, here, around, form, overtaken=overtaken)
    return _go_on(desk, here, around, form, action)


def _done(desk: Desk, here: MeetingCase, form: CaseForm, action: str) -> MeetingCase:
    if action in DECIDING:
        return meetings.record(here, form.words(), form.verdict(), by=desk.user, at=desk.at)
    if action == REVEAL:
        return meetings.write_and_reveal(here, form.words(), by=desk.user, at=desk.at)
    asked = whole_number(desk.request.POST.get("person", "")) if action == LEAVE else None
    if asked and (person := here.meeting.present.filter(pk=asked).first()):
        return meetings.leave(here, form.words(), person, by=desk.user, at=desk.at)
    return meetings.write(here, form.words(), by=desk.user, at=desk.at)


def _told(desk: Desk, form: CaseForm, written: MeetingCase | None, *, overtaken: bool) -> JsonResponse:
    """The answer to the script in the page; `seen` is what the next save is written over."""
    if written:
        sentence = _("Saved at %(clock)s.") % {"clock": clock(desk.at, desk.campaign)}
        return JsonResponse({"sentence": sentence, "seen": meetings.stamp(written)})
    why = " ".join(sentence for errors in form.errors.values() for sentence in errors)
    sentence = _("Not saved: %(why)s What you wrote is still here.") % {"why": why}
    return JsonResponse({"sentence": sentence}, status=409 if overtaken else 422)


def _go_on(desk: Desk, here: MeetingCase, around: dict, form: CaseForm, action: str) -> HttpResponse:
    there = {NEXT: around["after"], PREVIOUS: around["before"]}.get(action, here)
    undecided = action not in DECIDING and (form.cleaned_data["outcome"] or form.cleaned_data["reasons"])
    if undecided and there == here:
        # Reasons that were begun stay in the page; only a button for it records a decision.
        fresh = MeetingCase.objects.select_related("submission__screened", "submission__standing")
        now = fresh.get(pk=here.pk)
        now.meeting, now.number = here.meeting, here.number
        typed = form.cleaned_data | {"seen": meetings.stamp(now)}
        return _show(desk, now, around, CaseForm(initial=typed, decision=form.decision))
    if there is None:
        return go("meeting", here.meeting_id)
    return go("meeting_case", here.meeting_id, there.pk)


def _show(
    desk: Desk, here: MeetingCase, around: dict, form: CaseForm, *, overtaken: bool = False
) -> HttpResponse:
    submission = here.submission
    text = reading.whole([submission.screened_id])[submission.screened_id]
    gone = list(meetings.leaving(here))
    context = {
        "meeting": here.meeting,
        "case": here,
        "submission": submission,
        "words": reading.words(text),
        "facts": reading.facts(text),
        "version": text,
        "form": form,
        "seen": meetings.stamp(here) if overtaken or not form.is_bound else form.data.get("seen", ""),
        "stored": here if overtaken else None,
        "totals": _totals(here) if here.revealed_at else [],
        "leaving": gone,
        "in_the_room": [person for person in here.meeting.present.all() if person not in gone],
        "is_on": bool(here.meeting.opened_at and not here.meeting.closed_at),
        **around,
    }
    return desk.render("meeting_case", context, tab="meetings", status=422 if form.is_bound else 200)


def _totals(here: MeetingCase) -> list:
    """What each review gave, the highest first and without names."""
    reviews = counted_reviews().filter(submission=here.submission_id)
    return list(reviews.order_by("-total").values_list("total", flat=True))
