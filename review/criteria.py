"""Changing what reviewers judge by, while they judge."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from campaign.models import Campaign
from home.models import User
from review import scoring
from review.models import Criterion, Review, Score
from review.sight import visible_to

# What a criterion does to reviews; the rest is words.
JUDGING = ("weight", "max_points", "kind", "is_yes_or_no", "is_required", "is_counted")


def judging(criterion: Criterion) -> dict[str, Any]:
    return {name: getattr(criterion, name) for name in JUDGING}


def refusal(criterion: Criterion, values: Mapping[str, Any]) -> str | None:
    """Why a criterion may not be stored with these values, as a sentence; None when it may.

    Reviews that were handed in stay whole: none lacks points for what is required or has nothing left that
    counts, and no scale becomes shorter than points that were given. All else may change; everything is then
    totalled anew.
    """
    campaign = values.get("campaign")
    if campaign is None:
        return None
    if criterion.pk and campaign.pk != criterion.campaign_id:
        return _("A criterion stays in its campaign.")
    highest = Score.objects.filter(criterion=criterion.pk).aggregate(highest=Max("points"))["highest"]
    if highest is not None and values.get("max_points", highest) < highest:
        return _("Points up to %(highest)d have been given: the scale cannot be shorter.") % {
            "highest": highest
        }
    return _wholeness_refusal(campaign, _changed_to(criterion, values))


def _changed_to(criterion: Criterion, values: Mapping[str, Any]) -> Criterion:
    changed = copy(criterion)
    for name in JUDGING:
        setattr(changed, name, values.get(name, getattr(criterion, name)))
    return changed


def _wholeness_refusal(campaign: Campaign, changed: Criterion) -> str | None:
    others = campaign.criteria.exclude(pk=changed.pk)
    number = sum(
        scoring.incomplete(_for(review, [*others, changed]), scoring.points_of(review)) is not None
        for review in scoring.handed_in_reviews(campaign)
    )
    if not number:
        return None
    if changed.pk is None:
        return _("Reviews have been handed in: a criterion that is added now must be optional.")
    return ngettext(
        "%(number)d review that was handed in would lack points. Leave it optional, or counted, as it was.",
        "%(number)d reviews that were handed in would lack points. Leave it optional, or counted, as it was.",
        number,
    ) % {"number": number}


def _for(review: Review, criteria: list[Criterion]) -> list[Criterion]:
    return [criterion for criterion in criteria if criterion.is_for(review.submission.kind)]


@dataclass(frozen=True, kw_only=True)
class Move:
    """A submission whose rank changed."""

    reference: str
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a change did: its fields with what they were and are, how many reviews were totalled anew, who moved."""

    changes: dict[str, list]
    reviews: int
    moves: list[Move]

    @property
    def stamp(self) -> str:
        """Says that this change is meant, and no other."""
        return ";".join(f"{name}:{was}>{now}" for name, (was, now) in self.changes.items())


@transaction.atomic
def changed(criterion: Criterion, *, was: Mapping[str, Any], by: User, at: datetime) -> Effect | None:
    """Total every review of the campaign anew after a criterion has changed from what it was.

    None when nothing is judged differently, or nothing was handed in yet. The moves are those that the person
    may see; the log has the numbers of all.
    """
    changes = {name: [was[name], now] for name, now in judging(criterion).items() if now != was[name]}
    if not changes:
        return None
    before = _places(criterion.campaign, by)
    reviews = scoring.recompute(criterion.campaign)
    if not reviews:
        return None
    after = _places(criterion.campaign, by)
    moves = [Move(reference=name, before=before[name], after=place) for name, place in after.items()]
    moved = [move for move in moves if move.before != move.after]
    log(criterion, "review.recompute", user=by, timestamp=at, data={"changes": changes, "reviews": reviews})
    return Effect(changes=changes, reviews=reviews, moves=moved)


def _places(campaign: Campaign, user: User) -> dict[str, int]:
    """The rank of every submission in the ranking that the person sees, by its reference."""
    standings = scoring.rank(campaign).filter(submission__in=visible_to(user))
    references = standings.values_list("submission__reference", flat=True)
    return {reference: place for place, reference in enumerate(references, start=1)}
