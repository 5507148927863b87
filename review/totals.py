"""The arithmetic of points, by itself: no database, exact until the last step. `scoring` stores what comes out.

Every total, mean, median and spread is on a scale from 0 to 5, halves of a hundredth rounded up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

from review.models.criterion import Criterion

SCALE = 5
HUNDREDTH = Decimal("0.01")


def rounded(value: Fraction) -> Decimal:
    """To two decimals, halves up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def counting(criteria: Iterable[Criterion], points: Mapping[int, int]) -> list[Criterion]:
    """The criteria that make the total: counted, and answered."""
    return [criterion for criterion in criteria if criterion.is_counted and criterion.pk in points]


def worth(criterion: Criterion, points: int) -> Fraction:
    """What points on one criterion bring: weight · points / highest points."""
    return Fraction(criterion.weight * points, criterion.max_points)


def weighted_total(criteria: Iterable[Criterion], points: Mapping[int, int]) -> Decimal:
    """5 × Σ weight · (points / highest points) / Σ weight, over the counted criteria that have points.

    Raises ValueError when none has.
    """
    scored = counting(criteria, points)
    if not scored:
        raise ValueError("A total needs points.")
    reached = sum((worth(criterion, points[criterion.pk]) for criterion in scored), Fraction())
    return rounded(SCALE * reached / sum(criterion.weight for criterion in scored))


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What the totals of one submission come to; `spread` is the highest less the lowest."""

    mean: Decimal
    median: Decimal
    spread: Decimal
    reviews: int


def summary(totals: Sequence[Decimal]) -> Summary:
    """Of at least one total. Between two middle ones the median is their mean."""
    return Summary(
        mean=rounded(Fraction(sum(totals)) / len(totals)),
        median=rounded(median(map(Fraction, totals))),
        spread=max(totals) - min(totals),
        reviews=len(totals),
    )
