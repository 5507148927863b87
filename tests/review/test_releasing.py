"""Releasing: at once or by the worker, every decision once, each with one letter."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.models import Mail
from pledges.models import Status, Submission
from review import decisions, releasing
from review.decisions import Outcome, decide
from review.models import Decision, Procedure
from tests import factories

REASONS = "It reaches many people at little cost."


@pytest.fixture
def pend(campaign, coordinator, at):
    """`pend(3)` makes three submissions with a pending decision."""

    def make(number: int) -> list[Submission]:
        rows = [
            factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(number)
        ]
        for row in rows:
            decide(row, Outcome.DECLINED, reasons=REASONS, by=coordinator, at=at)
        return rows

    return make


def letters() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("reference", "key"))


def test_many_are_ordered_with_one_press_and_released_by_the_worker_once(
    pend, campaign, coordinator, signed_in, at, monkeypatch
):
    monkeypatch.setattr(releasing, "MOST_AT_ONCE", 2)
    rows, desk, url = pend(5), signed_in(coordinator), reverse("desk:release_decisions")
    seen = {"seen": "1", "digest": desk.get(url).context["digest"]}
    for _twice in range(2):
        told = desk.post(url, seen, follow=True).content.decode()
    assert "5 decisions are being released in the background" in told
    assert letters() == []
    assert releasing.release_ordered(at, most=3) == Counter({"declined": 3})
    assert releasing.release_ordered(at) == Counter({"declined": 2})
    assert releasing.release_ordered(at) == Counter()
    assert letters() == [(row.reference, f"decision:{row.reference}:1") for row in rows]
    assert not decisions.pending(campaign).exists()


def test_what_is_decided_anew_or_taken_away_after_the_order_stays_untold(pend, campaign, coordinator, at):
    anew, away, other = pend(3)
    releasing.order(campaign, by=coordinator, at=at)
    decide(anew, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    decisions.undo(away, by=coordinator, at=at)
    assert releasing.release_ordered(at) == Counter({"declined": 1})
    assert [reference for reference, _key in letters()] == [other.reference]
    assert list(decisions.pending(campaign).values_list("submission", flat=True)) == [anew.pk]


def test_an_ordered_one_that_may_not_be_released_is_pending_again_and_holds_nobody_up(
    pend, campaign, coordinator, at
):
    astray, tied, fine = pend(3)
    releasing.order(campaign, by=coordinator, at=at)
    Submission.objects.filter(pk=astray.pk).update(status=Status.RETURNED)
    factories.ConflictFactory(submission=tied, person=coordinator)
    assert releasing.release_ordered(at) == Counter({"declined": 1})
    assert not releasing.ordered().exists()
    assert set(decisions.pending(campaign).values_list("submission", flat=True)) == {astray.pk, tied.pk}
    assert [reference for reference, _key in letters()] == [fine.reference]


def test_only_what_was_looked_at_is_released(pend, campaign, coordinator, administrator, signed_in, at):
    first, _second = pend(2)
    desk, url = signed_in(coordinator), reverse("desk:release_decisions")
    for act in (
        lambda: pend(1),
        lambda: decide(first, Outcome.SELECTED, reasons=REASONS, by=administrator, at=at),
        lambda: decisions.edit_letter(first, note="Well done.", comments=(), by=administrator, at=at),
    ):
        seen = {"seen": "1", "digest": desk.get(url).context["digest"]}
        act()
        told = desk.post(url, seen, follow=True).content.decode()
        assert "A decision or a letter has changed since you looked." in told
    assert letters() == []
    desk.post(url, {"seen": "1", "digest": desk.get(url).context["digest"]})
    assert len(letters()) == 3


def test_what_was_decided_anew_since_it_was_read_waits(pend, campaign, coordinator, at):
    [row] = pend(1)
    read = Decision.objects.get()
    later = at + factories.DAY
    decide(row, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=later)
    assert releasing._release_one(campaign, read, by=coordinator, at=later) == ""


def test_a_newer_order_is_not_taken_back_with_an_older_one(pend, campaign, coordinator, administrator, at):
    pend(1)
    releasing.order(campaign, by=coordinator, at=at)
    read = Decision.objects.get()
    Decision.objects.update(release_ordered_at=None)
    releasing.order(campaign, by=administrator, at=at + factories.DAY)
    releasing._hold(read, at)
    assert releasing.ordered().get().release_ordered_by == administrator


@pytest.mark.parametrize("lost", ["account", "right"])
def test_nothing_is_released_in_the_name_of_who_may_not_release_any_more(
    lost, pend, campaign, coordinator, at
):
    pend(2)
    releasing.order(campaign, by=coordinator, at=at)
    if lost == "account":
        coordinator.is_active = False
        coordinator.save()
    else:
        coordinator.groups.clear()
    assert releasing.release_ordered(at) == Counter()
    assert decisions.pending(campaign).count() == 2
    assert not releasing.ordered().exists()
    assert ModelLogEntry.objects.filter(action="review.hold_release").count() == 2


def test_two_coordinators_who_release_at_the_same_time_send_one_letter(
    pend, campaign, coordinator, administrator, at
):
    [row] = pend(1)
    releasing.order(campaign, by=coordinator, at=at)
    assert releasing.release(campaign, by=administrator, at=at) == Counter({"declined": 1})
    assert releasing.release_ordered(at) == Counter()
    assert releasing.release(campaign, by=coordinator, at=at) == Counter()
    assert letters() == [(row.reference, f"decision:{row.reference}:1")]
    assert Decision.objects.get().letters_sent == 1


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_each_release_takes_the_same_few_queries(pend, campaign, coordinator, at):
    pend(2)
    two = queries_of(lambda: releasing.release(campaign, by=coordinator, at=at))
    pend(20)
    twenty = queries_of(lambda: releasing.release(campaign, by=coordinator, at=at))
    each = (twenty - two) / 18
    assert each == int(each) <= 25
    assert two <= 2 * each + 6


@pytest.mark.parametrize("name", ["letters", "release_decisions"])
def test_looking_at_the_letters_takes_the_same_queries_for_two_and_for_ten(
    name, pend, campaign, coordinator, reviewer, signed_in, at
):
    Procedure.objects.create(campaign=campaign, gives_feedback=True)
    desk, url = signed_in(coordinator), reverse(f"desk:{name}")
    numbers = []
    for more in (2, 8):
        for row in pend(more):
            factories.ReviewFactory(
                submission=row, reviewer=reviewer, is_feedback=True, total=4, handed_in_at=at
            )
        desk.get(url)
        numbers.append(queries_of(lambda: desk.get(url)))
    assert numbers[1] <= numbers[0] <= 40
