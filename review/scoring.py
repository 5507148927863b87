"""Points, reviews and the ranking. Every total, mean and spread is on a scale from 0 to 5."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from campaign.kinds import Kind
from campaign.models import Campaign, Phase
from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.models.submission import AFTER_SCREENING, SubmissionQuerySet
from review import feedback
from review.audit import note
from review.judgement import Judgement, refuse_overtaken
from review.models import Criterion, Review, Score, Standing
from review.sight import assigned_to, counted_reviews, reviews_beside
from review.totals import Summary, counting, summary, weighted_total

WITHOUT_WORDS = ("pk", "saved_at", "handed_in_at", "changed_in_sight_at", "abstained_at", "is_feedback")
SUMMED_UP = [field.name for field in fields(Summary)]


def review_refusal(submission: Submission, *, closes_at: datetime | None, at: datetime) -> str | None:
    """Why reviews of this submission may not change now, as a sentence; None when they may.

    `closes_at` is when its campaign's time for reviews ends.
    """
    if submission.status != Status.IN_REVIEW:
        return _("This submission is not in review any more.")
    if closes_at is not None and at >= closes_at:
        return _("The time for reviews has ended.")
    return None


def incomplete(criteria: Sequence[Criterion], points: Mapping[int, int]) -> str | None:
    """What a review with these points lacks before it can be handed in, as a sentence; None when it is whole."""
    needed = [criterion for criterion in criteria if criterion.is_required]
    if missing := [criterion.name for criterion in needed if criterion.pk not in points]:
        return _("Give points for every criterion. Missing: %(names)s.") % {"names": ", ".join(missing)}
    if not counting(criteria, points):
        return _("Give points for at least one criterion that is counted.")
    return None


@transaction.atomic
def save_review(submission: Submission, reviewer: User, judgement: Judgement, *, at: datetime) -> Review:
    """Keep a draft; its first saving is noted, as it is saved while it is written.

    Raises Refused when the review is not the reviewer's to change, or was handed in.
    """
    locked, own = _lock_to_write(submission, reviewer, judgement, at)
    if own and own.handed_in_at:
        raise Refused(_("This review has been handed in. Change it and hand it in again."))
    if judgement.version != locked.screened_id and not _is_text_of(locked, judgement.version):
        raise Refused(_("This is not a text of the submission. Open it again."))
    review = Review(submission=locked, reviewer=reviewer)
    _write(review, judgement, at)
    review.scores.exclude(criterion__in=judgement.points).delete()
    if own is None:
        note(locked, "review.save", by=reviewer, at=at)
    return review


@transaction.atomic
def hand_in(submission: Submission, reviewer: User, judgement: Judgement, *, at: datetime) -> Review:
    """Hand a review in, or change one that was, which is noted once others' reviews can be seen.

    Raises Refused with a sentence for the reviewer.
    """
    locked, own = _lock_to_write(submission, reviewer, judgement, at)
    if judgement.version != locked.screened_id:
        raise Refused(_("The text has changed since you opened it. Read the new text and hand in again."))
    # Read now that the row is held: whoever changes the weights holds it meanwhile.
    criteria = list(Criterion.objects.of(locked))
    if sentence := incomplete(criteria, judgement.points):
        raise Refused(sentence)
    total = weighted_total(criteria, judgement.points)
    in_sight = own is not None and bool(reviews_beside(own))
    review = Review(submission=locked, reviewer=reviewer, total=total, handed_in_at=at)
    review.changed_in_sight_at = at if in_sight else own.changed_in_sight_at if own else None
    _write(review, judgement, at)
    if left_open := [criterion for criterion in criteria if criterion.pk not in judgement.points]:
        review.scores.filter(criterion__in=left_open).delete()
    update_standing(locked)
    note(locked, "review.change_in_sight" if in_sight else "review.hand_in", by=reviewer, at=at)
    return review


def _lock_to_write(
    submission: Submission, reviewer: User, judgement: Judgement, at: datetime
) -> tuple[Submission, Review | None]:
    """The same as `lock_own`, for a judgement that may be written over what is there."""
    locked, own = lock_own(submission, reviewer, at)
    if own and own.abstained_at:
        raise Refused(_("You have abstained from this review. Take that back first."))
    refuse_overtaken(own, judgement)
    if own and own.is_feedback:
        feedback.take_out_changed(own, judgement.comment, by=reviewer, at=at)
    return locked, own


def lock_own(submission: Submission, reviewer: User, at: datetime) -> tuple[Submission, Review | None]:
    """The submission's row, held, and when the reviewer wrote of it before: a review without its words.

    It is held because a standing must not be computed from half of the reviews. Raises Refused when the
    submission is not the reviewer's to review, or not now.
    """
    mine = Review.objects.filter(submission=OuterRef("pk"), reviewer=reviewer)
    own = {f"own_{name}": Subquery(mine.values(name)) for name in WITHOUT_WORDS}
    closing = Phase.objects.filter(campaign=OuterRef("campaign"), kind=Phase.Kind.REVIEW).values("closes_at")
    rows = assigned_to(reviewer).annotate(closes_at=Subquery(closing), **own)
    locked = rows.select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if locked is None:
        raise Refused(_("This submission is not yours to review."))
    if sentence := review_refusal(locked, closes_at=locked.closes_at, at=at):
        raise Refused(sentence)
    facts = {name: getattr(locked, f"own_{name}") for name in WITHOUT_WORDS}
    if facts["pk"] is None:
        return locked, None
    return locked, Review(submission=locked, reviewer=reviewer, **facts)


def _is_text_of(submission: Submission, version: int) -> bool:
    return submission.versions.filter(pk=version).exists()


def _write(review: Review, judgement: Judgement, at: datetime) -> None:
    """Store a judgement of the version that it speaks of, over what the reviewer wrote before."""
    review.version_id, review.saved_at = judgement.version, at
    review.comment, review.recommendation = judgement.comment, judgement.recommendation
    Review.objects.bulk_create(
        [review],
        update_conflicts=True,
        unique_fields=["submission", "reviewer"],
        update_fields=[
            "version",
            "comment",
            "recommendation",
            "total",
            "saved_at",
            "handed_in_at",
            "changed_in_sight_at",
        ],
    )
    Score.objects.bulk_create(
        [Score(review=review, criterion_id=pk, points=given) for pk, given in judgement.points.items()],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["points"],
    )


def update_standing(submission: Submission) -> None:
    """Bring the ranking's row up to date with the reviews that count; without any, there is none."""
    totals = list(counted_reviews().filter(submission=submission).values_list("total", flat=True))
    if not totals:
        Standing.objects.filter(submission=submission).delete()
        return
    Standing.objects.bulk_create(
        [standing_of(submission.pk, totals)],
        update_conflicts=True,
        unique_fields=["submission"],
        update_fields=SUMMED_UP,
    )


