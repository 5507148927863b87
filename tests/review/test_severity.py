"""Strict and mild reviewers, reckoned by hand."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from review.severity import Given, corrected, differences


def reviews(table: dict[int, dict[int, str]]) -> list[Given]:
    """Totals by submission and reviewer."""
    return [
        Given(submission=submission, reviewer=reviewer, total=Decimal(total))
        for submission, totals in table.items()
        for reviewer, total in totals.items()
    ]


# Reviewer 1 is strict, 2 is mild; 3 has only what nobody else has reviewed.
TABLE = {
    # mean 3.00: -1.00 and +1.00
    10: {1: "2.00", 2: "4.00"},
    # mean 3.50: -0.50 and +0.50
    11: {1: "3.00", 2: "4.00"},
    # one review only: says nothing of how strict anybody is
    12: {1: "1.00"},
    13: {3: "5.00"},
}


def test_a_difference_is_the_mean_distance_from_the_means_of_what_others_reviewed_too():
    assert differences(reviews(TABLE)) == {1: Fraction(-3, 4), 2: Fraction(3, 4)}


def test_a_corrected_mean_leaves_the_differences_out():
    rows = reviews(TABLE)
    assert corrected(rows, differences(rows)) == {
        10: Decimal("3.00"),  # (2.75 + 3.25) / 2
        11: Decimal("3.50"),  # (3.75 + 3.25) / 2
        12: Decimal("1.75"),  # 1.00 + 0.75
        13: Decimal("5.00"),
    }


def test_a_corrected_total_stays_on_the_scale():
    rows = reviews({1: {1: "4.50"}, 2: {2: "0.50"}})
    apart = {1: Fraction(-1), 2: Fraction(1)}
    assert corrected(rows, apart) == {1: Decimal("5.00"), 2: Decimal("0.00")}


TOTALS = st.lists(st.integers(0, 500), min_size=6, max_size=6)


@settings(max_examples=60, deadline=None)
@given(TOTALS)
def test_both_are_numpy_s(hundredths):
    """Three reviewers of the same two submissions, as a matrix."""
    totals = np.array(hundredths).reshape(2, 3) / 100
    rows = reviews({row: {column: f"{totals[row, column]:.2f}" for column in range(3)} for row in range(2)})
    apart = (totals - totals.mean(axis=1, keepdims=True)).mean(axis=0)
    found = differences(rows)
    np.testing.assert_allclose([float(found[column]) for column in range(3)], apart, atol=1e-9)
    means = np.clip(totals - apart, 0, 5).mean(axis=1)
    np.testing.assert_allclose(
        [float(mean) for mean in corrected(rows, found).values()], means, atol=0.005001
    )
