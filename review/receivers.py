"""What the review learns from a submission that changed. Only rows are written here."""

from datetime import datetime

from django.dispatch import receiver

from pledges.models import Status, Submission
from pledges.signals import submission_changed
from review import awards
from review.models import Award, Decision, Review

ERASED = "–"


@receiver(submission_changed)
def forget_pending_decision(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """A submission that left the review undecided has nothing to be released any more."""
    if what == "status" and submission.status != Status.IN_REVIEW:
        Decision.objects.filter(submission=submission, released_at__isnull=True).delete()


@receiver(submission_changed)
def publish_awards(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """An announced award becomes public again when its submission does."""
    if submission.status == Status.SELECTED:
        awards.publish(submission, at=at)


@receiver(submission_changed)
def forget_words(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """What reviewers and coordinators wrote may quote the text; after an erasure only its outcome stays."""
    if what == "erasure":
        Review.objects.filter(submission=submission).update(comment="")
        Decision.objects.filter(submission=submission).update(reasons=ERASED)
        Award.objects.filter(submission=submission).delete()
