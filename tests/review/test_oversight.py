"""The figures of the overview against numbers counted by hand, and how many queries they take."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.models import Region
from pledges.models import Status
from review import charts
from review.boards import BOARDS
from review.charts import Row
from review.models import Procedure, Standing
from review.oversight import MOST_DAYS, Figures, Oversight
from tests import factories

DAY = timedelta(days=1)


def sent(campaign, status: str = Status.IN_REVIEW, **fields):
    return factories.SubmissionFactory(campaign=campaign, status=status, **fields)


def standing(submission, *, spread: str = "0.00", reviews: int = 3) -> None:
    Standing.objects.create(submission=submission, mean="3.00", spread=spread, reviews=reviews)


@pytest.fixture
def seen(campaign, coordinator, at) -> Oversight:
    return Oversight(campaign, coordinator, at=at)


def test_each_step_is_counted_by_theme_kind_and_day(campaign, seen, at):
    one, other = factories.ThemeFactory.create_batch(2, campaign=campaign)
    sent(campaign, Status.SUBMITTED, text__theme=one, organisation__kind="company", at=at)
    sent(campaign, Status.SPAM, text__theme=other, at=at - 3 * DAY)
    reviewed = sent(campaign, text__theme=one, at=at - 3 * DAY)
    standing(reviewed)
    factories.DecisionFactory(submission=reviewed)
    sent(campaign, Status.DRAFT, text__theme=one)
    factories.SubmissionFactory(status=Status.IN_REVIEW)
    assert seen.total == Figures(3, 2, 1, 1)
    assert seen.by_theme() == {one.pk: Figures(2, 1, 1, 1), other.pk: Figures(1, 1, 0, 0)}
    assert seen.by_kind() == {"company": Figures(1, 0, 0, 0), "association": Figures(2, 2, 1, 1)}
    today = at.date()
    assert seen.by_day() == {
        today - 3 * DAY: Figures(2, 2, 1, 1),
        today - 2 * DAY: Figures(),
        today - DAY: Figures(),
        today: Figures(1, 0, 0, 0),
    }


def test_a_long_round_is_told_by_weeks(campaign, seen, at):
    sent(campaign, at=at)
    sent(campaign, at=at - MOST_DAYS * DAY)
    weeks = seen.by_day()
    assert all(day.weekday() == 0 for day in weeks)
    assert (len(weeks), sum(figures.arrived for figures in weeks.values())) == (10, 2)
    assert date(2026, 11, 23) in weeks


def test_several_regions_count_each(campaign, seen):
    first, second = Region.objects.all()[:2]
    row = sent(campaign)
    row.latest.regions.set([first, second])
    sent(campaign)
    one = Figures(1, 1, 0, 0)
    assert seen.by_region() == {first.pk: one, second.pk: one, None: one}


def test_what_waits_is_told_by_its_age(campaign, seen, at):
    sent(campaign, Status.SUBMITTED, at=at - DAY)
    sent(campaign, Status.SUBMITTED, at=at - 8 * DAY)
    sent(campaign, Status.SUBMITTED, at=at - DAY, confirmed_at=None)
    sent(campaign, at=at - 40 * DAY)
    standing(sent(campaign), reviews=2)
    standing(sent(campaign), reviews=3)
    factories.DecisionFactory(submission=sent(campaign))
    waiting = seen.waiting()
    assert {name: row.ages for name, row in waiting.items()} == {
        "screen": (1, 0, 1, 0, 0),
        "review": (1, 0, 0, 0, 1),
        "returned": (0, 0, 0, 0, 0),
    }
    assert waiting["screen"].since == at - 8 * DAY
    assert waiting["returned"].since is None


def test_reviewers_are_told_with_what_is_done_and_left(campaign, seen, reviewer, other_reviewer, at):
    for fields in ({"handed_in_at": at, "total": "3.00"}, {"abstained_at": at, "saved_at": at}, {}):
        row = sent(campaign)
        factories.AssignmentFactory(submission=row, reviewer=reviewer)
        factories.ReviewFactory(submission=row, reviewer=reviewer, **fields)
    factories.AssignmentFactory(submission=sent(campaign), reviewer=other_reviewer)
    factories.AssignmentFactory(submission=sent(campaign, Status.SELECTED), reviewer=other_reviewer)
    told = {
        row.reviewer: (row.given, row.done, row.left, row.begun, row.abstained, row.last)
        for row in seen.at_work()
    }
    assert told == {reviewer: (3, 1, 1, 1, 1, at), other_reviewer: (2, 0, 1, 0, 0, None)}


def test_disagreement_is_what_the_procedure_calls_so(campaign, seen):
    Procedure.objects.create(campaign=campaign, disagreement=2)
    rows = [sent(campaign) for _place in range(4)]
    for row, spread, reviews in zip(rows, ("0.00", "1.99", "2.00", "5.00"), (1, 3, 3, 2), strict=True):
        standing(row, spread=spread, reviews=reviews)
    found = {lower: number for lower, number in seen.spreads().items() if number}
    assert found == {Decimal("1.5"): 1, Decimal("2.0"): 1, Decimal("4.5"): 1}
    assert [row.submission for row in seen.disagreed()] == [rows[3], rows[2]]


@pytest.mark.parametrize("name", BOARDS)
def test_a_conflict_of_interest_is_left_out_of_every_figure(name, campaign, coordinator, at):
    row = sent(campaign, Status.SUBMITTED)
    standing(row, spread="5.00")
    factories.ReviewFactory(submission=row, version=row.latest)
    factories.ConflictFactory(submission=row, person=coordinator)
    board = BOARDS[name](Oversight(campaign, coordinator, at=at))
    assert {cell.value for cells in board.rows for cell in cells[1:]} <= {0, ""}
    assert (board.chart, board.links) == (None, [])


def test_the_page_takes_as_many_queries_for_twenty_submissions_as_for_two(
    campaign, coordinator, reviewer, signed_in
):
    client, numbers = signed_in(coordinator), []
    for more in (2, 18):
        for row in [sent(campaign) for _place in range(more)]:
            standing(row, spread="3.00")
            factories.AssignmentFactory(submission=row, reviewer=factories.UserFactory())
        client.get(reverse("desk:overview"))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("desk:overview"))
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 20
    assert [board.name for board in page.context["boards"]] == list(BOARDS)


def test_a_figure_leads_to_the_list_that_it_counts(campaign, theme, coordinator, signed_in):
    sent(campaign, Status.SUBMITTED, text__theme=theme)
    client = signed_in(coordinator)
    boards = {board.name: board for board in client.get(reverse("desk:overview")).context["boards"]}
    for cell in (boards["theme"].rows[0][1], boards["ageing"].rows[0][6]):
        assert client.get(cell.url).context["page"].paginator.count == cell.value == 1


def test_each_table_is_taken_as_a_csv(campaign, theme, coordinator, signed_in):
    sent(campaign, text__theme=theme)
    answer = signed_in(coordinator).get(reverse("desk:take_overview", args=["theme"]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["Theme,Arrived,Screened,Reviewed,Decided", f"{theme},1,1,0,0"]


def test_an_empty_round_says_so(campaign, coordinator, signed_in):
    page = signed_in(coordinator).get(reverse("desk:overview")).content.decode()
    assert "Nothing has arrived yet" in page


def test_bars_lie_in_each_other_and_stand_behind_each_other():
    rows = [Row("a", (10, 5, 0)), Row("b", (4, 4, 1))]
    nested = charts.nested(rows, ["x", "y", "z"])
    assert [(mark.look, mark.x, mark.width) for mark in nested.marks] == [
        (0, "0.00%", "84.00%"),
        (1, "0.00%", "42.00%"),
        (0, "0.00%", "33.60%"),
        (1, "0.00%", "33.60%"),
        (2, "0.00%", "8.40%"),
    ]
    stacked = charts.stacked(rows, ["x", "y", "z"])
    assert [(mark.x, mark.width) for mark in stacked.marks][:2] == [("0.00%", "56.00%"), ("56.00%", "28.00%")]
    assert [word.text for word in stacked.words] == ["a", "15", "b", "9"]
    assert charts.upright([], []).marks == []
