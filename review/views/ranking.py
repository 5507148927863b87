"""The ranking: how the reviewed submissions stand, and why in this order."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaign.kinds import Kind
from home.models import User
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import explaining, method, permissions
from review.models import Standing
from review.scoring import rank
from review.sight import visible_to
from review.views.desk import Desk, desk


@desk(permissions.DECIDE)
def ranking(desk: Desk) -> HttpResponse:
    kind = asked_kind(desk)
    standings = standings_of(desk, kind)
    page = desk.page(standings)
    # One line more than the page shows: its last line may stand where it does because of a tie.
    rows = list(standings[page.start_index() - 1 : page.end_index() + 1]) if page.paginator.count else []
    shown = len(page.object_list)
    following = rows[shown] if len(rows) > shown else None
    told = method.of(desk.campaign)
    context = {
        "page": page,
        "rows": explaining.explained(
            rows[:shown], first=page.start_index(), limit=told.limit, following=following
        ),
        "method": told,
        **kinds_of(kind),
    }
    return desk.render("ranking", context, tab="ranking")


def asked_kind(desk: Desk) -> str:
    """The kind that the address asks for; empty for all."""
    asked = desk.request.GET.get("kind", "")
    return asked if asked in Kind.values else ""


def kinds_of(kind: str) -> dict[str, Any]:
    """The ways to the ranking of each kind; `query` keeps the one that is open in other addresses."""
    tabs = [("", _("All")), *Kind.choices]
    return {
        "kinds": [{"code": code, "label": label, "current": code == kind} for code, label in tabs],
        "kind": kind,
        "query": f"kind={kind}" if kind else "",
    }


def standings_of(desk: Desk, kind: str) -> QuerySet[Standing]:
    standings = rank(desk.campaign).filter(submission__in=visible_to(desk.user))
    return standings.filter(submission__kind=kind) if kind else standings


def to_explain(user: User) -> SubmissionQuerySet:
    return visible_to(user).select_related("standing", "screened__theme")


@desk(permissions.DECIDE, sees=to_explain)
def why(desk: Desk, found: Submission) -> HttpResponse:
    """The sums behind one rank. Who may not decide reads the reviews by number, without names."""
    kind = found.kind if asked_kind(desk) else ""
    told = method.of(desk.campaign)
    account = explaining.account(found)
    context = {
        "submission": found,
        "account": account,
        "left_out": explaining.left_out(found, counted=len(account.sums)),
        "names": desk.may_write,
        "method": told,
        "is_disputed": bool(account.sums) and found.standing.is_disputed(told.limit),
        "place": _place(desk, found, kind),
        **kinds_of(kind),
    }
    return desk.render("why_this_rank", context, tab="ranking")


def _place(desk: Desk, found: Submission, kind: str) -> explaining.Place | None:
    """The submission's place among all, or among those of its kind."""
    standings = standings_of(desk, kind)
    order = list(standings.values_list("submission", flat=True))
    if found.pk not in order:
        return None
    here = order.index(found.pk)
    above, below = order[max(here - 1, 0) : here], order[here + 1 : here + 2]
    # By their ids: the ranking may have moved since.
    near = {row.submission_id: row for row in standings.filter(submission__in=[*above, found.pk, *below])}
    if found.pk not in near:
        return None
    steps = {
        "above": [(near[pk], near[found.pk]) for pk in above if pk in near],
        "below": [(near[found.pk], near[pk]) for pk in below if pk in near],
    }
    return explaining.Place(
        rank=here + 1,
        among=len(order),
        **{name: explaining.step(*pair[0], desk.campaign) if pair else None for name, pair in steps.items()},
    )
