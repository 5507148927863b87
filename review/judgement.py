"""What a reviewer says of a submission, and two windows that say it at the same time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from pledges.lifecycle import Refused
from review.models import Review


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a reviewer says of one version: points by criterion id, a comment, a recommendation.

    `seen` is the stamp of the review that it was written over, empty where there was none; None does not ask.
    """

    version: int
    points: Mapping[int, int]
    comment: str = ""
    recommendation: str = ""
    seen: str | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.points or self.comment or self.recommendation)


class Overtaken(Refused):
    """Another window has saved the review meanwhile; nothing of that is written over unseen."""


def refuse_overtaken(own: Review | None, judgement: Judgement) -> None:
    """Raise Overtaken for what was written over another state of the review, unless it says the same."""
    if judgement.seen is None or judgement.seen == (own.stamp if own else ""):
        return
    if own and said_by(Review.objects.get(pk=own.pk)) == replace(judgement, seen=None):
        return
    raise Overtaken(
        _(
            "This review was saved in another window since you opened this page. Both are kept: what is stored "
            "stands below, and what you wrote is still here. Save again to store what you wrote."
        )
    )


def said_by(review: Review) -> Judgement:
    """What a stored review says."""
    return Judgement(
        version=review.version_id,
        points=dict(review.scores.values_list("criterion", "points")),
        comment=review.comment,
        recommendation=review.recommendation,
    )
