"""A reviewer's queue: what is left, in which order, and how far one has come."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce

from campaign.models import Campaign
from campaign.references import normalise
from home.models import User
from pledges.models import Status, Submission
from pledges.models.submission import SubmissionQuerySet
from review import blind
from review.models import Procedure
from review.sight import assigned_to

STEPS = TO_DO, DRAFT, CHANGED, DONE, ABSTAINED, CLOSED = range(6)
LEFT = (TO_DO, DRAFT, CHANGED)


@dataclass(frozen=True)
class Progress:
    """How many tasks stand at each step. What was abstained from or closed is nothing to hand in."""

    numbers: Mapping[int, int]

    @property
    def total(self) -> int:
        return self.left + self.done

    @property
    def done(self) -> int:
        return self.numbers.get(DONE, 0)

    @property
    def left(self) -> int:
        return sum(self.numbers.get(step, 0) for step in LEFT)


def tasks(user: User, campaign: Campaign) -> SubmissionQuerySet:
    """A reviewer's submissions of one campaign with `step`, in the order in which they are to be reviewed.

    What is left comes first: the calibration round, then what has the fewest reviews that count, so that all get
    theirs; drafts and newer texts after what is not begun, and what was skipped last. Then what is handed in.

    Changed is what has a newer text than the one that the reviewer handed in a review of. Closed is what left
    the review before this reviewer had handed in.
    """
    own = assigned_to(user).filter(campaign=campaign)
    return _with_step(own, user).annotate(**_places(campaign)).order_by(*ORDER)


def _with_step(rows: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
    other_text = Q(status=Status.IN_REVIEW) & ~Q(own_version=F("screened"))
    step = Case(
        When(other_text, own_review_at__isnull=False, then=Value(CHANGED)),
        When(own_review_at__isnull=False, then=Value(DONE)),
        When(mine__abstained_at__isnull=False, then=Value(ABSTAINED)),
        When(~Q(status=Status.IN_REVIEW), then=Value(CLOSED)),
        When(mine__isnull=False, then=Value(DRAFT)),
        default=Value(TO_DO),
        output_field=IntegerField(),
    )
    return rows.annotate(
        mine=FilteredRelation("reviews", condition=Q(reviews__reviewer=user)),
        task=FilteredRelation("assignments", condition=Q(assignments__reviewer=user)),
        own_version=F("mine__version"),
        own_review_at=F("mine__handed_in_at"),
        own_total=F("mine__total"),
    ).annotate(step=step)


ORDER = ("is_over", F("skipped_at").asc(nulls_first=True), "-is_calibration", "step", "waits", "pk")


def _places(campaign: Campaign) -> dict:
    """What the order goes by. How many reviews there are places only what is left."""
    of_calibration = Procedure.calibration.through.objects.filter(
        procedure__campaign=campaign, submission=OuterRef("pk")
    )
    is_left = Q(step__in=LEFT)
    return {
        "is_over": Case(When(is_left, then=Value(0)), default=Value(1)),
        "skipped_at": Case(When(is_left, then=F("task__skipped_at"))),
        "waits": Case(When(is_left, then=Coalesce("standing__reviews", 0)), default=Value(0)),
        "is_calibration": Exists(of_calibration),
    }


def of(user: User, campaign: Campaign) -> Progress:
    own = _with_step(assigned_to(user).filter(campaign=campaign), user)
    return Progress(dict(own.order_by().values_list("step").annotate(number=Count("pk"))))


def around(submission: Submission, user: User, *, most: int) -> tuple[list[Submission], Progress]:
    """One task and up to `most` that are left after it; and how far the reviewer is (one query for both).

    Raises Submission.DoesNotExist where it is not a task of theirs any more.
    """
    is_open = Case(When(pk=submission.pk, then=Value(0)), default=Value(1))
    numbers = {f"number_{step}": Window(Count("pk", filter=Q(step=step))) for step in STEPS}
    rows = tasks(user, submission.campaign).annotate(**numbers).select_related("screened")
    found = list(rows.order_by(is_open, *ORDER)[: most + 1])
    if not found or found[0] != submission:
        raise Submission.DoesNotExist
    done = Progress({step: getattr(found[0], f"number_{step}") for step in STEPS})
    return [found[0], *(row for row in found[1:] if row.step in LEFT)], done


def next_task(user: User, campaign: Campaign, *, after: int | None = None) -> str | None:
    """The reference of the next submission to review, if there is one besides the one that was just open."""
    left = tasks(user, campaign).filter(step__in=LEFT)
    others = left.exclude(pk=after) if after else left
    return others.values_list("reference", flat=True).first()


def named(rows: SubmissionQuerySet, words: str, *, user: User, campaign: Campaign) -> SubmissionQuerySet:
    """Those of a reviewer's tasks whose reference, title or summary has the words, as the reviewer reads them.

    Where the review is blind, a search does not tell what is hidden.
    """
    by_reference = Q(reference=normalise(words)) | Q(reference__icontains=words)
    in_text = Q(screened__title__icontains=words) | Q(screened__summary__icontains=words)
    if blind.is_blind_for(user, campaign):
        in_text = Q(pk__in=_saying(rows.filter(in_text), words, user, campaign))
    return rows.filter(by_reference | in_text)


def _saying(rows: SubmissionQuerySet, words: str, user: User, campaign: Campaign) -> list[int]:
    found = list(rows.select_related("screened").order_by())
    blind.cover(found, user, campaign)
    texts = {row.pk: (row.screened.title, row.screened.summary) for row in found}
    return [pk for pk, said in texts.items() if any(words.casefold() in text.casefold() for text in said)]
