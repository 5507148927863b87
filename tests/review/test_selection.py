"""Deciding by a rule at the desk: shown, then stored in one press, unless something changed meanwhile."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from review import selection
from review.decisions import Outcome, decide
from review.models import Decision, Standing
from review.selection import Rule
from tests import factories

REASONS = {outcome: {"reasons": f"Because {outcome}."} for outcome in Outcome}
RULE = Rule(kind="threshold", selected_from=Decimal(4), reserve_from=Decimal(3))
ASKED = {"tab": "threshold", "selected_from": "4,0", "reserve_from": "3", "fewest": "1"}


@pytest.fixture
def reviewed(campaign):
    """`reviewed("4.50", "3.20")` makes submissions with these means."""

    def make(*means: str) -> list[Submission]:
        rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in means]
        for row, mean in zip(rows, means, strict=True):
            Standing.objects.create(submission=row, mean=mean, median=mean, spread="2.50", reviews=2)
        return rows

    return make


def outcomes() -> list[tuple]:
    rows = Decision.objects.order_by("submission")
    return list(rows.values_list("submission", "outcome", "reasons", "reserve_place"))


def test_a_rule_is_taken_as_it_was_shown(reviewed, campaign, coordinator, at):
    low, best, near, nearer = reviewed("1.00", "4.50", "3.10", "3.20")
    proposal = selection.propose(campaign, RULE, by=coordinator)
    taken = selection.take(campaign, RULE, digest=proposal.digest, reasons=REASONS, by=coordinator, at=at)
    assert taken == Counter(selected=1, reserve=2, declined=1)
    assert outcomes() == [
        (low.pk, "declined", "Because declined.", None),
        (best.pk, "selected", "Because selected.", None),
        (near.pk, "reserve", "Because reserve.", 2),
        (nearer.pk, "reserve", "Because reserve.", 1),
    ]
    assert ModelLogEntry.objects.filter(action="review.decide_by_rule").count() == 4


def test_a_rule_that_says_something_else_by_now_is_not_taken(reviewed, campaign, coordinator, at):
    row, _other = reviewed("4.50", "1.00")
    proposal = selection.propose(campaign, RULE, by=coordinator)
    Standing.objects.filter(submission=row).update(mean="3.50")
    with pytest.raises(Refused, match="has changed"):
        selection.take(campaign, RULE, digest=proposal.digest, reasons=REASONS, by=coordinator, at=at)
    assert outcomes() == []


def test_an_outcome_without_reasons_stores_nothing(reviewed, campaign, coordinator, at):
    reviewed("4.50", "1.00")
    digest = selection.propose(campaign, RULE, by=coordinator).digest
    with pytest.raises(Refused, match="reasons"):
        selection.take(
            campaign, RULE, digest=digest, reasons={"selected": {"reasons": "Good."}}, by=coordinator, at=at
        )
    assert outcomes() == []


def test_nobody_decides_by_a_rule_where_they_are_tied_or_where_it_is_decided(
    reviewed, campaign, coordinator, administrator, at
):
    tied, decided, free = reviewed("4.50", "4.40", "4.30")
    factories.ConflictFactory(submission=tied, person=coordinator)
    decide(decided, Outcome.DECLINED, reasons="No.", by=administrator, at=at)
    proposal = selection.propose(campaign, RULE, by=coordinator)
    assert proposal.tied == 1
    assert [result.candidate.submission for result in proposal.results] == [decided.pk, free.pk]
    selection.take(campaign, RULE, digest=proposal.digest, reasons=REASONS, by=coordinator, at=at)
    assert [row[:2] for row in outcomes()] == [(decided.pk, "declined"), (free.pk, "selected")]


def test_a_place_that_was_taken_out_of_a_persons_sight_is_taken(
    reviewed, campaign, coordinator, administrator, signed_in, at
):
    tied, free = reviewed("4.50", "4.40")
    decide(tied, Outcome.SELECTED, reasons="Good.", by=administrator, at=at)
    factories.ConflictFactory(submission=tied, person=coordinator)
    rule = Rule(kind="themes", quotas={tied.screened.theme_id: 1}, total=1)
    proposal = selection.propose(campaign, rule, by=coordinator)
    assert [(result.candidate.submission, result.outcome) for result in proposal.results] == [
        (free.pk, "declined")
    ]
    assert proposal.tied == 0
    asked = {"tab": "themes", "total": "1", "each": "1", "reserve": "0", "fewest": "1"}
    page = signed_in(coordinator).get(reverse("desk:choose"), asked)
    [group] = [row for row in page.context["groups"] if row["there"]]
    assert (group["selected"], group["there"], group["lacks"]) == (1, 2, False)
    assert tied.reference not in page.content.decode()


def test_the_desk_shows_what_a_rule_decides_and_stores_it_in_one_press(
    reviewed, campaign, coordinator, signed_in
):
    rows = reviewed("4.50", "1.00")
    desk, url = signed_in(coordinator), reverse("desk:choose")
    assert desk.get(url).status_code == 200
    page = desk.get(url, ASKED)
    content = page.content.decode()
    assert all(row.screened.title in content for row in rows)
    assert "its mean is high enough" in content
    assert "disagreement" in content
    assert outcomes() == []
    address = f"{url}?tab=threshold&selected_from=4,0&reserve_from=3&fewest=1"
    typed = {"digest": page.context["proposal"].digest, "selected-reasons": "Good."}
    assert desk.post(address, typed).status_code == 422
    assert desk.post(address, typed | {"declined-reasons": "No."}).status_code == 303
    assert [row[1:3] for row in outcomes()] == [("selected", "Good."), ("declined", "No.")]
    again = desk.post(address, typed | {"declined-reasons": "No."})
    assert "has changed since you looked" in again.content.decode()


@pytest.mark.parametrize("kind", ["themes", "regions"])
def test_places_are_shown_against_the_groups(kind, reviewed, campaign, coordinator, signed_in):
    rows = reviewed("4.50", "4.00", "1.00")
    asked = {"tab": kind, "total": "2", "each": "1", "reserve": "1", "fewest": "1"}
    page = signed_in(coordinator).get(reverse("desk:choose"), asked)
    proposal = page.context["proposal"]
    assert proposal.outcomes == Counter(selected=2, reserve=1)
    if kind == "themes":
        [group] = [row for row in page.context["groups"] if row["there"]]
        assert (group["places"], group["selected"], group["there"]) == (1, 2, len(rows))


def test_a_rule_takes_the_same_queries_for_two_and_for_twenty(reviewed, campaign, coordinator, at):
    numbers = []
    coordinator.get_all_permissions()  # read once a request
    for more in (2, 18):
        reviewed(*["4.50"] * more)
        with CaptureQueriesContext(connection) as captured:
            selection.propose(campaign, Rule(kind="regions", total=5), by=coordinator)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 8
