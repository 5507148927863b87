"""The tables of the overview, each with its chart: what `oversight` counts, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from campaign.kinds import OrganisationKind
from campaign.models import Region
from home.sheets import Column, Sheet
from review import charts
from review.charts import Chart, Row
from review.oversight import AGES, AtWork, Figures, Oversight
from review.permissions import may_screen


@dataclass(frozen=True)
class Cell:
    """A figure, and the list that it counts where there is one."""

    value: int | str
    url: str = ""
    lang: str | None = None


@dataclass(frozen=True, kw_only=True)
class Board:
    """A table and its chart. `names` are the columns, the first one the rows' own."""

    name: str
    heading: str
    explained: str
    names: list[str]
    rows: list[list[Cell]]
    chart: Chart | None = None
    links: list[Cell] = field(default_factory=list)

    def sheet(self) -> Sheet:
        codes = [f"column_{number}" for number, _name in enumerate(self.names, start=1)]
        return Sheet(
            name=self.name,
            label=self.heading[:31],
            columns=[Column(code, name) for code, name in zip(codes, self.names, strict=True)],
            rows=[[cell.value for cell in row] for row in self.rows],
            number=lambda: len(self.rows),
        )


def steps() -> list[str]:
    return [_("Arrived"), _("Screened"), _("Reviewed"), _("Decided")]


def _list(tab: str, **more: Any) -> str:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{reverse('desk:submissions')}?tab={tab}{asked}"


def _figured(label: str, figures: Figures, url: str = "") -> list[Cell]:
    first, *others = figures.all
    return [Cell(label), Cell(first, url), *map(Cell, others)]


def _steps_board(
    name: str, heading: str, first: str, explained: str, rows: Iterable[tuple[str, Figures, str]], **more: Any
) -> Board:
    rows = list(rows)
    draw = charts.upright if name == "day" else charts.nested
    return Board(
        name=name,
        heading=heading,
        explained=explained,
        names=[first, *steps()],
        rows=[_figured(*row) for row in rows],
        chart=draw([Row(label, figures.all) for label, figures, _url in rows], steps()) if rows else None,
        **more,
    )


def _largest(found: Mapping[Any, Figures]) -> list[tuple[Any, Figures]]:
    return sorted(found.items(), key=lambda row: (-row[1].arrived, str(row[0])))


def theme(seen: Oversight) -> Board:
    names = {row.pk: str(row) for row in seen.campaign.themes.all()}
    rows = [
        (names.get(pk, _("no theme")), figures, _list("all", theme=pk) if pk else "")
        for pk, figures in _largest(seen.by_theme())
    ]
    explained = _("By the main theme of the newest text.")
    return _steps_board("theme", _("By theme"), _("Theme"), explained, rows)


def region(seen: Oversight) -> Board:
    names = {row.pk: str(row) for row in Region.objects.all()}
    none = _("no region: the whole country, abroad or online")
    rows = [(names.get(pk, none), figures, "") for pk, figures in _largest(seen.by_region())]
    explained = _(
        "What names several regions counts in each of them, so the rows add up to more than the whole."
    )
    return _steps_board("region", _("By region"), _("Region"), explained, rows)


def kind(seen: Oversight) -> Board:
    names = {code: str(label) for code, label in OrganisationKind.choices}
    rows = [(names.get(code, _("not told")), figures, "") for code, figures in _largest(seen.by_kind())]
    explained = _("By the organisation that gives it; partners are not counted.")
    return _steps_board("kind", _("By kind of organisation"), _("Kind"), explained, rows)


def day(seen: Oversight) -> Board:
    rows = [(_day(each), figures, "") for each, figures in seen.by_day().items()]
    explained = _(
        "By the day of arrival, in long rounds by the week from its Monday: how many of these have come past each step until now."
    )
    return _steps_board("day", _("By day of arrival"), _("Day"), explained, rows)


def _day(moment: date | datetime | None) -> str:
    return date_format(moment, "SHORT_DATE_FORMAT") if moment else ""


def _age(place: int) -> str:
    oldest = AGES[place]
    if oldest is None:
        return _("more than %(days)d days") % {"days": AGES[place - 1]}
    first = AGES[place - 1] + 1 if place else 0  # type: ignore[operator]
    return _("%(first)d to %(last)d days") % {"first": first, "last": oldest}


