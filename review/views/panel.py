"""What coordinators look at before they trust the ranking: the panel's differences, and how much hangs on weights."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from home.asked import whole_number
from home.models import User
from review import panel, permissions, sensitivity, severity
from review.models import Procedure, Standing
from review.sight import visible_to
from review.totals import rounded
from review.views.desk import Desk, desk
from review.views.ranking import asked_kind, kinds_of, standings_of

FIRST = (10, 20, 50)
PERCENT = (10, 20, 30)


@desk(permissions.DECIDE)
def calibration(desk: Desk) -> HttpResponse:
    """How far the reviewers lie apart on what all of them have scored; by number for who may not decide."""
    procedure = Procedure.of(desk.campaign)
    chosen = procedure.calibration.values("pk") if procedure.pk else []
    context = {
        "panel": panel.of(visible_to(desk.user).filter(pk__in=chosen).select_related("screened")),
        "names": desk.may_write,
        "width": panel.LEFT * 2 + panel.WIDTH,
        "ticks": panel.TICKS,
    }
    return desk.render("calibration", context, tab="ranking")


@desk(permissions.DECIDE)
def firmness(desk: Desk) -> HttpResponse:
    """The first of the ranking beside what they would be with other weights, and without strict and mild reviewers."""
    kind = asked_kind(desk)
    top, percent = _one_of(desk, "top", FIRST), _one_of(desk, "percent", PERCENT)
    standings = standings_of(desk, kind)
    reviews = severity.given(standings)
    apart = severity.differences(reviews)
    context = {
        "rows": _rows(desk, standings, severity.corrected(reviews, apart), top=top, percent=percent),
        "reviewers": _reviewers(apart),
        "names": desk.may_write,
        "top": top,
        "percent": percent,
        "firsts": FIRST,
        "percents": PERCENT,
        "draws": sensitivity.DRAWS,
        **kinds_of(kind),
    }
    return desk.render("firmness", context, tab="ranking")


def _one_of(desk: Desk, name: str, choices: tuple[int, ...]) -> int:
    """What the address asks for, else the middle one."""
    asked = whole_number(desk.request.GET.get(name, ""))
    return asked if asked in choices else choices[len(choices) // 2]


def _rows(
    desk: Desk, standings: QuerySet[Standing], corrected: Mapping[int, Decimal], *, top: int, percent: int
) -> list[dict[str, Any]]:
    ranked = list(standings)
    again = sorted(ranked, key=lambda row: -corrected.get(row.submission_id, row.mean))
    places = {row.pk: place for place, row in enumerate(again, start=1)}
    criteria = list(desk.campaign.criteria.all())
    firm = sensitivity.of(standings, criteria, top=top, percent=percent)
    return [
        {
            "rank": rank,
            "standing": row,
            "corrected": corrected.get(row.submission_id),
            "rank_corrected": places[row.pk],
            "firmness": firm.get(row.submission_id),
        }
        for rank, row in enumerate(ranked[:top], start=1)
    ]


def _reviewers(apart: Mapping[int, Fraction]) -> list[dict[str, Any]]:
    """From the strictest to the mildest, numbered by their ids, which tell nothing."""
    people = User.objects.in_bulk(apart)
    rows = [
        {"number": number, "person": people[pk], "difference": rounded(apart[pk])}
        for number, pk in enumerate(sorted(apart), start=1)
    ]
    return sorted(rows, key=lambda row: row["difference"])
