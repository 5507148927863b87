"""Giving submissions to reviewers."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign
from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.models.submission import SubmissionQuerySet
from review import interests
from review.models import Assignment, ConflictOfInterest, Review
from review.permissions import may_review


def unreviewed(campaign: Campaign) -> QuerySet[Assignment]:
    """Tasks of reviewers that still wait for a review, of submissions that are in review."""
    own = Review.objects.filter(submission=OuterRef("submission"), reviewer=OuterRef("reviewer"))
    answered = own.filter(Q(handed_in_at__isnull=False) | Q(abstained_at__isnull=False))
    waiting = Assignment.objects.filter(submission__campaign=campaign, submission__status=Status.IN_REVIEW)
    return waiting.exclude(Exists(answered))


def with_reviews_counted(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Each with `given`, the number of reviews that count, and `asked`, the number of reviewers who have it.

    Who abstained is asked no more.
    """
    abstained = Review.objects.filter(
        submission=OuterRef("submission"), reviewer=OuterRef("reviewer"), abstained_at__isnull=False
    )
    asked = Assignment.objects.filter(~Exists(abstained), submission=OuterRef("pk"))
    rows = asked.order_by().values("submission")
    asked = Subquery(rows.annotate(number=Count("pk")).values("number"))
    return submissions.annotate(
        given=Coalesce("standing__reviews", 0), asked=Coalesce(asked, 0, output_field=IntegerField())
    )


def with_few_reviews(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those that nobody has reviewed, or fewer people than were asked."""
    return with_reviews_counted(submissions).filter(Q(given=0) | Q(given__lt=F("asked")))


def may_be_assigned(submission: Submission) -> bool:
    return submission.status == Status.IN_REVIEW


def may_be_given(submission: Submission, people: QuerySet[User]) -> QuerySet[User]:
    """Those of the people who do not have the submission yet, and no conflict of interest in it."""
    return people.exclude(pk__in=submission.assignments.values("reviewer")).exclude(
        pk__in=submission.conflicts.standing().values("person")
    )


def assign(submissions: Iterable[Submission], reviewers: Iterable[User], *, by: User, at: datetime) -> int:
    """Give every submission to every reviewer and tell how many assignments are new.

    Raises Refused for a submission that is not in review, for a person who is no reviewer, and where a
    conflict of interest stands.
    """
    submissions, reviewers = list(submissions), list(reviewers)
    interests.find_in(submissions, at=at)  # what is found stays noted, also where that refuses the rest
    return _assign(submissions, reviewers, by=by, at=at)


@transaction.atomic
def _assign(submissions: list[Submission], reviewers: list[User], *, by: User, at: datetime) -> int:
    for submission in submissions:
        if not may_be_assigned(submission):
            raise Refused(_("%(reference)s is not in review.") % {"reference": submission.reference})
    for reviewer in reviewers:
        if not may_review(reviewer):
            raise Refused(_("%(person)s is not a reviewer.") % {"person": reviewer})
    _refuse_conflicts(submissions, reviewers)
    wanted = {(submission.pk, reviewer.pk) for submission in submissions for reviewer in reviewers}
    existing = Assignment.objects.filter(submission__in=submissions, reviewer__in=reviewers)
    wanted -= set(existing.values_list("submission", "reviewer"))
    Assignment.objects.bulk_create(
        [Assignment(submission_id=pk, reviewer_id=who, assigned_at=at) for pk, who in sorted(wanted)],
        ignore_conflicts=True,
    )
    for submission in submissions:
        added = sorted(who for pk, who in wanted if pk == submission.pk)
        if added:
            log(submission, "review.assign", user=by, data={"reviewers": added}, timestamp=at)
    return len(wanted)


def _refuse_conflicts(submissions: list[Submission], reviewers: list[User]) -> None:
    conflict = (
        ConflictOfInterest.objects.standing()
        .filter(submission__in=submissions, person__in=reviewers)
        .select_related("submission", "person")
        .first()
    )
    if conflict:
        raise Refused(
            _("%(person)s has a conflict of interest in %(reference)s.")
            % {"person": conflict.person, "reference": conflict.submission.reference}
        )


@transaction.atomic
def unassign(submission: Submission, reviewer: User, *, by: User, at: datetime) -> None:
    """Take a submission back from a reviewer, with a draft of a review. Raises Refused once it is handed in."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    reviews = Review.objects.filter(submission=submission, reviewer=reviewer)
    if reviews.filter(handed_in_at__isnull=False).exists():
        raise Refused(_("This reviewer has handed in a review already."))
    reviews.delete()
    if Assignment.objects.filter(submission=submission, reviewer=reviewer).delete()[0]:
        log(submission, "review.unassign", user=by, data={"reviewers": [reviewer.pk]}, timestamp=at)
