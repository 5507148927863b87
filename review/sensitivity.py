"""How much of the ranking hangs on the weights: it is worked out many times with each weight a little different."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from review.models import Criterion, Score, Standing
from review.sight import counted_reviews
from review.totals import SCALE

DRAWS = 500
# The same draws every time, so that everybody reads the same page.
SEED = 2015


@dataclass(frozen=True, kw_only=True)
class Firmness:
    """In how many per cent of the draws a submission keeps its rank, and stays among the first."""

    keeps: float
    stays: float


def of(
    standings: QuerySet[Standing], criteria: Sequence[Criterion], *, top: int, percent: int
) -> dict[int, Firmness]:
    """Of the first of a ranking, by submission id."""
    given = _given(standings, criteria)
    ranked = [pk for pk in standings.values_list("submission", flat=True) if pk in given]
    found = firmness(criteria, [given[pk] for pk in ranked], top=top, percent=percent)
    return dict(zip(ranked, found, strict=False))


def _given(standings: QuerySet[Standing], criteria: Sequence[Criterion]) -> dict[int, list[dict[int, int]]]:
    """The points of each counted review that are in its total, by submission."""
    counted = {criterion.pk: criterion for criterion in criteria if criterion.is_counted}
    reviews = counted_reviews().filter(submission__in=standings.order_by().values("submission"))
    scores = Score.objects.filter(review__in=reviews, criterion__in=counted).order_by("review")
    columns = ("review__submission", "review__submission__kind", "review", "criterion", "points")
    given: dict[int, dict[int, dict[int, int]]] = {}
    for submission, kind, review, criterion, points in scores.values_list(*columns):
        if counted[criterion].is_for(kind):
            given.setdefault(submission, {}).setdefault(review, {})[criterion] = points
    return {submission: list(rows.values()) for submission, rows in given.items()}


def firmness(
    criteria: Sequence[Criterion],
    ranked: Sequence[Sequence[Mapping[int, int]]],
    *,
    top: int,
    percent: int,
) -> list[Firmness]:
    """Of the first `top` submissions of a ranking, while every weight varies by up to `percent` by itself.

    `ranked` has each submission's reviews as points by criterion id, in the order of the ranking. Every review
    has points for something that counts. Where means are the same, that order stands.
    """
    if not ranked:
        return []
    counted = [criterion for criterion in criteria if criterion.is_counted]
    reached = _reached(counted, [points for reviews in ranked for points in reviews])
    answered, reached = ~np.isnan(reached), np.nan_to_num(reached)
    sizes = np.array([len(reviews) for reviews in ranked])
    starts = np.cumsum(sizes) - sizes
    weights = np.array([criterion.weight for criterion in counted])
    first = np.arange(min(top, len(ranked)))
    keeps, stays = np.zeros(first.size), np.zeros(first.size)
    for factors in _factors(percent, len(counted)):
        totals = _hundredths(SCALE * (reached @ (weights * factors)) / (answered @ (weights * factors)))
        means = _hundredths(np.add.reduceat(totals, starts) / sizes)
        places = np.argsort(np.argsort(-means, kind="stable"))[: first.size]
        keeps += places == first
        stays += places < first.size
    return [
        Firmness(keeps=100 * kept / DRAWS, stays=100 * stayed / DRAWS)
        for kept, stayed in zip(keeps.tolist(), stays.tolist(), strict=True)
    ]


def _reached(criteria: Sequence[Criterion], reviews: Sequence[Mapping[int, int]]) -> np.ndarray:
    """A row a review, a column a criterion: points of the highest points, nan without an answer."""
    rows = [[points.get(row.pk, np.nan) / row.max_points for row in criteria] for points in reviews]
    return np.array(rows, dtype=float)


def _factors(percent: int, number: int) -> np.ndarray:
    share = percent / 100
    return np.random.default_rng(SEED).uniform(1 - share, 1 + share, size=(DRAWS, number))


def _hundredths(values: np.ndarray) -> np.ndarray:
    """Rounded as totals and means are: halves up. What lies at a half within the error of a float is one."""
    return np.floor(values * 100 + 0.5 + 1e-9) / 100
