"""Reviewers who drop out, and who come back."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from campaign.models import Campaign
from home.models import User
from review.assignments import unreviewed
from review.audit import note_all
from review.models import Assignment, Review, ReviewerProfile
from review.scoring import hold


def left_behind(campaign: Campaign, person: User) -> QuerySet[Assignment]:
    """What would be taken back from somebody who drops out: all that they have not handed in a review of."""
    return unreviewed(campaign).filter(reviewer=person)


@transaction.atomic
def drop_out(campaign: Campaign, person: User, *, by: User, at: datetime) -> int:
    """Note that a reviewer has left and take back what they have not reviewed, with their drafts; tell how many.

    Reviews that were handed in stay and count. From now on the person is given nothing in this campaign.
    """
    hold(campaign)
    profile, _created = ReviewerProfile.objects.get_or_create(campaign=campaign, person=person)
    if profile.left_at:
        return 0
    profile.left_at = at
    profile.save(update_fields=["left_at"])
    assignments = list(left_behind(campaign, person).select_related("submission").order_by("submission"))
    submissions = [assignment.submission for assignment in assignments]
    drafts = Review.objects.filter(submission__in=submissions, reviewer=person, handed_in_at=None)
    drafts.filter(abstained_at=None).delete()
    Assignment.objects.filter(pk__in=[assignment.pk for assignment in assignments]).delete()
    data = {submission.pk: {"reviewers": [person.pk]} for submission in submissions}
    note_all(submissions, "review.unassign", by=by, at=at, data=data)
    log(profile, "review.drop_out", user=by, data={"assignments": len(submissions)}, timestamp=at)
    return len(submissions)


@transaction.atomic
def come_back(campaign: Campaign, person: User, *, by: User, at: datetime) -> None:
    """Let somebody who had dropped out be given submissions again."""
    profile = ReviewerProfile.objects.select_for_update().get(campaign=campaign, person=person)
    profile.left_at = None
    profile.save(update_fields=["left_at"])
    log(profile, "review.come_back", user=by, timestamp=at)
