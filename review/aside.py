"""What a reviewer puts aside: skipped until the end of the queue, or abstained from with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Submission
from review.audit import note
from review.models import Assignment, Review
from review.scoring import lock_own


@transaction.atomic
def skip(submission: Submission, reviewer: User, *, at: datetime) -> None:
    """Put a task at the end of the reviewer's queue. Raises Refused when it is not theirs to review now."""
    locked, _own = lock_own(submission, reviewer, at)
    Assignment.objects.filter(submission=locked, reviewer=reviewer).update(skipped_at=at)
    note(locked, "review.skip", by=reviewer, at=at)


@transaction.atomic
def take_up(submission: Submission, reviewer: User, *, at: datetime) -> None:
    """Put a skipped task back to its place."""
    locked, _own = lock_own(submission, reviewer, at)
    Assignment.objects.filter(submission=locked, reviewer=reviewer).update(skipped_at=None)
    note(locked, "review.take_up", by=reviewer, at=at)


@transaction.atomic
def abstain(submission: Submission, reviewer: User, *, reason: str, at: datetime) -> None:
    """Give no points, and say why. A draft is kept, for who takes the abstention back; no review counts.

    Raises Refused once a review is handed in.
    """
    locked, own = lock_own(submission, reviewer, at)
    if own and own.handed_in_at:
        raise Refused(_("You have handed in a review of this. Change it, or declare a conflict of interest."))
    assert locked.screened_id  # what is not screened is nobody's to review
    review = Review(submission=locked, reviewer=reviewer, version_id=locked.screened_id, saved_at=at)
    review.abstained_at, review.abstention = at, reason
    Review.objects.bulk_create(
        [review],
        update_conflicts=True,
        unique_fields=["submission", "reviewer"],
        update_fields=["abstained_at", "abstention"],
    )
    note(locked, "review.abstain", by=reviewer, at=at)


@transaction.atomic
def resume(submission: Submission, reviewer: User, *, at: datetime) -> None:
    """Take an abstention back: the draft is there again, where there was one."""
    locked, own = lock_own(submission, reviewer, at)
    if own is None or own.abstained_at is None:
        return
    mine = Review.objects.filter(pk=own.pk)
    mine.filter(comment="", recommendation="", scores__isnull=True).delete()
    mine.update(abstained_at=None, abstention="")
    note(locked, "review.resume", by=reviewer, at=at)
