"""The ranking: how the reviewed submissions stand, and why in this order."""

from django.http import HttpResponse

from review import permissions
from review.models import Criterion
from review.scoring import explained, rank
from review.sight import visible_to
from review.views.desk import Desk, desk


@desk(permissions.DECIDE)
def ranking(desk: Desk) -> HttpResponse:
    standings = rank(desk.campaign).filter(submission__in=visible_to(desk.user))
    page = desk.page(standings)
    # One line more than the page shows: its last line may stand where it does because of a tie.
    rows = list(standings[page.start_index() - 1 : page.end_index() + 1]) if page.paginator.count else []
    shown = len(page.object_list)
    following = rows[shown] if len(rows) > shown else None
    context = {
        "page": page,
        "rows": explained(rows[:shown], first=page.start_index(), following=following),
        "criteria": Criterion.objects.filter(campaign=desk.campaign),
    }
    return desk.render("ranking", context, tab="ranking")
