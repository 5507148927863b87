"""The overview: how the campaign's review goes, in tables and charts."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from home import sheets
from review import permissions
from review.boards import BOARDS, steps
from review.oversight import Oversight
from review.views.desk import Desk, desk
from review.views.exports import facts


@desk(permissions.SCREEN)
def overview(desk: Desk) -> HttpResponse:
    seen = Oversight(desk.campaign, desk.user, at=desk.at)
    context = {
        "total": zip(steps(), seen.total.all, strict=True) if seen.total.arrived else (),
        "boards": [board(seen) for board in BOARDS.values()] if seen.total.arrived else [],
        "procedure": seen.procedure,
    }
    return desk.render("overview", context, tab="overview")


@require_safe
@desk(permissions.SCREEN)
def take(desk: Desk, *, name: str) -> HttpResponseBase:
    """One table as a CSV. It holds numbers that the page shows to the same people, so nothing is noted."""
    if name not in BOARDS:
        raise Http404
    board = BOARDS[name](Oversight(desk.campaign, desk.user, at=desk.at))
    filename = f"{desk.campaign.slug}-{name}"
    return sheets.answer([board.sheet()], "csv", filename=filename, facts=facts(desk))
