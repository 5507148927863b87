"""How far a reviewer has come."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When

from campaign.models import Campaign
from home.models import User
from pledges.models import Status
from pledges.models.submission import SubmissionQuerySet
from review.models import Review
from review.sight import assigned_to

TO_DO, DRAFT, CHANGED, DONE, CLOSED = range(5)
LEFT = (TO_DO, DRAFT, CHANGED)


@dataclass(frozen=True)
class Progress:
    total: int
    done: int

    @property
    def left(self) -> int:
        return self.total - self.done


def tasks(user: User, campaign: Campaign) -> SubmissionQuerySet:
    """A reviewer's submissions of one campaign with `step`: to do first, then drafts, changed, handed in, closed.

    Changed is what has a newer text than the one that the reviewer handed in a review of. Closed is what left
    the review before this reviewer had handed in.
    """
    mine = Review.objects.filter(submission=OuterRef("pk"), reviewer=user)
    other_text = Q(status=Status.IN_REVIEW) & ~Q(own_version=F("screened"))
    step = Case(
        When(other_text, own_review_at__isnull=False, then=Value(CHANGED)),
        When(own_review_at__isnull=False, then=Value(DONE)),
        When(~Q(status=Status.IN_REVIEW), then=Value(CLOSED)),
        When(own_review__isnull=False, then=Value(DRAFT)),
        default=Value(TO_DO),
        output_field=IntegerField(),
    )
    return (
        assigned_to(user)
        .filter(campaign=campaign)
        .annotate(
            own_review=Subquery(mine.values("pk")[:1]),
            own_version=Subquery(mine.values("version")[:1]),
            own_review_at=Subquery(mine.values("handed_in_at")[:1]),
            own_total=Subquery(mine.values("total")[:1]),
        )
        .annotate(step=step)
        .order_by("step", "pk")
    )


def of(user: User, campaign: Campaign) -> Progress:
    steps = tasks(user, campaign).order_by().values_list("step").annotate(number=Count("pk"))
    numbers = dict(steps)
    return Progress(total=sum(numbers.values()) - numbers.get(CLOSED, 0), done=numbers.get(DONE, 0))


def next_task(user: User, campaign: Campaign, *, after: int | None = None) -> str | None:
    """The reference of the next submission to review: the one that follows `after`, else the first one left."""
    left = tasks(user, campaign).filter(step__in=LEFT)
    following = Case(When(pk__gt=after or 0, then=Value(0)), default=Value(1), output_field=IntegerField())
    others = left.exclude(pk=after) if after else left
    return others.order_by(following, "pk").values_list("reference", flat=True).first()
