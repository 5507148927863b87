"""Who sees which submission at the desk. Every view of a reviewer starts here."""

from django.db.models import Exists, OuterRef, QuerySet

from home.models import User
from pledges.actors import may_screen
from pledges.models import Status, Submission
from pledges.models.submission import AFTER_SCREENING, SubmissionQuerySet
from review.models import Assignment, ConflictOfInterest, Review
from review.permissions import may_review, oversees, reviewers


def sent() -> SubmissionQuerySet:
    """Everything that was sent and not erased since; drafts are nobody's but their writers'."""
    return Submission.objects.exclude(status=Status.DRAFT).filter(erased_at__isnull=True)


def without_conflict(submissions: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
    return submissions.exclude(
        pk__in=ConflictOfInterest.objects.standing().filter(person=user).values("submission")
    )


def in_conflict(user: User) -> SubmissionQuerySet:
    """What a person may know nothing of."""
    standing = ConflictOfInterest.objects.standing().filter(person=user)
    return Submission.objects.filter(pk__in=standing.values("submission"))


def visible_to(user: User) -> SubmissionQuerySet:
    """What a person may see: coordinators and observers what was sent, reviewers their own.

    Never with a conflict of interest.
    """
    if oversees(user):
        return without_conflict(sent(), user)
    return assigned_to(user)


def late_drafts(user: User) -> SubmissionQuerySet:
    """The drafts that missed the call, for coordinators to give more time; their texts are shown to nobody."""
    if not may_screen(user):
        return Submission.objects.none()
    return without_conflict(Submission.objects.late_drafts(), user)


def register_of(user: User) -> SubmissionQuerySet:
    """The entries of the register that a coordinator may look up: all that was sent, even when erased since."""
    if not may_screen(user):
        return Submission.objects.none()
    return without_conflict(Submission.objects.exclude(status=Status.DRAFT), user)


def assigned_to(user: User) -> SubmissionQuerySet:
    """What a person is to review or has reviewed, and afterwards what came of it.

    Only with a screened text, and without a conflict of interest.
    """
    if not may_review(user):
        return Submission.objects.none()
    mine = Assignment.objects.filter(reviewer=user).values("submission")
    readable = sent().filter(pk__in=mine, status__in=AFTER_SCREENING, screened__isnull=False)
    return without_conflict(readable, user)


def unnamed_to(user: User) -> set[int]:
    """Ids of those whose names a person does not read: observers read a review without its reviewers' names."""
    if may_screen(user):
        return set()
    ids = reviewers().order_by().values_list("pk")
    return {
        pk
        for (pk,) in ids.union(
            Assignment.objects.values_list("reviewer"), Review.objects.values_list("reviewer")
        )
    }


def reviews_beside(review: Review) -> list[Review]:
    """The others' handed-in reviews of the same submission; none before one's own is handed in."""
    if review.handed_in_at is None:
        return []
    others = counted_reviews().filter(submission=review.submission_id).exclude(pk=review.pk)
    return list(others.order_by("handed_in_at", "pk"))


def reviews_of_earlier_texts(submission: Submission) -> QuerySet[Review]:
    """The counted reviews that speak of another text than the one that is read now, with their reviewers."""
    others = counted_reviews().filter(submission=submission).exclude(version=submission.screened_id)
    return others.select_related("reviewer")


def counted_reviews():
    """The reviews that count: handed in, by people without a conflict of interest."""
    conflict = ConflictOfInterest.objects.standing().filter(
        submission=OuterRef("submission"), person=OuterRef("reviewer")
    )
    return Review.objects.filter(handed_in_at__isnull=False).exclude(Exists(conflict))
