from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from pledges.lifecycle import Refused
from pledges.models import Status
from review import scoring
from review.assignments import assign, unassign, unreviewed
from review.interests import declare_conflict
from review.models import Assignment, ConflictOfInterest, Review, Standing
from tests import factories


def pairs() -> set:
    return set(Assignment.objects.values_list("submission", "reviewer"))


def test_several_submissions_go_to_several_reviewers_at_once(
    campaign, coordinator, reviewer, other_reviewer, at
):
    one, two = (factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(2))
    factories.AssignmentFactory(submission=one, reviewer=reviewer)
    assert assign([one, two], [reviewer, other_reviewer], by=coordinator, at=at) == 3
    assert pairs() == {(s.pk, r.pk) for s in (one, two) for r in (reviewer, other_reviewer)}
    assert assign([one, two], [reviewer], by=coordinator, at=at) == 0
    entries = ModelLogEntry.objects.filter(action="review.assign").order_by("pk")
    assert [entry.data for entry in entries] == [
        {"reviewers": [other_reviewer.pk]},
        {"reviewers": sorted([reviewer.pk, other_reviewer.pk])},
    ]


def test_only_reviewers_are_given_submissions(in_review, coordinator, editor, at):
    with pytest.raises(Refused, match="not a reviewer"):
        assign([in_review], [editor], by=coordinator, at=at)
    assert pairs() == set()


def test_only_what_is_in_review_is_given_to_reviewers(campaign, coordinator, reviewer, in_review, at):
    sent = factories.SubmissionFactory(campaign=campaign)
    with pytest.raises(Refused, match="not in review"):
        assign([in_review, sent], [reviewer], by=coordinator, at=at)
    assert pairs() == set()


def test_nobody_is_given_what_they_have_a_conflict_in(in_review, coordinator, reviewer, other_reviewer, at):
    factories.ConflictFactory(submission=in_review, person=reviewer)
    with pytest.raises(Refused, match="conflict of interest"):
        assign([in_review], [other_reviewer, reviewer], by=coordinator, at=at)
    assert pairs() == set()


def test_taking_back_deletes_a_draft_but_never_a_review_that_was_handed_in(
    assigned, coordinator, reviewer, at
):
    review = factories.ReviewFactory(submission=assigned, reviewer=reviewer)
    review.handed_in_at, review.total = at, "3.00"
    review.save()
    with pytest.raises(Refused, match="handed in"):
        unassign(assigned, reviewer, by=coordinator, at=at)
    review.handed_in_at = None
    review.save()
    unassign(assigned, reviewer, by=coordinator, at=at)
    assert not Review.objects.exists()
    assert pairs() == set()


def test_declaring_a_conflict_deletes_the_draft_and_keeps_a_record(assigned, reviewer, at):
    factories.ReviewFactory(submission=assigned, reviewer=reviewer)
    declare_conflict(assigned, reviewer, at=at)
    declare_conflict(assigned, reviewer, at=at)
    assert not Review.objects.exists()
    assert pairs() == set()
    record = ConflictOfInterest.objects.get()
    assert (record.person, record.source, record.since) == (reviewer, "declared", at)
    assert ModelLogEntry.objects.filter(action="review.conflict").count() == 1


def test_a_review_handed_in_before_a_conflict_is_kept_but_counts_no_more(
    assigned, criteria, reviewer, other_reviewer, at
):
    factories.AssignmentFactory(submission=assigned, reviewer=other_reviewer)
    for person, points in ((reviewer, 5), (other_reviewer, 2)):
        given = {criterion.pk: min(points, criterion.max_points) for criterion in criteria}
        judgement = scoring.Judgement(version=assigned.screened_id, points=given)
        scoring.hand_in(assigned, person, judgement, at=at)
    declare_conflict(assigned, reviewer, at=at)
    assert Review.objects.count() == 2
    standing = Standing.objects.get()
    # only the other one's counts: 5 · (60 · 2/5 + 40 · 2/3) / 100 = 2.5333…
    assert (standing.mean, standing.spread, standing.reviews) == (Decimal("2.53"), Decimal("0.00"), 1)


def test_tasks_wait_until_a_review_is_handed_in(assigned, reviewer, other_reviewer, at):
    waiting = factories.AssignmentFactory(submission=assigned, reviewer=other_reviewer)
    factories.ReviewFactory(submission=assigned, reviewer=reviewer, total="3.00", handed_in_at=at)
    factories.ReviewFactory(submission=assigned, reviewer=other_reviewer)
    assert list(unreviewed(assigned.campaign)) == [waiting]
