"""Totals and rankings, reckoned by hand."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import prefetch_related_objects
from wagtail.models import ModelLogEntry

from pledges.lifecycle import Refused
from pledges.models import Status
from review import scoring
from review.judgement import Overtaken
from review.models import Criterion, Review, Standing
from review.scoring import Judgement, hand_in, save_review
from tests import factories


def judge(submission, criteria, *points, **more) -> Judgement:
    given = {criterion.pk: number for criterion, number in zip(criteria, points, strict=False)}
    return Judgement(version=submission.screened_id, points=given, **more)


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
    # (3.07 + 5.00) / 2 = 4.035, and the half goes up; of two the median is the same
    assert (standing.mean, standing.median) == (Decimal("4.04"), Decimal("4.04"))
    assert (standing.spread, standing.reviews) == (Decimal("1.93"), 2)


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


@pytest.fixture
def varied(campaign) -> dict[str, Criterion]:
    """Both kinds by effect; pledges by reach, yes or no; initiatives by novelty; risk optional; tone only shown."""
    make = partial(factories.CriterionFactory, campaign=campaign)
    return {
        "effect": make(name="Effect", weight=60),
        "reach": make(name="Reach", weight=20, kind="pledge", is_yes_or_no=True, max_points=1),
        "novelty": make(name="Novelty", weight=20, kind="initiative"),
        "risk": make(name="Risk", weight=20, is_required=False),
        "tone": make(name="Tone", weight=100, is_required=False, is_counted=False),
    }


def given(submission, varied, **points) -> Judgement:
    by_criterion = {varied[name].pk: number for name, number in points.items()}
    return Judgement(version=submission.screened_id, points=by_criterion)


@pytest.mark.parametrize(
    ("kind", "points", "total"),
    [
        # 5 · (60 · 4/5 + 20 · 1/1) / 80 = 5 · 68 / 80: risk is not answered, so its weight is left out
        ("pledge", {"effect": 4, "reach": 1}, "4.25"),
        # 5 · (60 · 4/5 + 20 · 0/1 + 20 · 3/5) / 100 = 5 · 60 / 100; tone changes nothing
        ("pledge", {"effect": 4, "reach": 0, "risk": 3, "tone": 5}, "3.00"),
        # 5 · (60 · 2/5 + 20 · 5/5) / 80 = 5 · 44 / 80
        ("initiative", {"effect": 2, "novelty": 5, "tone": 0}, "2.75"),
    ],
)
def test_a_review_is_totalled_by_what_its_kind_is_judged_by(
    kind, points, total, campaign, varied, reviewer, at
):
    submission = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, kind=kind)
    factories.AssignmentFactory(submission=submission, reviewer=reviewer)
    review = hand_in(submission, reviewer, given(submission, varied, **points), at=at)
    assert review.total == Decimal(total)
    assert review.scores.count() == len(points)
    scoring.recompute(campaign)
    assert Review.objects.get().total == Decimal(total)


def test_what_was_answered_and_is_left_open_now_is_forgotten(assigned, varied, reviewer, at):
    hand_in(assigned, reviewer, given(assigned, varied, effect=4, reach=1, risk=0), at=at)
    hand_in(assigned, reviewer, given(assigned, varied, effect=4, reach=1), at=at)
    assert Review.objects.get().scores.count() == 2
    assert Review.objects.get().total == Decimal("4.25")


def test_handing_in_needs_a_criterion_that_is_counted(assigned, reviewer, at):
    optional = {"campaign": assigned.campaign, "is_required": False}
    varied = {
        "counted": factories.CriterionFactory(**optional),
        "shown": factories.CriterionFactory(is_counted=False, **optional),
    }
    with pytest.raises(Refused, match="at least one"):
        hand_in(assigned, reviewer, given(assigned, varied, shown=5), at=at)
    assert hand_in(assigned, reviewer, given(assigned, varied, counted=5), at=at).total == Decimal("5.00")


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


def test_medians_of_earlier_standings_are_filled_from_the_reviews_that_count(in_review, reviewer, at):
    for total in ("1.00", "3.00", "3.25", "5.00"):
        factories.ReviewFactory(submission=in_review, total=total, handed_in_at=at)
    factories.ReviewFactory(submission=in_review, reviewer=reviewer, total="5.00", handed_in_at=at)
    factories.ConflictFactory(submission=in_review, person=reviewer)
    Standing.objects.create(submission=in_review, mean="3.06", spread="4.00", reviews=4)
    import_module("review.migrations.0007_fill_medians").fill(apps, None)
    assert Standing.objects.get().median == Decimal("3.13")
