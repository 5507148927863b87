"""Reviews, their points and comments, and decisions as rows.

What a reviewer has not handed in yet is told as a draft, without its words and points: the desk shows those to
nobody else either.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from home.sheets import Column, Sheet
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review.exports.columns import chunks, column, people, yes_or_no
from review.models import Criterion, Decision, Recommendation, Review, Score
from review.sight import counted_reviews

REVIEW = ("version__number", "saved_at", "handed_in_at", "changed_in_sight_at", "abstained_at", "abstention")
JUDGED = ("total", "recommendation")
CRITERION = ("name", "weight", "max_points")
DECISION = (
    "reasons",
    "language",
    "letter_note",
    "reserve_place",
    "letters_sent",
    "decided_at",
    "released_at",
)


def reviews(seen: SubmissionQuerySet) -> Sheet:
    found = Review.objects.filter(submission__in=seen)
    words = {"recommendation": dict(Recommendation.choices)}
    return Sheet(
        name="reviews",
        label=_("Reviews"),
        columns=[
            *_whose(),
            Column("counts", _("counts"), yes_or_no()),
            *(column(Review, name, words.get(name)) for name in JUDGED),
            column(Review, "version"),
            *(column(Review, name) for name in REVIEW[1:]),
        ],
        rows=_reviews(found, people()),
        number=found.order_by().count,
    )


def _whose() -> list[Column]:
    return [column(Submission, "reference"), column(Review, "reviewer")]


def _reviews(found: QuerySet[Review], names: dict[int | None, str]) -> Iterator[list[Any]]:
    """Points and recommendation are told of what was handed in; it counts where no conflict of interest stands."""
    counting = found.annotate(counts=Exists(counted_reviews().filter(pk=OuterRef("pk"))))
    fields = ("submission__reference", "reviewer", "counts", *JUDGED, *REVIEW)
    for rows in chunks(counting, *fields):
        for _pk, reference, reviewer, counts, total, recommendation, *facts in rows:
            handed_in = facts[REVIEW.index("handed_in_at")] is not None
            judged = [total, recommendation] if handed_in else [None, ""]
            yield [reference, names[reviewer], counts, *judged, *facts]


def scores(seen: SubmissionQuerySet) -> Sheet:
    found = Score.objects.filter(review__submission__in=seen, review__handed_in_at__isnull=False)
    return Sheet(
        name="scores",
        label=_("Scores"),
        columns=[
            *_whose(),
            column(Score, "criterion"),
            *(column(Criterion, name) for name in CRITERION[1:]),
            column(Score, "points"),
        ],
        rows=_scores(found, people()),
        number=found.order_by().count,
    )


def _scores(found: QuerySet[Score], names: dict[int | None, str]) -> Iterator[list[Any]]:
    criteria = {row.pk: [getattr(row, name) for name in CRITERION] for row in Criterion.objects.all()}
    fields = ("review__submission__reference", "review__reviewer", "criterion", "points")
    for rows in chunks(found, *fields):
        for _pk, reference, reviewer, criterion, points in rows:
            yield [reference, names[reviewer], *criteria[criterion], points]


def comments(seen: SubmissionQuerySet) -> Sheet:
    handed_in = Review.objects.filter(submission__in=seen, handed_in_at__isnull=False)
    found = handed_in.exclude(comment="")
    return Sheet(
        name="comments",
        label=_("Comments"),
        columns=[*_whose(), column(Review, "comment"), column(Review, "is_feedback", yes_or_no())],
        rows=_comments(found, people()),
        number=found.order_by().count,
    )


def _comments(found: QuerySet[Review], names: dict[int | None, str]) -> Iterator[list[Any]]:
    for rows in chunks(found, "submission__reference", "reviewer", "comment", "is_feedback"):
        for _pk, reference, reviewer, *said in rows:
            yield [reference, names[reviewer], *said]


def decisions(seen: SubmissionQuerySet) -> Sheet:
    found = Decision.objects.filter(submission__in=seen)
    sent = {"letters_sent": Column("letters_sent", _("letters sent"))}
    return Sheet(
        name="decisions",
        label=_("Decisions"),
        columns=[
            column(Submission, "reference"),
            column(Decision, "outcome", dict(Decision.Outcome.choices)),
            column(Decision, "decided_by"),
            *(sent.get(name) or column(Decision, name) for name in DECISION),
        ],
        rows=_decisions(found, people()),
        number=found.order_by().count,
    )


def _decisions(found: QuerySet[Decision], names: dict[int | None, str]) -> Iterator[list[Any]]:
    for rows in chunks(found, "submission__reference", "outcome", "decided_by", *DECISION):
        for _pk, reference, outcome, decided_by, *facts in rows:
            yield [reference, outcome, names[decided_by], *facts]
