"""How a campaign is reviewed: the settings that coordinators make, and what may not be changed any more."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign
from home.models import User
from pledges.changes import differing
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import scoring
from review.models import Procedure, Review
from review.sight import visible_to


def blind_refusal(campaign: Campaign) -> str | None:
    """Why the review can no longer become blind, or open; None while nobody has handed in."""
    if Review.objects.filter(submission__campaign=campaign, handed_in_at__isnull=False).exists():
        return _("The first review has been handed in. Whether the review is blind stays as it is.")
    return None


@transaction.atomic
def change(
    campaign: Campaign,
    values: Mapping[str, Any],
    calibration: Iterable[Submission],
    *,
    by: User,
    at: datetime,
) -> bool:
    """Store settings by their fields, and the submissions that all reviewers begin with; whether anything changed.

    Of those, the ones that this person does not see stay. Raises Refused.
    """
    scoring.hold(campaign)  # so that nobody hands in meanwhile
    procedure, _created = Procedure.objects.select_for_update().get_or_create(campaign=campaign)
    changed = differing(procedure, values)
    if "is_blind" in changed and (sentence := blind_refusal(campaign)):
        raise Refused(sentence)
    for name, value in changed.items():
        setattr(procedure, name, value)
    procedure.save()
    fields = sorted(changed) + (["calibration"] if _set_calibration(procedure, calibration, by) else [])
    if fields:
        log(campaign, "review.change_procedure", user=by, data={"fields": fields}, timestamp=at)
    return bool(fields)


def _set_calibration(procedure: Procedure, chosen: Iterable[Submission], by: User) -> bool:
    before = set(procedure.calibration.values_list("pk", flat=True))
    unseen = before - set(visible_to(by).filter(pk__in=before).values_list("pk", flat=True))
    after = unseen | {submission.pk for submission in chosen}
    procedure.calibration.set(after)
    return before != after
