"""Scoring against a second computation: numpy's, written from the published rule and not from the code."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.kinds import Kind
from review.models import Criterion
from review.scoring import incomplete
from review.totals import summary, weighted_total

# A stored number differs from the exact one by half a hundredth at most, and by the error of floating point.
HALF = 0.005 + 1e-9
KINDS = ("", *Kind.values)


@st.composite
def criteria(draw) -> list[Criterion]:
    """From one to six, of any kind, weight and scale, required or not, counted or only shown."""
    return [
        Criterion(
            pk=number,
            weight=draw(st.integers(1, 100)),
            max_points=1 if (yes_or_no := draw(st.booleans())) else draw(st.integers(1, 10)),
            is_yes_or_no=yes_or_no,
            kind=draw(st.sampled_from(KINDS)),
            is_required=draw(st.booleans()),
            is_counted=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(2, 7)))
    ]


@st.composite
def review(draw, rows: list[Criterion]) -> dict[int, int]:
    """Points for some of the criteria, be they of another kind."""
    return {row.pk: draw(st.integers(0, row.max_points)) for row in rows if draw(st.booleans())}


def by_numpy(rows: list[Criterion], points: dict[int, int]) -> float:
    """Nan where nothing counts."""
    scale = np.array([row.max_points for row in rows], dtype=float)
    reached = np.array([points.get(row.pk, np.nan) for row in rows], dtype=float) / scale
    weights = np.array([row.weight * row.is_counted for row in rows], dtype=float)
    weights[np.isnan(reached)] = 0
    with np.errstate(invalid="ignore"):
        return 5 * np.nansum(weights * reached) / weights.sum()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_totals_are_numpy_s(data):
    kind = data.draw(st.sampled_from(Kind.values))
    rows = [row for row in data.draw(criteria()) if row.is_for(kind)]
    points = data.draw(review(rows))
    expected = by_numpy(rows, points)
    if np.isnan(expected):
        assert incomplete(rows, points)
        with pytest.raises(ValueError, match="points"):
            weighted_total(rows, points)
    else:
        total = weighted_total(rows, points)
        assert 0 <= total <= 5
        assert abs(float(total) - expected) <= HALF


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=9))
def test_means_medians_and_spreads_are_numpy_s(hundredths):
    totals = np.array(hundredths) / 100
    found = summary([Decimal(number) / 100 for number in hundredths])
    assert abs(float(found.mean) - totals.mean()) <= HALF
    assert abs(float(found.median) - np.median(totals)) <= HALF
    assert float(found.spread) == pytest.approx(np.ptp(totals))
    assert found.reviews == totals.size


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_review_is_whole_when_all_that_is_required_and_something_that_counts_has_points(data):
    rows = data.draw(criteria())
    points = data.draw(review(rows))
    answered = np.array([row.pk in points for row in rows])
    required = np.array([row.is_required for row in rows])
    counted = np.array([row.is_counted for row in rows])
    whole = answered[required].all() and (answered & counted).any()
    assert (incomplete(rows, points) is None) == whole
