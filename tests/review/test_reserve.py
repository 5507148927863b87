"""The reserve keeps an order that coordinators set."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges.lifecycle import Refused
from pledges.models import Status
from review import reserve
from review.decisions import Outcome, decide
from review.models import Decision, Standing
from review.releasing import release
from tests import factories


@pytest.fixture
def waiting(campaign, coordinator, at):
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(3)]
    for row, mean in zip(rows, ("1.00", "3.00", "2.00"), strict=True):
        Standing.objects.create(submission=row, mean=mean, median=mean, spread="0.00", reviews=2)
        decide(row, Outcome.RESERVE, reasons="Nearly.", by=coordinator, at=at)
    return rows


def in_order(campaign) -> list:
    return list(reserve.in_reserve(campaign.submissions.all()))


def test_the_reserve_is_moved_and_ordered_by_rank(waiting, campaign, coordinator, at):
    first, second, third = waiting
    assert in_order(campaign) == [first, second, third]
    reserve.move(third.decision, up=True, by=coordinator, at=at)
    assert in_order(campaign) == [first, third, second]
    reserve.move(first.decision, up=True, by=coordinator, at=at)
    assert in_order(campaign) == [first, third, second]
    reserve.move(first.decision, up=False, by=coordinator, at=at)
    assert in_order(campaign) == [third, first, second]
    reserve.order_by_rank(campaign, by=coordinator, at=at)
    assert in_order(campaign) == [second, third, first]
    assert set(Decision.objects.values_list("reserve_place", flat=True)) == {1, 2, 3}


def test_what_a_person_may_not_judge_keeps_its_place(waiting, campaign, coordinator, at):
    first, tied, third = waiting
    factories.ConflictFactory(submission=tied, person=coordinator)
    reserve.move(third.decision, up=True, by=coordinator, at=at)
    assert in_order(campaign) == [third, tied, first]
    reserve.move(third.decision, up=False, by=coordinator, at=at)
    reserve.order_by_rank(campaign, by=coordinator, at=at)
    assert in_order(campaign) == [third, tied, first]
    with pytest.raises(Refused, match="not in reserve"):
        reserve.move(tied.decision, up=True, by=coordinator, at=at)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
def test_the_reserve_locks_submissions_alone_before_decisions(waiting, campaign, coordinator, at):
    with CaptureQueriesContext(connection) as queries:
        reserve.order_by_rank(campaign, by=coordinator, at=at)
    locking = [row["sql"] for row in queries if "FOR UPDATE" in row["sql"]]
    assert [sql.rpartition("FOR UPDATE")[2] for sql in locking] == [
        ' OF "pledges_submission"',
        ' OF "review_decision"',
    ]


def test_the_first_whose_sender_knows_is_proposed(waiting, campaign, coordinator, signed_in, at):
    desk, url = signed_in(coordinator), reverse("desk:decisions") + "?tab=reserve"
    assert "is the first to be selected" not in desk.get(url).content.decode()
    release(campaign, by=coordinator, at=at)
    assert reserve.first_to_lift(campaign.submissions.all()) == waiting[0]
    desk.post(reverse("desk:move_in_reserve", args=[waiting[1].reference]), {"up": "1"})
    assert f"{waiting[1].reference} is the first to be selected" in desk.get(url).content.decode()


def test_what_is_decided_otherwise_leaves_the_reserve(waiting, campaign, coordinator, at):
    decide(waiting[0], Outcome.DECLINED, reasons="No.", by=coordinator, at=at)
    assert in_order(campaign) == waiting[1:]
    decide(waiting[0], Outcome.RESERVE, reasons="Nearly.", by=coordinator, at=at)
    assert in_order(campaign) == [*waiting[1:], waiting[0]]
