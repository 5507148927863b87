"""The ranking explained: ties, disagreement, and sums that can be done again by hand."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from pledges.models import Status
from review import explaining, scoring
from review.models import Procedure, Standing
from tests import factories


def standing(campaign, mean, spread, reviews) -> Standing:
    submission = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    return Standing.objects.create(
        submission=submission, mean=mean, median=mean, spread=spread, reviews=reviews
    )


def test_the_ranking_settles_ties_by_its_rule_and_says_so(campaign):
    rows = {
        "low": standing(campaign, "2.00", "0.00", 3),
        "apart": standing(campaign, "4.00", "2.00", 3),
        "few": standing(campaign, "4.00", "0.50", 2),
        "many": standing(campaign, "4.00", "0.50", 3),
        "twin": standing(campaign, "2.00", "0.00", 3),
        "best": standing(campaign, "4.50", "2.00", 1),
    }
    ranked = explaining.explained(list(scoring.rank(campaign)), first=1, limit=Decimal("2.00"))
    names = {row.pk: name for name, row in rows.items()}
    assert [(row.rank, names[row.standing.pk], row.tie, row.is_disputed) for row in ranked] == [
        (1, "best", "", False),
        (2, "many", "the reviewers agree more", False),
        (3, "apart", "more reviews", True),
        (4, "few", "", False),
        (5, "low", "arrived earlier", False),
        (6, "twin", "", False),
    ]


@pytest.fixture
def judged(campaign, criteria, in_review, reviewer, other_reviewer, at):
    """Effect 60 of 5, novelty 40 of 3; tone is only shown, and the second reviewer says nothing of it."""
    tone = factories.CriterionFactory(campaign=campaign, name="Tone", is_counted=False, is_required=False)
    for minutes, (person, points) in enumerate(((reviewer, (4, 1, 5)), (other_reviewer, (1, 0)))):
        factories.AssignmentFactory(submission=in_review, reviewer=person)
        given = {row.pk: number for row, number in zip([*criteria, tone], points, strict=False)}
        judgement = scoring.Judgement(version=in_review.screened_id, points=given)
        scoring.hand_in(in_review, person, judgement, at=at + timedelta(minutes=minutes))
    return in_review


def test_an_account_has_every_number_of_the_calculation(judged):
    account = explaining.account(judged)
    cells = {
        line.criterion.name: [(cell.points, cell.worth) for cell in line.cells] for line in account.lines
    }
    assert cells == {
        "Effect": [(4, Fraction(48)), (1, Fraction(12))],
        "Novelty": [(1, Fraction(40, 3)), (0, Fraction(0))],
        "Tone": [(5, None), (None, None)],
    }
    # 5 · 61.33… / 100, and 5 · 12 / 100
    assert [(row.number, row.reached, row.weights, row.total) for row in account.sums] == [
        (1, Fraction(184, 3), 100, Decimal("3.07")),
        (2, Fraction(12), 100, Decimal("0.60")),
    ]
    assert account.totals == account.middle == [Decimal("0.60"), Decimal("3.07")]


@pytest.mark.parametrize(("number", "middle"), [(1, [1]), (2, [1, 2]), (3, [2]), (4, [2, 3]), (5, [3])])
def test_the_middle_is_one_total_or_two(judged, number, middle):
    account = explaining.account(judged)
    rows = [replace(account.sums[0], total=total) for total in range(1, number + 1)]
    assert replace(account, sums=rows).middle == middle


def test_what_is_not_counted_is_told(judged, other_reviewer, at):
    factories.ReviewFactory(submission=judged)
    factories.ReviewFactory(submission=judged, abstained_at=at)
    factories.ConflictFactory(submission=judged, person=other_reviewer)
    account = explaining.account(judged)
    assert explaining.left_out(judged, counted=len(account.sums)) == {
        "drafts": 1,
        "abstentions": 1,
        "conflicts": 1,
    }


def test_a_step_names_the_rule_and_what_it_compared(campaign, at):
    rows = [
        standing(campaign, "4.50", "2.00", 1),
        standing(campaign, "4.00", "0.50", 3),
        standing(campaign, "4.00", "0.50", 2),
        standing(campaign, "4.00", "1.00", 2),
        standing(campaign, "4.00", "1.00", 2),
    ]
    rows[-1].submission.submitted_at = at
    rows[-1].submission.save()
    ranked = list(scoring.rank(campaign))
    assert ranked == rows
    steps = [
        explaining.step(above, below, campaign) for above, below in zip(ranked, ranked[1:], strict=False)
    ]
    assert [(step.rule, step.values) for step in steps[:3]] == [
        ("higher mean", ("4.50", "4.00")),
        ("more reviews", ("3", "2")),
        ("the reviewers agree more", ("0.50", "1.00")),
    ]
    assert steps[3].rule == "arrived earlier"
    assert steps[3].values[1] == "Tue 24 Nov 2026 at 12.00"


def why(client, submission, **query) -> str:
    response = client.get(reverse("desk:why", args=[submission.reference]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_coordinators_read_the_sums_with_names(judged, coordinator, reviewer, signed_in):
    html = why(signed_in(coordinator), judged)
    for words in (
        "60 × 4 ÷ 5 = 48",
        "40 × 1 ÷ 3 = 13.3333",
        "5 × 61.3333 ÷ 100",
        "(0.60 + 3.07) ÷ 2 = ",
        "3.07 − 0.60 = ",
        "The reviewers disagree",
        "Rank of 1",
        str(reviewer),
    ):
        assert words in html


def test_observers_read_them_by_number(judged, observer, reviewer, signed_in):
    html = why(signed_in(observer), judged)
    assert "Review 1" in html
    assert str(reviewer) not in html


def test_neighbours_are_those_of_the_list_that_is_open(judged, campaign, coordinator, signed_in):
    initiative = standing(campaign, "4.50", "0.00", 2)
    initiative.submission.kind = "initiative"
    initiative.submission.save()
    pledge = standing(campaign, "4.00", "0.00", 2)
    client = signed_in(coordinator)
    html = why(client, judged)
    assert "Rank of 3" in html
    assert "higher mean (4.00 against 1.84)" in html
    assert "Rank of 2" in why(client, judged, kind="pledge")
    assert initiative.submission.reference not in why(client, pledge.submission, kind="pledge")
    assert initiative.submission.reference in why(client, pledge.submission)


def test_what_nobody_has_reviewed_has_no_rank(in_review, coordinator, signed_in):
    assert "It has no rank" in why(signed_in(coordinator), in_review)


def test_a_page_of_reasons_takes_few_queries(judged, coordinator, signed_in, django_assert_max_num_queries):
    client = signed_in(coordinator)
    why(client, judged)
    with django_assert_max_num_queries(20):
        why(client, judged)


def test_the_ranking_shows_one_kind_with_medians_and_tells_disagreement(
    judged, campaign, coordinator, signed_in
):
    other = standing(campaign, "4.50", "0.00", 2)
    other.submission.kind = "initiative"
    other.submission.save()
    client, url = signed_in(coordinator), reverse("desk:ranking")
    html = client.get(url, {"kind": "pledge"}).content.decode()
    assert "1 submission with reviews" in html
    assert "disagreement" in html
    Procedure.objects.create(campaign=campaign, disagreement="2.50")
    html = client.get(url, {"kind": "pledge"}).content.decode()
    assert "disagreement" not in html
    assert "From a spread of 2.50 on" in html
