"""How the panel differs: the reviews of the calibration round beside one another, as a picture and a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from home.models import User
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import severity
from review.models import Standing
from review.severity import Given
from review.totals import SCALE, rounded, summary

# The picture, in its own units.
LEFT, WIDTH, TOP, STEP, RADIUS = 12, 300, 12, 20, 9
TICKS = [(points, LEFT + points * WIDTH // SCALE) for points in range(SCALE + 1)]


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One review; dots that would lie on one another are put below each other."""

    x: int
    y: int
    number: int
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One submission of the round: its dots from 0 to 5, and where their mean is."""

    submission: Submission
    dots: list[Dot]
    mean: Decimal | None
    spread: Decimal | None
    mean_x: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Member:
    """One reviewer's totals in the order of the charts, and how far they lie from the others' on the mean."""

    number: int
    person: User
    totals: list[Decimal | None]
    difference: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Panel:
    charts: list[Chart]
    members: list[Member]


def of(submissions: SubmissionQuerySet) -> Panel:
    """Of the calibration round, or a part of it. Reviewers are numbered by their ids, which tell nothing."""
    rows = list(submissions.order_by("reference"))
    reviews = severity.given(Standing.objects.filter(submission__in=submissions))
    people = User.objects.in_bulk({review.reviewer for review in reviews})
    numbers = {pk: number for number, pk in enumerate(sorted(people), start=1)}
    apart = severity.differences(reviews)
    totals = {(review.submission, review.reviewer): review.total for review in reviews}
    members = [
        Member(
            number=number,
            person=people[pk],
            totals=[totals.get((row.pk, pk)) for row in rows],
            difference=rounded(apart[pk]) if pk in apart else None,
        )
        for pk, number in numbers.items()
    ]
    of_each = {row.pk: [review for review in reviews if review.submission == row.pk] for row in rows}
    return Panel(charts=[_chart(row, of_each[row.pk], numbers) for row in rows], members=members)


def _chart(submission: Submission, reviews: Sequence[Given], numbers: dict[int, int]) -> Chart:
    dots: list[Dot] = []
    for review in sorted(reviews, key=lambda review: (review.total, numbers[review.reviewer])):
        x = _x(review.total)
        levels = {dot.y for dot in dots if abs(dot.x - x) < 2 * RADIUS}
        level = next(y for y in range(TOP, TOP + STEP * len(reviews), STEP) if y not in levels)
        dots.append(Dot(x=x, y=level, number=numbers[review.reviewer], total=review.total))
    found = summary([review.total for review in reviews]) if reviews else None
    return Chart(
        submission=submission,
        dots=dots,
        mean=found.mean if found else None,
        spread=found.spread if found else None,
        mean_x=_x(found.mean) if found else LEFT,
        height=max((dot.y for dot in dots), default=TOP) + TOP,
    )


def _x(points: Decimal) -> int:
    return LEFT + round(Fraction(points) / SCALE * WIDTH)
