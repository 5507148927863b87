"""What the review learns from rows that changed. Only rows are written here."""

from datetime import datetime

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from home.mail import queue
from home.models import PublicVersion
from pledges.models import Status, Submission
from pledges.signals import submission_changed
from review import awards
from review.models import Award, AwardCategory, Criterion, CriterionPoint, Decision, Review
from review.sight import reviews_of_earlier_texts

ERASED = "–"


@receiver([post_save, post_delete], sender=Criterion)
@receiver([post_save, post_delete], sender=CriterionPoint)
@receiver([post_save, post_delete], sender=AwardCategory)
def move_public_version(sender, **kwargs) -> None:
    """How we choose is told to everybody from these rows."""
    PublicVersion.move()


@receiver(submission_changed)
def forget_pending_decision(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """A submission that left the review undecided has nothing to be released any more. What was never screened was in none."""
    if what == "status" and submission.status != Status.IN_REVIEW and submission.screened_id:
        Decision.objects.filter(submission=submission, released_at__isnull=True).delete()


@receiver(submission_changed)
def tell_reviewers(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """Whoever handed in a review of an earlier text is told once of the one that is read now."""
    if submission.status != Status.IN_REVIEW or what not in {"text", "status"}:
        return
    for review in reviews_of_earlier_texts(submission):
        queue(
            "text_changed",
            key=f"text_changed:{review.pk}:{submission.screened_id}",
            language=review.reviewer.language,
            at=at,
            reference=submission.reference,
            review=review.pk,
        )


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
