"""Totals, means, medians and spreads, reckoned by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from review.models import Criterion
from review.totals import Summary, rounded, summary, weighted_total


def criterion(pk: int, weight: int, max_points: int = 5, **more) -> Criterion:
    return Criterion(pk=pk, weight=weight, max_points=max_points, **more)


SKETCH = [criterion(1, 40), criterion(2, 20), criterion(3, 25), criterion(4, 15)]
YES_OR_NO = criterion(5, 20, 1, is_yes_or_no=True)
SHOWN = criterion(6, 100, is_counted=False)


@pytest.mark.parametrize(
    ("criteria", "points", "total"),
    [
        # 0.40 · 4 + 0.20 · 5 + 0.25 · 3 + 0.15 · 4 = 1.6 + 1 + 0.75 + 0.6
        (SKETCH, {1: 4, 2: 5, 3: 3, 4: 4}, "3.95"),
        (SKETCH, {1: 0, 2: 0, 3: 0, 4: 0}, "0.00"),
        (SKETCH, {1: 5, 2: 5, 3: 5, 4: 5}, "5.00"),
        # weights that do not make 100: 5 · (1 · 1/5 + 2 · 2/5) / 3 = 5 · 1 / 3
        ([criterion(1, 1), criterion(2, 2)], {1: 1, 2: 2}, "1.67"),
        # scales of different lengths: 5 · (60 · 4/5 + 40 · 1/3) / 100 = 2.4 + 0.6666…
        ([criterion(1, 60), criterion(2, 40, 3)], {1: 4, 2: 1}, "3.07"),
        # a half goes up: 5 · (1 · 1/10 + 3 · 0) / 4 = 0.125
        ([criterion(1, 1, 10), criterion(2, 3)], {1: 1, 2: 0}, "0.13"),
        # yes brings the whole weight, no nothing: 5 · (40 · 3/5 + 20 · 1/1) / 60, and 5 · (40 · 3/5) / 60
        ([SKETCH[0], YES_OR_NO], {1: 3, 5: 1}, "3.67"),
        ([SKETCH[0], YES_OR_NO], {1: 3, 5: 0}, "2.00"),
        # only what has points counts: 5 · (40 · 4/5) / 40
        (SKETCH, {1: 4}, "4.00"),
        # what is only shown changes nothing, whatever its weight
        ([*SKETCH, SHOWN], {1: 4, 2: 5, 3: 3, 4: 4, 6: 0}, "3.95"),
        # points for another kind's criterion, given before it was one, are in no sum
        (SKETCH[:2], {1: 4, 2: 4, 9: 0}, "4.00"),
    ],
)
def test_a_total_weighs_points_and_comes_to_a_scale_of_five(criteria, points, total):
    assert weighted_total(criteria, points) == Decimal(total)


@pytest.mark.parametrize(("criteria", "points"), [(SKETCH, {}), ([SHOWN], {6: 5}), ([], {1: 5})])
def test_a_total_without_points_that_count_is_an_error(criteria, points):
    with pytest.raises(ValueError, match="points"):
        weighted_total(criteria, points)


@pytest.mark.parametrize(
    ("totals", "mean", "median", "spread"),
    [
        (["3.07"], "3.07", "3.07", "0.00"),
        # (3.07 + 5.00) / 2 = 4.035
        (["3.07", "5.00"], "4.04", "4.04", "1.93"),
        # (1.00 + 4.00 + 4.50) / 3 = 3.1666…
        (["4.50", "1.00", "4.00"], "3.17", "4.00", "3.50"),
        # (0.50 + 3.00 + 3.25 + 5.00) / 4 = 2.9375; between 3.00 and 3.25 lies 3.125
        (["5.00", "3.00", "0.50", "3.25"], "2.94", "3.13", "4.50"),
        (["2.00", "2.00", "2.00"], "2.00", "2.00", "0.00"),
    ],
)
def test_totals_are_summed_up(totals, mean, median, spread):
    assert summary([Decimal(total) for total in totals]) == Summary(
        mean=Decimal(mean), median=Decimal(median), spread=Decimal(spread), reviews=len(totals)
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(1, 8), "0.13"), (Fraction(9, 8), "1.13"), (Fraction(1, 3), "0.33"), (Fraction(2, 3), "0.67")],
)
def test_halves_are_rounded_up(value, shown):
    assert rounded(value) == Decimal(shown)
