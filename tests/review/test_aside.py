"""Abstaining gives no points, changes no standing, and can be taken back until the phase ends."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from campaign.models import Phase
from pledges.lifecycle import Refused
from review import aside, scoring
from review.assignments import unreviewed, with_few_reviews
from review.judgement import Judgement
from review.models import Procedure, Review, Standing
from tests import factories

WHY = "I do not know this field."


def draft(submission, **more) -> Judgement:
    return Judgement(version=submission.screened_id, points={}, comment="Half way.", **more)


def test_who_abstains_gives_no_review_and_is_waited_for_no_more(assigned, campaign, reviewer, at):
    aside.abstain(assigned, reviewer, reason=WHY, at=at)
    review = Review.objects.get()
    assert (review.abstained_at, review.abstention, review.handed_in_at, review.total) == (
        at,
        WHY,
        None,
        None,
    )
    assert not Standing.objects.exists()
    assert not unreviewed(campaign).exists()
    assert ModelLogEntry.objects.get().action == "review.abstain"


def test_a_submission_has_enough_reviews_without_who_abstained(assigned, reviewer, other_reviewer, at):
    factories.AssignmentFactory(submission=assigned, reviewer=other_reviewer)
    Standing.objects.create(submission=assigned, mean=3, spread=0, reviews=1)
    rows = type(assigned).objects.all()
    assert list(with_few_reviews(rows)) == [assigned]
    aside.abstain(assigned, reviewer, reason=WHY, at=at)
    assert list(with_few_reviews(rows)) == []


def test_fewer_reviews_than_the_campaign_wants_are_too_few_also_where_all_who_were_asked_answered(
    assigned, campaign
):
    Standing.objects.create(submission=assigned, mean=3, spread=0, reviews=1)
    procedure = Procedure.objects.create(campaign=campaign, reviews_wanted=2)
    assert list(with_few_reviews(campaign.submissions.all())) == [assigned]
    procedure.reviews_wanted = 1
    procedure.save()
    assert list(with_few_reviews(campaign.submissions.all())) == []


def test_taking_it_back_brings_the_draft_back(assigned, criteria, reviewer, at):
    scoring.save_review(assigned, reviewer, draft(assigned), at=at)
    aside.abstain(assigned, reviewer, reason=WHY, at=at)
    for save in (scoring.save_review, scoring.hand_in):
        with pytest.raises(Refused, match="Take that back first"):
            save(assigned, reviewer, draft(assigned), at=at)
    aside.resume(assigned, reviewer, at=at)
    review = Review.objects.get()
    assert (review.abstained_at, review.abstention, review.comment) == (None, "", "Half way.")


def test_taking_it_back_without_a_draft_leaves_nothing(assigned, reviewer, at):
    aside.abstain(assigned, reviewer, reason=WHY, at=at)
    aside.resume(assigned, reviewer, at=at)
    assert not Review.objects.exists()
    aside.resume(assigned, reviewer, at=at)
    assert ModelLogEntry.objects.count() == 2


def test_a_review_that_is_handed_in_is_changed_instead(assigned, criteria, reviewer, at):
    factories.ReviewFactory(submission=assigned, reviewer=reviewer, total=3, handed_in_at=at)
    with pytest.raises(Refused, match="handed in"):
        aside.abstain(assigned, reviewer, reason=WHY, at=at)


@pytest.mark.parametrize("act", [aside.skip, aside.take_up, aside.resume])
def test_nothing_is_put_aside_after_the_phase(act, assigned, campaign, reviewer, at):
    end = campaign.phases.get(kind=Phase.Kind.REVIEW).closes_at
    with pytest.raises(Refused, match="has ended"):
        act(assigned, reviewer, at=end)
    with pytest.raises(Refused, match="has ended"):
        aside.abstain(assigned, reviewer, reason=WHY, at=end)
    aside.abstain(assigned, reviewer, reason=WHY, at=end - timedelta(seconds=1))


def test_another_ones_submission_is_not_put_aside(assigned, other_reviewer, at):
    with pytest.raises(Refused, match="not yours"):
        aside.skip(assigned, other_reviewer, at=at)


def test_saving_as_one_writes_is_noted_once(assigned, criteria, reviewer, at):
    for _time in range(3):
        scoring.save_review(assigned, reviewer, draft(assigned), at=at)
    assert ModelLogEntry.objects.get().action == "review.save"
