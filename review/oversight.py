"""How a campaign's review goes, in numbers: what has arrived and where it stands, who is how far, what waits how long.

All of it counts what the person may see, and comes from a handful of queries that count in the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate

from campaign.models import Campaign
from home.models import User
from pledges.models import Status
from pledges.models.submission import AFTER_SCREENING, SubmissionQuerySet
from review.assignments import with_left
from review.models import Assignment, Procedure, Review, Standing
from review.permissions import may_screen
from review.sight import visible_to

# Past the screening: passed, or set aside by it.
SCREENED = Q(screened__isnull=False) | Q(status__in=(Status.INELIGIBLE, Status.SPAM))
STEPS = {
    "arrived": Count("pk"),
    "screened": Count("pk", filter=SCREENED),
    "reviewed": Count("standing"),
    "decided": Count("decision"),
}
# Ages of what waits: each up to so many days, the last without end.
AGES = (2, 7, 14, 30, None)
STEP_OF_SPREAD = Decimal("0.5")
MOST_NAMED = 10
MOST_DAYS = 62


@dataclass(frozen=True)
class Figures:
    """How many have arrived, and how many of these have come past each step."""

    arrived: int = 0
    screened: int = 0
    reviewed: int = 0
    decided: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(one + more for one, more in zip(self.all, other.all, strict=True)))

    @property
    def all(self) -> tuple[int, ...]:
        return (self.arrived, self.screened, self.reviewed, self.decided)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many wait, by age as `AGES`, and since when the first one does."""

    ages: tuple[int, ...]
    since: datetime | None


@dataclass(frozen=True, kw_only=True)
class AtWork:
    """One reviewer: tasks given, reviews handed in, begun and still to come, abstentions, and when last at work."""

    reviewer: User
    given: int
    done: int
    begun: int
    left: int
    abstained: int
    last: datetime | None


