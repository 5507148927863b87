"""What a reviewer is asked, criterion by criterion."""

import pytest
from django.urls import reverse

from review.models import Criterion
from review.review_forms import ReviewForm
from tests import factories

ASKED = [
    Criterion(pk=1, name="Effect", weight=60, max_points=2),
    Criterion(pk=2, name="Reach", weight=40, max_points=1, is_yes_or_no=True),
    Criterion(pk=3, name="Tone", weight=1, max_points=1, is_required=False, is_counted=False),
]


def sent(**points) -> ReviewForm:
    return ReviewForm({"version": "1", **points}, criteria=ASKED, complete=True)


def test_points_are_numbers_or_yes_and_no_and_what_is_not_required_may_be_left_open():
    form = ReviewForm(criteria=ASKED)
    assert [form.fields[f"points_{row.pk}"].choices for row in ASKED] == [
        [(0, "0"), (1, "1"), (2, "2")],
        [(1, "Yes"), (0, "No")],
        [("", "No answer"), (0, "0"), (1, "1")],
    ]


def test_shares_are_of_what_is_counted():
    assert [row["share"] for row in ReviewForm(criteria=ASKED[:1]).scored()] == ["100"]


@pytest.mark.parametrize(
    ("points", "given"),
    [
        ({"points_1": "2", "points_2": "0"}, {1: 2, 2: 0}),
        ({"points_1": "0", "points_2": "1", "points_3": ""}, {1: 0, 2: 1}),
        ({"points_1": "0", "points_2": "1", "points_3": "1"}, {1: 0, 2: 1, 3: 1}),
    ],
)
def test_what_was_answered_is_what_is_judged(points, given):
    form = sent(**points)
    assert form.is_valid(), form.errors
    assert form.judgement().points == given


@pytest.mark.parametrize(
    ("points", "wrong"),
    [({"points_1": "2"}, "points_2"), ({"points_1": "3", "points_2": "1"}, "points_1")],
)
def test_what_is_required_must_be_answered_within_its_scale(points, wrong):
    assert set(sent(**points).errors) == {wrong}


def test_a_reviewer_is_asked_what_the_kind_is_judged_by(campaign, assigned, reviewer, signed_in):
    for kind in ("", "pledge", "initiative"):
        factories.CriterionFactory(campaign=campaign, name=f"Criterion of {kind or 'both'}", kind=kind)
    page = signed_in(reviewer).get(reverse("desk:review", args=[assigned.reference])).content.decode()
    assert [f"Criterion of {kind}" in page for kind in ("both", "pledge", "initiative")] == [
        True,
        True,
        False,
    ]
