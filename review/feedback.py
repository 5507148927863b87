"""Comments of reviewers that go with the letter of decision: chosen by a coordinator, never with a name."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from home.models import User
from pledges.models import Submission
from review.audit import note
from review.models import Review
from review.sight import counted_reviews


def to_choose_from(submissions: Iterable[int]) -> QuerySet[Review]:
    """The comments that could be told: of reviews that count, so of nobody with a conflict of interest."""
    rows = counted_reviews().filter(submission__in=list(submissions)).exclude(comment="")
    return rows.select_related("reviewer").order_by("pk")


def by_submission(reviews: Iterable[Review]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.submission_id, []).append(review)
    return found


def chosen(submissions: Iterable[int]) -> dict[int, list[Review]]:
    """The comments that are told, by submission."""
    return by_submission(to_choose_from(submissions).filter(is_feedback=True))


@transaction.atomic
def choose(submission: Submission, reviews: Collection[Review], *, by: User, at: datetime) -> None:
    """Let these comments be told to the sender, and no others."""
    own = to_choose_from([submission.pk])
    wanted = {review.pk for review in reviews}
    before = set(own.filter(is_feedback=True).values_list("pk", flat=True))
    if wanted == before:
        return
    own_rows = Review.objects.filter(submission=submission)
    own_rows.update(is_feedback=False)
    own_rows.filter(pk__in=own.filter(pk__in=wanted).values("pk")).update(is_feedback=True)
    note(submission, "review.choose_feedback", by=by, at=at)


def take_out_changed(review: Review, comment: str, *, by: User, at: datetime) -> None:
    """A comment that its reviewer changes is told no more until it is chosen again: nobody has read the new words."""
    chosen_before = Review.objects.filter(pk=review.pk, is_feedback=True).exclude(comment=comment)
    if chosen_before.update(is_feedback=False):
        note(review.submission, "review.take_out_feedback", by=by, at=at)