class Oversight:
    """The figures of one campaign for one person. Each asks the database when it is first wanted, and once."""

    def __init__(self, campaign: Campaign, user: User, *, at: datetime) -> None:
        self.campaign, self.user, self.at = campaign, user, at
        self.seen: SubmissionQuerySet = visible_to(user).filter(campaign=campaign).order_by()

    @cached_property
    def procedure(self) -> Procedure:
        return Procedure.of(self.campaign)

    @cached_property
    def _grouped(self) -> list[tuple[tuple, Figures]]:
        """Theme, kind of organisation and day of arrival, with their figures (one query)."""
        day = TruncDate("submitted_at", tzinfo=self.campaign.zone)
        groups = self.seen.with_giver().values_list("latest__theme", "lead__organisation__kind", day)
        return [(row[:3], Figures(*row[3:])) for row in groups.annotate(**STEPS)]

    def _folded(self, place: int) -> dict[Any, Figures]:
        return folded((key[place], figures) for key, figures in self._grouped)

    @cached_property
    def total(self) -> Figures:
        return sum((figures for _key, figures in self._grouped), Figures())

    def by_theme(self) -> dict[int | None, Figures]:
        return self._folded(0)

    def by_kind(self) -> dict[str | None, Figures]:
        return self._folded(1)

    def by_day(self) -> dict[date, Figures]:
        """Every day from the first to the last on which something arrived, the empty ones too.

        Where there are more than `MOST_DAYS`, every week, by its Monday.
        """
        days = {day: figures for day, figures in self._folded(2).items() if day}
        if not days:
            return {}
        step = 1 if (max(days) - min(days)).days < MOST_DAYS else 7
        if step == 7:
            days = folded((day - timedelta(days=day.weekday()), figures) for day, figures in days.items())
        first, last = min(days), max(days)
        every = (first + timedelta(days=number) for number in range(0, (last - first).days + 1, step))
        return {day: days.get(day, Figures()) for day in every}

    def by_region(self) -> dict[int | None, Figures]:
        """A submission that names several regions counts in each; `None` is where none is named (one query)."""
        rows = self.seen.values_list("latest__regions").annotate(**STEPS)
        return folded((region, Figures(*numbers)) for region, *numbers in rows)

    def waiting(self) -> dict[str, Waiting]:
        """What waits to be screened, to be reviewed as often as is wanted, and to be sent again (a query each)."""
        wanted = Q(standing__isnull=True) | Q(standing__reviews__lt=self.procedure.reviews_wanted)
        waits = {
            "screen": self.seen.to_screen().order_by(),
            "review": self.seen.filter(wanted, status=Status.IN_REVIEW, decision__isnull=True),
            "returned": self.seen.filter(status=Status.RETURNED),
        }
        return {name: self._aged(rows) for name, rows in waits.items()}

    def _aged(self, rows: SubmissionQuerySet) -> Waiting:
        """By how long each has been in its present state."""
        ends = [self.at - timedelta(days=days + 1) if days is not None else None for days in AGES]
        bounds = zip([None, *ends], ends, strict=False)
        numbers = {
            f"age_{place}": Count("pk", filter=_between(newest, oldest))
            for place, (newest, oldest) in enumerate(bounds)
        }
        found = rows.aggregate(since=Min("status_at"), **numbers)
        return Waiting(ages=tuple(found[name] for name in numbers), since=found["since"])

    def at_work(self) -> list[AtWork]:
        """Every reviewer who was given something or wrote of something, by name; for observers, who read none, by id (three queries)."""
        given = self._given()
        written = self._written()
        order = ("last_name", "first_name", "pk") if may_screen(self.user) else ("pk",)
        people = User.objects.filter(pk__in={*given, *written}).order_by(*order)
        return [
            AtWork(
                reviewer=person, **given.get(person.pk, NOTHING_GIVEN), **written.get(person.pk, UNWRITTEN)
            )
            for person in people
        ]

    def _given(self) -> dict[int, dict[str, Any]]:
        tasks = Assignment.objects.filter(submission__in=self.seen, submission__status__in=AFTER_SCREENING)
        rows = with_left(tasks).values("reviewer")
        return _by_reviewer(rows.annotate(given=Count("pk"), left=Count("pk", filter=Q(is_left=True))))

    def _written(self) -> dict[int, dict[str, Any]]:
        handed_in, abstained = Q(handed_in_at__isnull=False), Q(abstained_at__isnull=False)
        rows = Review.objects.filter(submission__in=self.seen).values("reviewer")
        return _by_reviewer(
            rows.annotate(
                done=Count("pk", filter=handed_in),
                begun=Count("pk", filter=~handed_in & ~abstained),
                abstained=Count("pk", filter=abstained),
                last=Max("saved_at"),
            )
        )

    @cached_property
    def _compared(self) -> Any:
        """What two or more have reviewed; one review alone agrees with itself."""
        return Standing.objects.filter(submission__in=self.seen, reviews__gte=2)

    def spreads(self) -> dict[Decimal, int]:
        """How many there are of each spread, in steps of a half: by the lower end of the step (one query)."""
        lower = [STEP_OF_SPREAD * place for place in range(10)]
        upper = [*lower[1:], Decimal(6)]
        numbers = {
            f"from_{place}": Count("pk", filter=Q(spread__gte=begin, spread__lt=end))
            for place, (begin, end) in enumerate(zip(lower, upper, strict=True))
        }
        found = self._compared.aggregate(**numbers)
        return dict(zip(lower, (found[name] for name in numbers), strict=True))

    def disagreed(self) -> list[Standing]:
        """The first of those whose reviews differ by as much as the procedure calls a disagreement, or more."""
        rows = self._compared.filter(spread__gte=self.procedure.disagreement)
        return list(rows.select_related("submission__latest").order_by("-spread", "submission")[:MOST_NAMED])


NOTHING_GIVEN = {"given": 0, "left": 0}
UNWRITTEN = {"done": 0, "begun": 0, "abstained": 0, "last": None}


def folded(pairs: Iterable[tuple[Any, Figures]]) -> dict[Any, Figures]:
    found: dict[Any, Figures] = {}
    for key, figures in pairs:
        found[key] = found.get(key, Figures()) + figures
    return found


def _between(newest: datetime | None, oldest: datetime | None) -> Q:
    """In this state since after `oldest`, and not since after `newest`."""
    since = Q(status_at__gt=oldest) if oldest else Q()
    return since & Q(status_at__lte=newest) if newest else since


def _by_reviewer(rows: Iterable[Any]) -> dict[int, dict[str, Any]]:
    return {row.pop("reviewer"): row for row in rows}
