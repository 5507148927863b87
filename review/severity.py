"""Strict and mild reviewers: how far each lies from the others, and what the means would be without that.

A reviewer's difference is the mean, over the submissions that somebody else has reviewed too, of the reviewer's
total less the mean of all totals of that submission. A corrected mean is the mean of the totals, each less its
reviewer's difference and kept from 0 to 5. It is shown beside the mean and never takes its place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from review.models import Standing
from review.sight import counted_reviews
from review.totals import SCALE, rounded


@dataclass(frozen=True)
class Given:
    """One counted review: whose, of what, and its total."""

    submission: int
    reviewer: int
    total: Decimal


def given(standings: QuerySet[Standing]) -> list[Given]:
    """The reviews behind a ranking, or a part of it."""
    reviews = counted_reviews().filter(submission__in=standings.order_by().values("submission"))
    rows = reviews.order_by("submission", "pk")
    return [Given(*row) for row in rows.values_list("submission", "reviewer", "total")]


def differences(reviews: Iterable[Given]) -> dict[int, Fraction]:
    """By reviewer; above nought for a mild one. Whoever shares no submission with another has none."""
    apart: dict[int, list[Fraction]] = {}
    for rows in _by_submission(reviews).values():
        if len(rows) > 1:
            mean = _mean([Fraction(row.total) for row in rows])
            for row in rows:
                apart.setdefault(row.reviewer, []).append(Fraction(row.total) - mean)
    return {reviewer: _mean(values) for reviewer, values in apart.items()}


def corrected(reviews: Iterable[Given], apart: Mapping[int, Fraction]) -> dict[int, Decimal]:
    """The mean of each submission without its reviewers' differences."""
    return {
        submission: rounded(
            _mean([_kept_within(Fraction(row.total) - apart.get(row.reviewer, Fraction())) for row in rows])
        )
        for submission, rows in _by_submission(reviews).items()
    }


def _by_submission(reviews: Iterable[Given]) -> dict[int, list[Given]]:
    rows: dict[int, list[Given]] = {}
    for review in reviews:
        rows.setdefault(review.submission, []).append(review)
    return rows


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def _kept_within(value: Fraction) -> Fraction:
    return min(max(value, Fraction()), Fraction(SCALE))
