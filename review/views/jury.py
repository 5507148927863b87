"""The jury's page: the shortlists of the categories that a juror sits in, and the points given."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaign.moments import time_left
from pledges.lifecycle import Refused
from pledges.models import Participation
from review import blind, juries, permissions, reading
from review.award_forms import VoteForm, points_name
from review.interests import declare_conflict
from review.models import AwardCategory, JuryVote, Nominee
from review.views.desk import Desk, desk, go


@require_safe
@desk(permissions.VOTE)
def jury(desk: Desk) -> HttpResponse:
    return _show(desk)


def _show(
    desk: Desk, *, bound: VoteForm | None = None, category: AwardCategory | None = None
) -> HttpResponse:
    """All the categories of this juror; `bound` is the refused form of one of them."""
    seats = list(_seats(desk))
    shown = {seat.pk: list(juries.shown_to(seat, desk.user)) for seat in seats}
    nominees = [nominee for rows in shown.values() for nominee in rows]
    _with_texts(desk, nominees)
    rows = [
        _seat(desk, seat, shown[seat.pk], bound if bound and seat == category else None) for seat in seats
    ]
    return desk.render("jury", {"seats": rows}, tab="jury", status=422 if bound else 200)


def _seats(desk: Desk):
    return desk.user.juries.filter(campaign=desk.campaign)


def _with_texts(desk: Desk, nominees: list[Nominee]) -> None:
    """Give each nominee what is read of it and who gave it, through the reader's veil: in a fixed number of queries."""
    versions = reading.whole({nominee.submission.screened_id for nominee in nominees})
    veils = blind.veils([nominee.submission for nominee in nominees], desk.user, desk.campaign)
    givers = _givers(
        nominee.submission_id for nominee in nominees if not veils[nominee.submission_id].is_down
    )
    for nominee in nominees:
        version, veil = versions[nominee.submission.screened_id], veils[nominee.submission_id]
        nominee.words = veil.over(reading.words(version))
        nominee.facts = veil.over_rows(reading.facts(version))
        nominee.givers = ", ".join(givers.get(nominee.submission_id, []))


def _givers(submissions: Iterable[int]) -> dict[int, list[str]]:
    """The names of the organisations that give these submissions, by the submissions' ids."""
    parts = Participation.objects.filter(
        submission__in=list(submissions), state=Participation.State.CONFIRMED
    )
    givers: dict[int, list[str]] = {}
    for pk, name in parts.order_by("pk").values_list("submission", "organisation__name"):
        givers.setdefault(pk, []).append(name)
    return givers


def _seat(desk: Desk, seat: AwardCategory, nominees: list[Nominee], bound: VoteForm | None) -> dict:
    form = bound or _form(desk, seat, nominees)
    for field in form.fields.values():
        field.disabled = not juries.is_open(seat, desk.at)
    return {
        "category": seat,
        "form": form,
        "nominees": [(nominee, form[points_name(nominee)]) for nominee in nominees],
        "hidden": juries.nominees_of(seat).count() - len(nominees),
        "is_open": juries.is_open(seat, desk.at),
        "ended": juries.has_ended(seat, desk.at),
        "left": time_left(seat.votes_until, desk.at) if juries.is_open(seat, desk.at) else "",
    }


def _form(desk: Desk, seat: AwardCategory, nominees: list[Nominee], *data) -> VoteForm:
    own = JuryVote.objects.filter(juror=desk.user, nominee__category=seat)
    given = dict(own.values_list("nominee", "points"))
    initial = {points_name(nominee): given.get(nominee.pk, "") for nominee in nominees}
    return VoteForm(*data, nominees=nominees, initial=initial, prefix=f"category{seat.pk}")


@require_POST
@desk(permissions.VOTE)
def vote(desk: Desk, category: int) -> HttpResponse:
    seat = _seats(desk).filter(pk=category).first()
    if seat is None:
        raise Http404
    form = _form(desk, seat, list(juries.shown_to(seat, desk.user)), desk.request.POST)
    if form.is_valid():
        try:
            number = juries.vote(seat, desk.user, form.points(), at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return _show(desk, bound=form, category=seat)
    facts = {"award": seat.name, "number": number, "all": len(form.nominees)}
    desk.say(_("Stored for %(award)s: points for %(number)d of %(all)d nominees.") % facts)
    return go("jury", place=f"category-{seat.pk}")


def _keep_points(desk: Desk, seat: AwardCategory) -> None:
    """Store the points that were chosen on the page, where the jury may vote."""
    form = _form(desk, seat, list(juries.shown_to(seat, desk.user)), desk.request.POST)
    if juries.is_open(seat, desk.at) and form.is_valid():
        juries.vote(seat, desk.user, form.points(), at=desk.at)


@require_POST
@desk(permissions.VOTE)
def conflict(desk: Desk, nominee: int) -> HttpResponse:
    """Declare one's own conflict of interest in a nominee: it leaves one's sight. Points for the others are stored."""
    rows = Nominee.objects.filter(category__in=_seats(desk)).select_related("submission", "category")
    found = rows.filter(pk=nominee).first()
    if found is None or not juries.shown_to(found.category, desk.user).filter(pk=found.pk).exists():
        raise Http404
    _keep_points(desk, found.category)
    declare_conflict(found.submission, desk.user, at=desk.at)
    noted = _("Noted: you have a conflict of interest in %(reference)s. You do not see it any more.")
    desk.say(noted % {"reference": found.submission.reference})
    return go("jury", place=f"category-{found.category_id}")