def standing_of(submission_id: int, totals: Sequence[Decimal]) -> Standing:
    return Standing(submission_id=submission_id, **asdict(summary(totals)))


def hold(campaign: Campaign) -> None:
    """Let nobody hand in a review of this campaign until the running transaction ends."""
    _hold(Submission.objects.filter(campaign=campaign))


def hold_these(submissions: Collection[int]) -> None:
    """The same for some submissions.

    They are held in one order, and before any row that belongs to them: who holds one never waits for somebody who
    waits for it.
    """
    _hold(Submission.objects.filter(pk__in=sorted(submissions)))


def _hold(submissions: SubmissionQuerySet) -> None:
    list(submissions.select_for_update().order_by("pk").values_list("pk"))


def handed_in_reviews(campaign: Campaign) -> list[Review]:
    """All of a campaign that were handed in, with their points; whether they count or not."""
    rows = Review.objects.filter(submission__campaign=campaign, handed_in_at__isnull=False)
    return list(rows.select_related("submission").prefetch_related("scores"))


def points_of(review: Review) -> dict[int, int]:
    """A review's points by criterion id."""
    return {score.criterion_id: score.points for score in review.scores.all()}


@transaction.atomic
def recompute(campaign: Campaign) -> int:
    """Total every handed-in review and every standing anew, as after a change of weights; tell how many reviews."""
    hold(campaign)
    criteria = list(campaign.criteria.all())
    by_kind = {kind: [row for row in criteria if row.is_for(kind)] for kind in Kind.values}
    reviews = handed_in_reviews(campaign)
    for review in reviews:
        review.total = weighted_total(by_kind[review.submission.kind], points_of(review))
    Review.objects.bulk_update(reviews, ["total"], batch_size=500)
    totals: dict[int, list[Decimal]] = {}
    counted = counted_reviews().filter(submission__campaign=campaign)
    for pk, total in counted.values_list("submission", "total"):
        totals.setdefault(pk, []).append(total)
    Standing.objects.bulk_create(
        [standing_of(pk, given) for pk, given in totals.items()],
        update_conflicts=True,
        unique_fields=["submission"],
        update_fields=SUMMED_UP,
        batch_size=500,
    )
    return len(reviews)


# The order of the ranking; `method.RULES` says the same in words.
ORDER = ("-mean", "-reviews", "spread", "submission__submitted_at", "submission")


def as_ranked(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """In the order of the ranking; those without a review last, as they arrived."""
    return submissions.order_by(*map(_of_submission, ORDER))


def _of_submission(step: str) -> OrderBy:
    """One step of the order, as a submission's column."""
    name = step.removeprefix("-")
    own = "pk" if name == "submission" else name.removeprefix("submission__")
    column = F(own if name.startswith("submission") else f"standing__{name}")
    return column.desc(nulls_last=True) if step.startswith("-") else column.asc(nulls_last=True)


def rank(campaign: Campaign) -> QuerySet[Standing]:
    """The campaign's reviewed submissions, the best first.

    By weighted mean; on a tie the one with more reviews, then the one whose reviewers agree more, then the
    one that arrived earlier.
    """
    return (
        Standing.objects.filter(submission__campaign=campaign, submission__status__in=AFTER_SCREENING)
        .select_related("submission__screened__theme")
        .order_by(*ORDER)
    )
