"""The calibration round as a picture and a table, and the page that says how firm the ranking is."""

from decimal import Decimal

import pytest
from django.urls import reverse

from pledges.models import Status, Submission
from review import panel, scoring
from review.models import Procedure
from review.totals import SCALE
from tests import factories


@pytest.fixture
def round_of_two(campaign, criteria, reviewer, other_reviewer, at) -> list[Submission]:
    """Totals 5.00 and 3.07 of the first, 1.00 (twice) of the second, which is in the round alone with it."""
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(2)]
    points = {
        (0, reviewer): (5, 3),
        (0, other_reviewer): (4, 1),
        (1, reviewer): (1, 1),
        (1, other_reviewer): (1, 1),
    }
    for (place, person), numbers in points.items():
        row = rows[place]
        factories.AssignmentFactory(submission=row, reviewer=person)
        given = {criterion.pk: number for criterion, number in zip(criteria, numbers, strict=True)}
        scoring.hand_in(row, person, scoring.Judgement(version=row.screened_id, points=given), at=at)
    Procedure.objects.create(campaign=campaign).calibration.set(rows)
    return rows


def of_these(rows: list[Submission]) -> panel.Panel:
    return panel.of(Submission.objects.filter(pk__in=[row.pk for row in rows]).select_related("screened"))


def test_a_panel_is_told_by_submission_and_by_reviewer(round_of_two, reviewer, other_reviewer):
    found = of_these(round_of_two)
    by_reference = {chart.submission.reference: chart for chart in found.charts}
    first, second = (by_reference[row.reference] for row in round_of_two)
    # (5.00 + 3.07) / 2 = 4.035; 5 · (60 · 1/5 + 40 · 1/3) / 100 = 1.2666…
    assert (first.mean, first.spread) == (Decimal("4.04"), Decimal("1.93"))
    assert (second.mean, second.spread) == (Decimal("1.27"), Decimal("0.00"))
    # Of the first ± 0.965, of the second nothing: 0.4825 on the mean.
    differences = {member.person: member.difference for member in found.members}
    assert differences == {reviewer: Decimal("0.48"), other_reviewer: Decimal("-0.48")}
    for member in found.members:
        assert member.totals == [
            next(dot.total for dot in chart.dots if dot.number == member.number) for chart in found.charts
        ]


def test_dots_lie_on_the_scale_and_never_on_one_another(round_of_two):
    charts = of_these(round_of_two).charts
    ends = [at for _points, at in (panel.TICKS[0], panel.TICKS[-1])]
    assert ends == [panel.LEFT, panel.LEFT + panel.WIDTH]
    for chart in charts:
        places = [(dot.x, dot.y) for dot in chart.dots]
        assert len(set(places)) == len(places)
        for dot in chart.dots:
            assert dot.x == panel.LEFT + round(dot.total / SCALE * panel.WIDTH)
            assert dot.y < chart.height


def test_what_nobody_has_reviewed_has_an_empty_chart(in_review):
    found = of_these([in_review])
    assert (found.charts[0].dots, found.charts[0].mean, found.members) == ([], None, [])


@pytest.mark.parametrize("name", ["calibration", "firmness"])
def test_coordinators_read_names_and_observers_numbers(
    name, round_of_two, coordinator, observer, reviewer, signed_in
):
    url = reverse(f"desk:{name}")
    assert str(reviewer) in signed_in(coordinator).get(url).content.decode()
    html = signed_in(observer).get(url).content.decode()
    assert "Reviewer 1" in html
    assert str(reviewer) not in html


def test_a_coordinator_does_not_meet_what_a_conflict_hides(round_of_two, coordinator, signed_in):
    hidden = round_of_two[0]
    factories.ConflictFactory(submission=hidden, person=coordinator)
    for name in ("calibration", "firmness"):
        assert hidden.reference not in signed_in(coordinator).get(reverse(f"desk:{name}")).content.decode()


def test_without_a_round_the_page_says_how_there_comes_to_be_one(campaign, coordinator, signed_in):
    html = signed_in(coordinator).get(reverse("desk:calibration")).content.decode()
    assert "Nothing to compare yet" in html


def test_the_first_of_the_ranking_stand_beside_their_corrected_means(
    round_of_two, coordinator, signed_in, django_assert_max_num_queries
):
    client, url = signed_in(coordinator), reverse("desk:firmness")
    client.get(url)
    with django_assert_max_num_queries(14):
        rows = client.get(url, {"kind": "pledge", "top": "10", "percent": "30"}).context["rows"]
    assert [(row["rank"], row["corrected"], row["rank_corrected"]) for row in rows] == [
        # (4.5175 + 3.5525) / 2, and (0.7875 + 1.7525) / 2
        (1, Decimal("4.04"), 1),
        (2, Decimal("1.27"), 2),
    ]
    assert [(row["firmness"].keeps, row["firmness"].stays) for row in rows] == [(100, 100)] * 2


@pytest.mark.parametrize("asked", [{"top": "7"}, {"percent": "x"}, {"top": "9" * 30, "kind": "none"}])
def test_other_questions_are_answered_with_the_usual_ones(asked, round_of_two, coordinator, signed_in):
    context = signed_in(coordinator).get(reverse("desk:firmness"), asked).context
    assert (context["top"], context["percent"], context["kind"]) == (20, 20, "")
