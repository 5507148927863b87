"""Who sees which submission: every status and tie, for every kind of person."""

import pytest

from pledges.models import Status
from review.sight import assigned_to, reviews_beside, visible_to
from tests import factories

SENT = set(Status) - {Status.DRAFT}
READ = {Status.IN_REVIEW, Status.SELECTED, Status.RESERVE, Status.DECLINED}


def seen(user, submission) -> bool:
    return visible_to(user).filter(pk=submission.pk).exists()


@pytest.mark.parametrize("status", Status)
def test_coordinators_see_what_was_sent_and_never_a_draft(status, campaign, coordinator, administrator):
    submission = factories.SubmissionFactory(campaign=campaign, status=status)
    assert seen(coordinator, submission) is (status in SENT)
    assert seen(administrator, submission) is (status in SENT)


@pytest.mark.parametrize("status", Status)
def test_reviewers_see_only_what_is_theirs_while_it_may_be_read(status, campaign, reviewer, other_reviewer):
    submission = factories.SubmissionFactory(campaign=campaign, status=status)
    factories.AssignmentFactory(submission=submission, reviewer=reviewer)
    assert seen(reviewer, submission) is (status in READ)
    assert not seen(other_reviewer, submission)


def test_a_conflict_of_interest_ends_everybodys_sight(assigned, reviewer, coordinator, administrator):
    for person in (reviewer, coordinator, administrator):
        assert seen(person, assigned)
        factories.ConflictFactory(submission=assigned, person=person)
        assert not seen(person, assigned)


def test_editors_see_no_submission(assigned, editor):
    assert not seen(editor, assigned)


def test_an_erased_submission_is_gone_from_the_desk(assigned, reviewer, coordinator, at):
    assigned.erased_at = at
    assigned.save()
    assert not seen(reviewer, assigned)
    assert not seen(coordinator, assigned)


def test_a_person_who_lost_the_right_to_review_sees_nothing(assigned, reviewer):
    reviewer.groups.clear()
    assert not assigned_to(type(reviewer).objects.get(pk=reviewer.pk)).exists()


def test_others_reviews_open_only_after_ones_own_is_handed_in(assigned, reviewer, other_reviewer, at):
    other = factories.ReviewFactory(
        submission=assigned, reviewer=other_reviewer, total="4.00", handed_in_at=at
    )
    factories.ReviewFactory(submission=assigned, comment="A draft of a third.")
    own = factories.ReviewFactory(submission=assigned, reviewer=reviewer)
    assert reviews_beside(own) == []
    own.handed_in_at, own.total = at, "3.00"
    own.save()
    assert reviews_beside(own) == [other]


def test_a_review_by_somebody_in_conflict_is_not_shown_beside(assigned, reviewer, other_reviewer, at):
    factories.ReviewFactory(submission=assigned, reviewer=other_reviewer, total="5.00", handed_in_at=at)
    factories.ConflictFactory(submission=assigned, person=other_reviewer)
    own = factories.ReviewFactory(submission=assigned, reviewer=reviewer, total="3.00", handed_in_at=at)
    assert reviews_beside(own) == []
