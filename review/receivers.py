"""What the review learns from rows that changed. Only rows are written here."""

from datetime import datetime

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone

from campaign.models import Campaign
from home.mail import queue
from home.models import Picture, PublicVersion, User
from pledges.models import Status, Submission
from pledges.signals import submission_changed
from review import audit, awards, interests, logbook
from review.models import (
    Award,
    AwardCategory,
    ConflictOfInterest,
    Criterion,
    CriterionPoint,
    Decision,
    EarlierDecision,
    MeetingCase,
    Nominee,
    Procedure,
    Redaction,
    Review,
    ReviewerProfile,
)
from review.sight import reviews_of_earlier_texts

ERASED = "–"


@receiver([post_save, post_delete], sender=Criterion)
@receiver([post_save, post_delete], sender=CriterionPoint)
@receiver([post_save, post_delete], sender=AwardCategory)
@receiver([post_save, post_delete], sender=Procedure)
def move_public_version(sender, **kwargs) -> None:
    """How we choose is told to everybody from these rows."""
    PublicVersion.move()


def keep_lines(instance, **kwargs) -> None:
    """The log of a campaign keeps the lines of what is deleted."""
    audit.keep(instance, instance.campaign_id)


for model in logbook.OWN:
    pre_delete.connect(keep_lines, sender=model)


@receiver(submission_changed)
def forget_pending_decision(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """A submission that left the review undecided has nothing to be released any more. What was never screened was in none."""
    if what == "status" and submission.status != Status.IN_REVIEW and submission.screened_id:
        Decision.objects.filter(submission=submission, released_at__isnull=True).delete()


# When a submission comes before somebody's eyes.
SEEN_FIRST = frozenset({Status.SUBMITTED, Status.IN_REVIEW, Status.SPAM})


@receiver(submission_changed)
def find_conflicts(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """Whoever has a tie to those who take part does not see it from the start."""
    if what == "participants" or (what in {"status", "text"} and submission.status in SEEN_FIRST):
        interests.find(submission.campaign, submissions=[submission.pk], at=at)


@receiver(post_save, sender=ReviewerProfile)
def find_conflicts_of_employers(instance: ReviewerProfile, raw: bool, update_fields, **kwargs) -> None:
    if not raw and (update_fields is None or "employer" in update_fields):
        interests.find_of(instance.person, [instance.campaign], at=timezone.now())


@receiver(post_save, sender=User)
def find_conflicts_of_addresses(instance: User, created: bool, raw: bool, update_fields, **kwargs) -> None:
    """Another address may be of somebody who takes part. Who is new has no rights yet, and comes by their group."""
    if not (created or raw) and (update_fields is None or "email" in update_fields):
        interests.find_of(instance, Campaign.objects.all(), at=timezone.now())


@receiver(m2m_changed, sender=User.groups.through)
def find_conflicts_of_members(instance, action: str, reverse: bool, **kwargs) -> None:
    """A person whom a group lets into the desk."""
    if action == "post_add" and not reverse:
        interests.find_of(instance, Campaign.objects.all(), at=timezone.now())


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


@receiver(post_delete, sender=Award)
def forget_picture(instance: Award, **kwargs) -> None:
    """A picture that was sent for an award goes with it, however the award ends: by erasure, too."""
    if instance.owns_picture:
        Picture.objects.filter(pk=instance.picture_id).delete()


@receiver(submission_changed)
def forget_words(submission: Submission, what: str, at: datetime, **kwargs) -> None:
    """What reviewers and coordinators wrote may quote the text; after an erasure only its outcome stays."""
    if what == "erasure":
        Review.objects.filter(submission=submission).update(comment="", abstention="")
        Decision.objects.filter(submission=submission).update(reasons=ERASED, letter_note="")
        earlier = EarlierDecision.objects.filter(decision__submission=submission)
        earlier.update(reasons=ERASED)
        earlier.exclude(because="").update(because=ERASED)
        Award.objects.filter(submission=submission).delete()
        Nominee.objects.filter(submission=submission).delete()
        MeetingCase.objects.filter(submission=submission).update(notes="")
        Redaction.objects.filter(submission=submission).delete()
        ConflictOfInterest.objects.filter(submission=submission).exclude(lifted_because="").update(
            lifted_because=ERASED
        )
