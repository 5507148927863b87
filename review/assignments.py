"""Giving submissions to reviewers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import product

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
from review.assignable import ASKED, Ids, Pair, ids, refusals
from review.audit import note_all
from review.models import Assignment, Review, ReviewerProfile


def with_left(tasks: QuerySet[Assignment]) -> QuerySet:
    """Each with `is_left`: whether it still waits for a review. What has left the review waits for nothing."""
    own = Review.objects.filter(submission=OuterRef("submission"), reviewer=OuterRef("reviewer"))
    answered = own.filter(Q(handed_in_at__isnull=False) | Q(abstained_at__isnull=False))
    return tasks.alias(is_left=Q(submission__status=Status.IN_REVIEW) & ~Exists(answered))


def unreviewed(campaign: Campaign) -> QuerySet[Assignment]:
    """Tasks of reviewers that still wait for a review, of submissions that are in review."""
    return with_left(Assignment.objects.filter(submission__campaign=campaign)).filter(is_left=True)


def with_reviews_counted(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Each with `given`, the number of reviews that count, `asked`, the number of reviewers who have it, and `wanted`.

    Who abstained is asked no more. What is wanted is what the campaign's procedure says, where it has one.
    """
    abstained = Review.objects.filter(
        submission=OuterRef("submission"), reviewer=OuterRef("reviewer"), abstained_at__isnull=False
    )
    tasks = Assignment.objects.filter(~Exists(abstained), submission=OuterRef("pk"))
    rows = tasks.order_by().values("submission")
    asked = Subquery(rows.annotate(number=Count("pk")).values("number"))
    return submissions.annotate(
        given=Coalesce("standing__reviews", 0),
        asked=Coalesce(asked, 0, output_field=IntegerField()),
        wanted=F("campaign__procedure__reviews_wanted"),
    )


def with_few_reviews(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those that nobody has reviewed, or fewer people than were asked, or than the campaign wants."""
    few = Q(given=0) | Q(given__lt=F("asked")) | Q(given__lt=F("wanted"))
    return with_reviews_counted(submissions).filter(few)


def may_be_given(submission: Submission, people: QuerySet[User]) -> QuerySet[User]:
    """Those of the people who do not have the submission yet, nor a conflict of interest in it, and have neither
    abstained from it nor dropped out."""
    left = ReviewerProfile.objects.filter(campaign=submission.campaign_id, left_at__isnull=False)
    return (
        people.exclude(pk__in=submission.assignments.values("reviewer"))
        .exclude(pk__in=submission.conflicts.standing().values("person"))
        .exclude(pk__in=submission.reviews.filter(abstained_at__isnull=False).values("reviewer"))
        .exclude(pk__in=left.values("person"))
    )


@dataclass(frozen=True, kw_only=True)
class Given:
    """What came of giving: the pairs of ids that are new, and those that may not be, each with a sentence."""

    made: list[Ids]
    refused: dict[Ids, str]


def assign(submissions: Iterable[Submission], reviewers: Iterable[User], *, by: User, at: datetime) -> int:
    """Give every submission to every reviewer and tell how many assignments are new.

    Raises Refused, and gives nothing, where one of them may not be given to one of the people.
    """
    pairs = list(product(submissions, reviewers))
    _find_conflicts(pairs, at=at)
    with transaction.atomic():
        given = _give(pairs, by=by, at=at)
        if given.refused:
            raise Refused(next(iter(given.refused.values())))
    return len(given.made)


def give(pairs: Collection[Pair], *, by: User, at: datetime) -> Given:
    """Give each submission of a pair to its reviewer where that may be; what they have already stays as it is."""
    _find_conflicts(pairs, at=at)
    return _give(pairs, by=by, at=at)


def _find_conflicts(pairs: Collection[Pair], *, at: datetime) -> None:
    """What is found stays noted, also where that refuses the rest."""
    interests.find_in({submission for submission, _person in pairs}, at=at)


@transaction.atomic
def _give(pairs: Collection[Pair], *, by: User, at: datetime) -> Given:
    rows = Submission.objects.filter(pk__in={submission.pk for submission, _person in pairs})
    held = rows.select_for_update(of=("self",)).select_related("screened").only(*ASKED).order_by("pk")
    locked = {row.pk: row for row in held}
    pairs = [(locked[submission.pk], person) for submission, person in pairs if submission.pk in locked]
    refused = refusals(pairs, at=at)
    existing = Assignment.objects.filter(
        submission__in=locked, reviewer__in={person.pk for _submission, person in pairs}
    )
    known = set(existing.values_list("submission", "reviewer"))
    made = sorted(set(map(ids, pairs)) - known - refused.keys())
    Assignment.objects.bulk_create(
        [Assignment(submission_id=pk, reviewer_id=who, assigned_at=at) for pk, who in made], batch_size=500
    )
    added: dict[int, dict[str, list[int]]] = {}
    for pk, who in made:
        added.setdefault(pk, {"reviewers": []})["reviewers"].append(who)
    note_all([locked[pk] for pk in added], "review.assign", by=by, at=at, data=added)
    return Given(made=made, refused={pair: why for pair, why in refused.items() if pair not in known})


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