def ageing(seen: Oversight) -> Board:
    told = {
        "screen": (_("To screen"), _list("screen")),
        "review": (_("Lacks reviews"), ""),
        "returned": (_("Returned for correction"), _list("returned")),
    }
    found = {told[name]: waiting for name, waiting in seen.waiting().items()}
    ages = [_age(place) for place in range(len(AGES))]
    rows = [Row(label, waiting.ages) for (label, _url), waiting in found.items()]
    return Board(
        name="ageing",
        heading=_("How long what waits has waited"),
        explained=_(
            "Since it came into its present state. “Lacks reviews” is what is in review without a decision and has fewer reviews than are wanted."
        ),
        names=[_("Waits"), *ages, _("Together"), _("The first since")],
        rows=[
            [
                Cell(label),
                *map(Cell, waiting.ages),
                Cell(sum(waiting.ages), url),
                Cell(_day(localtime(waiting.since)) if waiting.since else ""),
            ]
            for (label, url), waiting in found.items()
        ],
        chart=charts.stacked(rows, ages) if any(sum(row.numbers) for row in rows) else None,
    )


def reviewers(seen: Oversight) -> Board:
    people = seen.at_work()
    names = _names(seen, people)
    series = [_("Handed in"), _("Left to do"), _("Abstained")]
    rows = [Row(name, (row.done, row.left, row.abstained)) for name, row in zip(names, people, strict=True)]
    return Board(
        name="reviewers",
        heading=_("Reviewers"),
        explained=_(
            "Left to do is what is in review and not handed in yet; of this, what is begun. Last at work is when a review was saved last."
        ),
        names=[_("Reviewer"), _("Given"), series[0], series[1], _("Begun"), series[2], _("Last at work")],
        rows=[
            [
                Cell(name),
                *map(Cell, (row.given, row.done, row.left, row.begun, row.abstained)),
                Cell(_day(localtime(row.last)) if row.last else ""),
            ]
            for name, row in zip(names, people, strict=True)
        ],
        chart=charts.stacked(rows, series) if rows else None,
    )


def _names(seen: Oversight, people: list[AtWork]) -> list[str]:
    """Of the reviewers; observers read numbers, by the ids, which tell nothing."""
    if may_screen(seen.user):
        return [str(row.reviewer) for row in people]
    numbers = {pk: number for number, pk in enumerate(sorted(row.reviewer.pk for row in people), start=1)}
    return [_("Reviewer %(number)s") % {"number": numbers[row.reviewer.pk]} for row in people]


def disagreement(seen: Oversight) -> Board:
    limit, spreads = seen.procedure.disagreement, seen.spreads()
    steps_of_spread = [_spread(begin) for begin in spreads]
    rows = [Row(label, (number,)) for label, number in zip(steps_of_spread, spreads.values(), strict=True)]
    return Board(
        name="disagreement",
        heading=_("Disagreement"),
        explained=_(
            "The spread is the highest review less the lowest, on the scale from 0 to 5, of what two or more have reviewed. From %(limit)s on it is a disagreement."
        )
        % {"limit": limit},
        names=[_("Spread"), _("Submissions")],
        rows=[[Cell(row.label), Cell(row.numbers[0])] for row in rows],
        chart=charts.stacked(rows, [_("Submissions")]) if any(spreads.values()) else None,
        links=_disagreed(seen),
    )


def _spread(begin: Decimal) -> str:
    end = begin + Decimal("0.5")
    return f"{begin} – {end}" if end == 5 else f"{begin} – {end - Decimal('0.01')}"


def _disagreed(seen: Oversight) -> list[Cell]:
    """The submissions about which reviewers disagree most."""
    rows = ((row, row.submission.latest) for row in seen.disagreed())
    return [
        Cell(
            f"{text.title} ({row.spread})",
            reverse("desk:submission", args=[row.submission.reference]),
            text.lang,
        )
        for row, text in rows
        if text
    ]


BOARDS: dict[str, Callable[[Oversight], Board]] = {
    "theme": theme,
    "region": region,
    "kind": kind,
    "day": day,
    "ageing": ageing,
    "reviewers": reviewers,
    "disagreement": disagreement,
}
