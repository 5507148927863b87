"""The order of a reviewer's queue, its steps, and the search in it."""

from datetime import timedelta

import pytest

from pledges.models import Status, Submission
from review import aside, progress
from review.models import Assignment, Procedure, Redaction, Standing
from tests import factories

TITLES = ("First", "Second", "Third")


@pytest.fixture
def rows(campaign, reviewer) -> list:
    rows = [
        factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, text__title=title)
        for title in TITLES
    ]
    for row in rows:
        factories.AssignmentFactory(submission=row, reviewer=reviewer)
    return rows


@pytest.fixture
def queue(campaign, reviewer):
    """The titles in the order in which they are to be reviewed."""
    return lambda: [row.screened.title for row in progress.tasks(reviewer, campaign)]


def reviewed(submission, times: int) -> None:
    Standing.objects.create(submission=submission, mean=3, spread=0, reviews=times)


def test_what_has_the_fewest_reviews_comes_next(rows, queue):
    reviewed(rows[0], 2)
    reviewed(rows[1], 1)
    assert queue() == ["Third", "Second", "First"]


def test_the_calibration_round_comes_first_and_drafts_after_what_is_not_begun(
    rows, queue, campaign, reviewer
):
    factories.ReviewFactory(submission=rows[0], reviewer=reviewer)
    assert queue() == ["Second", "Third", "First"]
    Procedure.objects.create(campaign=campaign).calibration.add(rows[2])
    assert queue() == ["Third", "Second", "First"]


def test_what_is_skipped_waits_at_the_end_until_it_is_taken_up(rows, queue, campaign, reviewer, at):
    aside.skip(rows[0], reviewer, at=at)
    aside.skip(rows[1], reviewer, at=at + timedelta(minutes=1))
    assert queue() == ["Third", "First", "Second"]
    assert progress.next_task(reviewer, campaign) == rows[2].reference
    aside.take_up(rows[0], reviewer, at=at)
    assert queue() == ["First", "Third", "Second"]
    assert Assignment.objects.get(submission=rows[0]).skipped_at is None


def test_the_next_one_is_another_than_the_one_that_was_open(rows, campaign, reviewer):
    assert progress.next_task(reviewer, campaign, after=rows[0].pk) == rows[1].reference
    Assignment.objects.exclude(submission=rows[0]).delete()
    assert progress.next_task(reviewer, campaign, after=rows[0].pk) is None


def test_every_task_stands_at_one_step(rows, campaign, reviewer, at):
    factories.ReviewFactory(submission=rows[0], reviewer=reviewer, total=3, handed_in_at=at)
    aside.abstain(rows[1], reviewer, reason="I do not know this field.", at=at)
    steps = [row.step for row in progress.tasks(reviewer, campaign)]
    assert steps == [progress.TO_DO, progress.DONE, progress.ABSTAINED]
    done = progress.of(reviewer, campaign)
    assert (done.total, done.done, done.left) == (2, 1, 1)
    nearby, same = progress.around(rows[0], reviewer, most=5)
    assert [row.pk for row in nearby] == [rows[0].pk, rows[2].pk]
    assert (same.total, same.done, same.left) == (2, 1, 1)


def test_a_task_that_was_taken_back_meanwhile_is_none(rows, reviewer):
    Assignment.objects.filter(submission=rows[0]).delete()
    with pytest.raises(Submission.DoesNotExist):
        progress.around(rows[0], reviewer, most=5)
    Assignment.objects.all().delete()
    with pytest.raises(Submission.DoesNotExist):
        progress.around(rows[0], reviewer, most=5)


def found(words: str, campaign, reviewer) -> list:
    return list(progress.named(progress.tasks(reviewer, campaign), words, user=reviewer, campaign=campaign))


def test_a_search_finds_own_tasks_by_words_and_by_reference(rows, campaign, reviewer):
    other = factories.SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, text__title="First of all"
    )
    assert found("first", campaign, reviewer) == [rows[0]]
    assert found(rows[1].reference.lower(), campaign, reviewer) == [rows[1]]
    assert found(other.reference, campaign, reviewer) == []


def test_a_search_does_not_tell_what_is_hidden(rows, campaign, reviewer, coordinator, at):
    Redaction.objects.create(submission=rows[0], passage="First", marked_by=coordinator, marked_at=at)
    rows[1].participations.get().organisation.__class__.objects.update(name="Second")
    assert found("First", campaign, reviewer) == [rows[0]]
    Procedure.objects.create(campaign=campaign, is_blind=True)
    campaign.refresh_from_db()
    assert [found(word, campaign, reviewer) for word in ("First", "Second", "Third")] == [[], [], [rows[2]]]
    assert found(rows[0].reference, campaign, reviewer) == [rows[0]]
    factories.ReviewFactory(submission=rows[0], reviewer=reviewer, total=3, handed_in_at=at)
    assert found("First", campaign, reviewer) == [rows[0]]
