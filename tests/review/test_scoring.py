"""Totals and rankings, reckoned by hand."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.models import prefetch_related_objects
from wagtail.models import ModelLogEntry

from pledges.lifecycle import Refused
from pledges.models import Status
from review import scoring
from review.judgement import Overtaken
from review.models import Criterion, Review, Standing
from review.scoring import Judgement, hand_in, rounded, save_review, weighted_total
from tests import factories


def judge(submission, criteria, *points, **more) -> Judgement:
    given = {criterion.pk: number for criterion, number in zip(criteria, points, strict=False)}
    return Judgement(version=submission.screened_id, points=given, **more)


def criterion(pk: int, weight: int, max_points: int = 5) -> Criterion:
    return Criterion(pk=pk, weight=weight, max_points=max_points)


SKETCH = [criterion(1, 40), criterion(2, 20), criterion(3, 25), criterion(4, 15)]


@pytest.mark.parametrize(
    ("criteria", "points", "total"),
    [
        # 0.40 · 4 + 0.20 · 5 + 0.25 · 3 + 0.15 · 4 = 1.6 + 1 + 0.75 + 0.6
        (SKETCH, {1: 4, 2: 5, 3: 3, 4: 4}, "3.95"),
        (SKETCH, {1: 0, 2: 0, 3: 0, 4: 0}, "0.00"),
        (SKETCH, {1: 5, 2: 5, 3: 5, 4: 5}, "5.00"),
        # weights that do not make 100: 5 · (1 · 1/5 + 2 · 2/5) / 3 = 5 · 1 / 3
        ([criterion(1, 1), criterion(2, 2)], {1: 1, 2: 2}, "1.67"),
        # scales of different lengths: 5 · (60 · 4/5 + 40 · 1/3) / 100 = 2.4 + 0.6666…
        ([criterion(1, 60), criterion(2, 40, 3)], {1: 4, 2: 1}, "3.07"),
        # a half goes up: 5 · (1 · 1/5 + 7 · 3/5 + 0) / 8 = 2.75; with an eighth more: 5 · 4.5/5 / 8 is no whole point
        ([criterion(1, 1), criterion(2, 7)], {1: 1, 2: 3}, "2.75"),
        # only what has points counts: 5 · (40 · 4/5) / 40
        (SKETCH, {1: 4}, "4.00"),
    ],
)
def test_a_total_weighs_points_and_comes_to_a_scale_of_five(criteria, points, total):
    assert weighted_total(criteria, points) == Decimal(total)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(1, 8), "0.13"), (Fraction(9, 8), "1.13"), (Fraction(1, 3), "0.33"), (Fraction(2, 3), "0.67")],
)
def test_halves_are_rounded_up(value, shown):
    assert rounded(value) == Decimal(shown)


def test_a_total_without_points_is_an_error():
    with pytest.raises(ValueError, match="points"):
        weighted_total(SKETCH, {})


def test_a_draft_keeps_what_was_written_and_counts_nowhere(assigned, criteria, reviewer, at):
    review = save_review(assigned, reviewer, judge(assigned, criteria, 4, comment="So far."), at=at)
    stored = Review.objects.get(pk=review.pk)
    assert (stored.comment, stored.total, stored.handed_in_at) == ("So far.", None, None)
    assert list(stored.scores.values_list("criterion", "points")) == [(criteria[0].pk, 4)]
    assert not Standing.objects.exists()


def test_a_second_draft_replaces_the_first(assigned, criteria, reviewer, at):
    save_review(assigned, reviewer, judge(assigned, criteria, 4, 2), at=at)
    review = save_review(assigned, reviewer, judge(assigned, criteria, 1), at=at)
    assert list(review.scores.values_list("criterion", "points")) == [(criteria[0].pk, 1)]
    assert Review.objects.count() == 1


def test_handing_in_totals_and_moves_the_standing(assigned, criteria, reviewer, other_reviewer, at):
    factories.AssignmentFactory(submission=assigned, reviewer=other_reviewer)
    one = hand_in(assigned, reviewer, judge(assigned, criteria, 4, 1), at=at)  # 3.07
    two = hand_in(assigned, other_reviewer, judge(assigned, criteria, 5, 3), at=at)  # 5.00
    assert (one.total, two.total) == (Decimal("3.07"), Decimal("5.00"))
    standing = Standing.objects.get(submission=assigned)
    # (3.07 + 5.00) / 2 = 4.035, and the half goes up
    assert (standing.mean, standing.spread, standing.reviews) == (Decimal("4.04"), Decimal("1.93"), 2)


def test_a_review_may_change_until_the_review_phase_ends(assigned, criteria, reviewer, at):
    hand_in(assigned, reviewer, judge(assigned, criteria, 4, 1), at=at)
    closes = assigned.campaign.phase("review").closes_at
    hand_in(assigned, reviewer, judge(assigned, criteria, 5, 3), at=closes - timedelta(seconds=1))
    assert Standing.objects.get().mean == Decimal("5.00")
    with pytest.raises(Refused, match="ended"):
        hand_in(assigned, reviewer, judge(assigned, criteria, 0, 0), at=closes)


def test_a_review_changed_when_others_can_be_seen_is_noted_for_good(
    assigned, criteria, reviewer, other_reviewer, at
):
    hand_in(assigned, reviewer, judge(assigned, criteria, 4, 1), at=at)
    again = hand_in(assigned, reviewer, judge(assigned, criteria, 4, 2), at=at)
    assert again.changed_in_sight_at is None
    factories.ReviewFactory(submission=assigned, reviewer=other_reviewer, total="4.44", handed_in_at=at)
    later = at + timedelta(minutes=1)
    hand_in(assigned, reviewer, judge(assigned, criteria, 5, 3), at=later)
    assert Review.objects.get(reviewer=reviewer).changed_in_sight_at == later
    entry = ModelLogEntry.objects.filter(action="review.change_in_sight")
    assert list(entry.values_list("user", "object_id")) == [(reviewer.pk, str(assigned.pk))]
    Review.objects.filter(reviewer=other_reviewer).delete()
    hand_in(assigned, reviewer, judge(assigned, criteria, 5, 3), at=later)
    assert Review.objects.get(reviewer=reviewer).changed_in_sight_at == later


def test_what_another_window_saved_meanwhile_is_not_written_over_unseen(assigned, criteria, reviewer, at):
    first = save_review(assigned, reviewer, judge(assigned, criteria, 4, seen=""), at=at)
    with pytest.raises(Overtaken, match="another window"):
        save_review(assigned, reviewer, judge(assigned, criteria, 1, seen=""), at=at)
    with pytest.raises(Overtaken, match="another window"):
        hand_in(assigned, reviewer, judge(assigned, criteria, 1, 1, seen=""), at=at)
    assert list(Review.objects.get().scores.values_list("points", flat=True)) == [4]
    later = at + timedelta(minutes=1)
    save_review(assigned, reviewer, judge(assigned, criteria, 1, seen=first.stamp), at=later)
    assert list(Review.objects.get().scores.values_list("points", flat=True)) == [1]


def test_the_same_words_sent_twice_overtake_nothing(assigned, criteria, reviewer, at):
    for _press in range(2):
        save_review(assigned, reviewer, judge(assigned, criteria, 4, comment="So far.", seen=""), at=at)
    assert Review.objects.get().comment == "So far."


def test_a_handed_in_review_does_not_become_a_draft_again(assigned, criteria, reviewer, at):
    hand_in(assigned, reviewer, judge(assigned, criteria, 4, 1), at=at)
    with pytest.raises(Refused, match="handed in"):
        save_review(assigned, reviewer, judge(assigned, criteria, 1), at=at)
    assert Review.objects.get().total == Decimal("3.07")


def test_handing_in_needs_points_for_every_criterion(assigned, criteria, reviewer, at):
    with pytest.raises(Refused, match="Novelty"):
        hand_in(assigned, reviewer, judge(assigned, criteria, 4), at=at)


def test_a_text_that_changed_meanwhile_is_read_again_first(assigned, criteria, reviewer, at):
    judgement = judge(assigned, criteria, 4, 1)
    assigned.screened = factories.VersionFactory(submission=assigned, number=2)
    assigned.save()
    with pytest.raises(Refused, match="changed"):
        hand_in(assigned, reviewer, judgement, at=at)


def test_nobody_reviews_what_is_not_theirs(in_review, criteria, reviewer, at):
    with pytest.raises(Refused, match="not yours"):
        hand_in(in_review, reviewer, judge(in_review, criteria, 4, 1), at=at)


def test_what_left_the_review_is_not_reviewed(assigned, criteria, reviewer, at):
    assigned.status = Status.DECLINED
    assigned.save()
    with pytest.raises(Refused, match="not in review"):
        save_review(assigned, reviewer, judge(assigned, criteria, 4), at=at)


def standing(campaign, mean, spread, reviews) -> Standing:
    submission = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    return Standing.objects.create(submission=submission, mean=mean, spread=spread, reviews=reviews)


def test_the_ranking_settles_ties_by_its_rule_and_says_so(campaign):
    rows = {
        "low": standing(campaign, "2.00", "0.00", 3),
        "apart": standing(campaign, "4.00", "1.00", 3),
        "few": standing(campaign, "4.00", "0.50", 2),
        "many": standing(campaign, "4.00", "0.50", 3),
        "twin": standing(campaign, "2.00", "0.00", 3),
        "best": standing(campaign, "4.50", "2.00", 1),
    }
    ranked = scoring.explained(list(scoring.rank(campaign)), first=1)
    names = {row.pk: name for name, row in rows.items()}
    assert [(row.rank, names[row.standing.pk], row.tie) for row in ranked] == [
        (1, "best", ""),
        (2, "many", "more reviews"),
        (3, "few", "the reviewers agree more"),
        (4, "apart", ""),
        (5, "low", "arrived earlier"),
        (6, "twin", ""),
    ]


def test_what_arrived_earlier_stands_first_whatever_was_begun_earlier(campaign, at):
    later, earlier = standing(campaign, "4.00", "0.00", 1), standing(campaign, "4.00", "0.00", 1)
    later.submission.submitted_at = at
    later.submission.save()
    assert list(scoring.rank(campaign)) == [earlier, later]


def test_lists_of_submissions_stand_in_the_order_of_the_ranking_and_the_unreviewed_last(campaign, at):
    for mean, spread, reviews in (
        ("2.00", "0.00", 3),
        ("4.00", "1.00", 3),
        ("4.00", "0.50", 2),
        ("4.00", "0.50", 3),
        ("2.00", "0.00", 3),
    ):
        standing(campaign, mean, spread, reviews)
    late, early = factories.SubmissionFactory.create_batch(2, campaign=campaign, status=Status.IN_REVIEW)
    late.submitted_at = at
    late.save()
    ranked = [row.submission for row in scoring.rank(campaign)]
    assert list(scoring.as_ranked(campaign.submissions.all())) == [*ranked, early, late]


def test_a_draft_is_of_a_text_of_its_own_submission(assigned, criteria, reviewer, at):
    for version in (factories.VersionFactory().pk, 999_999):
        with pytest.raises(Refused, match="not a text"):
            save_review(assigned, reviewer, Judgement(version=version, points={}), at=at)
    newer = factories.VersionFactory(submission=assigned, number=2)
    assert save_review(assigned, reviewer, Judgement(version=newer.pk, points={}), at=at).version == newer


def test_handing_in_weighs_by_what_holds_when_the_row_is_held(assigned, criteria, reviewer, at):
    prefetch_related_objects([assigned.campaign], "criteria")
    Criterion.objects.filter(pk=criteria[0].pk).update(weight=40)
    # 5 · (40 · 4/5 + 40 · 1/3) / 80 = 2.8333…
    assert hand_in(assigned, reviewer, judge(assigned, criteria, 4, 1), at=at).total == Decimal("2.83")


def test_what_was_withdrawn_is_not_ranked(campaign):
    gone = standing(campaign, "4.00", "1.00", 3)
    gone.submission.status = Status.WITHDRAWN
    gone.submission.save()
    assert not scoring.rank(campaign).exists()


def test_new_weights_total_everything_anew(assigned, criteria, reviewer, at):
    review = hand_in(assigned, reviewer, judge(assigned, criteria, 4, 1), at=at)
    Criterion.objects.filter(pk=criteria[0].pk).update(weight=40)
    Criterion.objects.filter(pk=criteria[1].pk).update(weight=60)
    assert scoring.recompute(assigned.campaign) == 1
    # 5 · (40 · 4/5 + 60 · 1/3) / 100 = 5 · 52 / 100
    assert Review.objects.get(pk=review.pk).total == Decimal("2.60")
    assert Standing.objects.get().mean == Decimal("2.60")
