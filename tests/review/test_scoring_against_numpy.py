"""Scoring against a second computation: numpy's, written from the published rule and not from the code."""

from decimal import Decimal
from functools import partial

import numpy as np
import pytest
from django.contrib.auth.models import Group
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.kinds import Kind
from campaign.models import Phase
from home.models.user import REVIEWERS
from pledges.models import Status
from review.judgement import Judgement
from review.models import Criterion, Review, Standing
from review.scoring import hand_in, incomplete, recompute
from review.totals import summary, weighted_total
from tests import factories

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


@settings(max_examples=120, deadline=None)
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


@settings(max_examples=120, deadline=None)
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


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_stored_is_numpy_s_before_and_after_new_weights(data, db):
    """Three reviews of one pledge, handed in; then every weight is drawn anew and all is recomputed."""
    phases = factories.laid_around(factories.AT, on=Phase.Kind.REVIEW)
    campaign = factories.CampaignFactory(phases=phases)
    make = partial(factories.CriterionFactory, campaign=campaign)
    rows = [make(weight=data.draw(st.integers(1, 100)), max_points=number) for number in (5, 3)]
    rows.append(make(weight=data.draw(st.integers(1, 100)), is_required=False))
    rows.append(make(weight=100, is_required=False, is_counted=False))
    pledge = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    given_points = [_handed_in(data, pledge, rows) for _reviewer in range(3)]
    for _round in range(2):
        expected = np.array([by_numpy(rows, points) for points in given_points])
        totals = Review.objects.filter(submission=pledge).order_by("pk").values_list("total", flat=True)
        np.testing.assert_allclose(np.array(totals, dtype=float), expected, atol=HALF)
        standing, stored = Standing.objects.get(submission=pledge), np.array(totals, dtype=float)
        found = [standing.mean, standing.median, standing.spread]
        wanted = [stored.mean(), np.median(stored), np.ptp(stored)]
        np.testing.assert_allclose(np.array(found, dtype=float), wanted, atol=HALF)
        for row in rows:
            row.weight = data.draw(st.integers(1, 100))
            row.save()
        recompute(campaign)


def _handed_in(data, pledge, rows) -> dict[int, int]:
    reviewer = factories.UserFactory()
    reviewer.groups.add(Group.objects.get(name=REVIEWERS))
    factories.AssignmentFactory(submission=pledge, reviewer=reviewer)
    required = {row.pk: data.draw(st.integers(0, row.max_points)) for row in rows[:2]}
    points = data.draw(review(rows[2:])) | required
    hand_in(pledge, reviewer, Judgement(version=pledge.screened_id, points=points), at=factories.AT)
    return points
