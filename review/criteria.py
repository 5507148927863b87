"""Changing what reviewers judge by, while they judge."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import User
from review import scoring
from review.models import Criterion, Review, Score


def refusal(criterion: Criterion, values: Mapping[str, Any]) -> str | None:
    """Why a criterion may not be stored with these values, as a sentence; None when it may.

    Reviews that were handed in stay whole: no criterion is added to them, and no scale becomes shorter than
    points that were given. Weights may change; everything is then totalled anew.
    """
    campaign = values.get("campaign")
    if criterion.pk and campaign and campaign.pk != criterion.campaign_id:
        return _("A criterion stays in its campaign.")
    if criterion.pk is None:
        handed_in = Review.objects.filter(submission__campaign=campaign, handed_in_at__isnull=False)
        return (
            _("Reviews have been handed in: no criterion can be added now.") if handed_in.exists() else None
        )
    highest = Score.objects.filter(criterion=criterion).aggregate(highest=Max("points"))["highest"]
    if highest is not None and values.get("max_points", highest) < highest:
        return _("Points up to %(highest)d have been given: the scale cannot be shorter.") % {
            "highest": highest
        }
    return None


def changed(criterion: Criterion, *, by: User, at: datetime) -> None:
    """Total every review of the campaign anew after a criterion has changed."""
    if scoring.recompute(criterion.campaign):
        log(criterion, "review.recompute", user=by, timestamp=at)
