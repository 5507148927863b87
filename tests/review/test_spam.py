"""The coordinators' list of spam: what it tells, and what is done from it with one or many, and undone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.models import Mail
from pledges import robots
from pledges.models import Status, Submission
from tests.factories import ConflictFactory, SubmissionFactory

LIST, ACT = reverse("desk:submissions"), reverse("desk:act_on_checked")


@pytest.fixture
def desk(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def suspect(campaign) -> Submission:
    """One that the robots' trap caught."""
    return SubmissionFactory(campaign=campaign, status=Status.SPAM, suspicion="trap", confirmed_at=None)


@pytest.fixture
def marked(campaign) -> Submission:
    return SubmissionFactory(campaign=campaign, status=Status.SPAM)


@pytest.fixture
def waiting(campaign) -> list[Submission]:
    return [SubmissionFactory(campaign=campaign) for _ in range(2)]


def act(desk, name: str, *rows: Submission, sure: bool = True, tab: str = "spam", follow: bool = True):
    data = {"action": name, "tab": tab, "submission": [row.reference for row in rows]}
    return desk.post(ACT, data | ({"sure": "1"} if sure else {}), follow=follow)


def statuses(*rows: Submission) -> list[str]:
    return [Submission.objects.get(pk=row.pk).status for row in rows]


def checked_in(page: str) -> set[str]:
    return set(re.findall(r'name="submission" value="([\w-]+)"[^>]* checked', page))


def test_each_row_says_why_it_is_there(desk, suspect, marked):
    page = desk.get(LIST, {"tab": "spam"}).content.decode()
    assert "A field that people do not see was filled in" in page
    assert "A coordinator marked it" in page
    assert "after 60 days it is erased" in page
    assert "only counted" not in page


def test_what_was_only_counted_is_told(desk, campaign):
    for _ in range(3):
        robots.count(campaign, at=timezone.now())
    page = desk.get(LIST, {"tab": "spam"}).content.decode()
    assert "3 more were caught in that time and only counted" in page


def test_the_page_of_one_says_why_too(desk, suspect):
    page = desk.get(reverse("desk:submission", args=[suspect.reference])).content.decode()
    assert "A field that people do not see was filled in" in page


def test_one_is_taken_back_on_its_page_and_its_sender_gets_the_first_letter(desk, suspect):
    url = reverse("desk:submission", args=[suspect.reference])
    page = desk.post(url, {"action": "restore"}, follow=True).content.decode()
    assert "Its sender now gets the first letter, and has 72 hours to confirm." in page
    assert statuses(suspect) == [Status.SUBMITTED]
    assert list(Mail.objects.values_list("letter", "reference")) == [("confirm", suspect.reference)]


def test_nothing_happens_before_it_is_asked_about(desk, waiting):
    asked = act(desk, "mark_spam", *waiting, sure=False, tab="screen").content.decode()
    assert "<h1>Mark 2 submissions as spam?</h1>" in asked
    assert all(row.latest.title in asked for row in waiting)
    assert statuses(*waiting) == [Status.SUBMITTED] * 2


def test_many_are_marked_at_once_and_still_checked_so_that_it_can_be_undone(desk, waiting, marked):
    page = act(desk, "mark_spam", *waiting, tab="screen").content.decode()
    assert statuses(*waiting) == [Status.SPAM] * 2
    assert "2 submissions are marked as spam." in page
    assert checked_in(page) == {row.reference for row in waiting}
    page = act(desk, "restore", *waiting).content.decode()
    assert "2 submissions are taken back." in page
    assert statuses(*waiting, marked) == [Status.SUBMITTED, Status.SUBMITTED, Status.SPAM]
    assert not Mail.objects.exists()


def test_of_many_taken_back_those_without_a_letter_get_one(desk, suspect, marked):
    act(desk, "restore", suspect, marked)
    assert statuses(suspect, marked) == [Status.SUBMITTED] * 2
    assert list(Mail.objects.values_list("letter", "reference")) == [("confirm", suspect.reference)]


def test_what_was_moved_on_meanwhile_is_left_alone_and_said(desk, waiting, campaign):
    moved = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    page = act(desk, "mark_spam", waiting[0], moved, tab="screen").content.decode()
    assert "1 submission is marked as spam." in page
    assert "1 was not changed: somebody had moved it on already." in page
    assert statuses(waiting[0], moved) == [Status.SPAM, Status.IN_REVIEW]


@pytest.mark.parametrize("data", [{}, {"action": "mark_spam"}, {"action": "reject", "submission": "KL-1"}])
def test_what_cannot_be_done_is_said(desk, campaign, data):
    page = desk.post(ACT, data, follow=True).content.decode()
    assert "Check at least one submission." in page


def test_no_other_transition_goes_this_way(desk, waiting):
    act(desk, "withdraw", *waiting)
    act(desk, "pass", *waiting)
    assert statuses(*waiting) == [Status.SUBMITTED] * 2


def test_nobody_acts_on_what_they_do_not_see(desk, coordinator, suspect):
    ConflictFactory(submission=suspect, person=coordinator)
    act(desk, "restore", suspect)
    assert statuses(suspect) == [Status.SPAM]


@pytest.mark.parametrize("tab", ["screen", "unconfirmed", "spam"])
def test_boxes_stand_where_something_can_be_done_with_many(desk, campaign, tab):
    SubmissionFactory(campaign=campaign, confirmed_at=None)
    SubmissionFactory(campaign=campaign)
    SubmissionFactory(campaign=campaign, status=Status.SPAM)
    page = desk.get(LIST, {"tab": tab}).content.decode()
    assert f'action="{ACT}"' in page
    assert 'type="checkbox" name="submission"' in page


def test_the_list_takes_as_many_queries_for_twenty_as_for_two(desk, campaign):
    counts = []
    for number in (2, 18):
        for _ in range(number):
            SubmissionFactory(campaign=campaign, status=Status.SPAM, suspicion="trap")
        desk.get(LIST, {"tab": "spam"})
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST, {"tab": "spam"})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
