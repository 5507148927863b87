"""What reviewers can take on, and how far each of them is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from wagtail.log_actions import log

from campaign.languages import name_of
from campaign.models import Campaign
from home.models import User
from pledges.models.submission import AFTER_SCREENING
from review.assignments import with_left
from review.matching import available
from review.models import Assignment, Review, ReviewerProfile
from review.scoring import hold


def of(campaign: Campaign, person: User) -> ReviewerProfile:
    """The person's own, or an unsaved one with the defaults: they read the language that they use the desk in."""
    own = campaign.reviewer_profiles.filter(person=person).first()
    return own or ReviewerProfile(campaign=campaign, person=person, languages=[person.language])


@transaction.atomic
def save(
    campaign: Campaign,
    person: User,
    *,
    themes: Collection[int],
    regions: Collection[int],
    by: User,
    at: datetime,
    **fields: Any,
) -> ReviewerProfile:
    """Store a profile; the log names the fields that were changed.

    Another employer may tie the person to any submission: these are held first, as wherever they are.
    """
    hold(campaign)
    profile, created = ReviewerProfile.objects.select_for_update().get_or_create(
        campaign=campaign, person=person
    )
    changed = [name for name, value in fields.items() if created or getattr(profile, name) != value]
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.save()
    for name, chosen in (("themes", themes), ("regions", regions)):
        rows = getattr(profile, name)
        if set(rows.values_list("pk", flat=True)) != set(chosen):
            rows.set(chosen)
            changed.append(name)
    log(profile, "review.change_profile", user=by, data={"fields": changed}, timestamp=at)
    return profile


@dataclass(frozen=True, kw_only=True)
class Row:
    """One reviewer of a campaign: what they take on, how many submissions they have, are reviewed and still wait."""

    person: User
    profile: ReviewerProfile
    given: int
    done: int
    left: int

    @property
    def reads(self) -> str:
        return ", ".join(map(name_of, self.profile.languages or [self.person.language]))

    @property
    def themes(self) -> str:
        return _names(self.profile, "themes")

    @property
    def regions(self) -> str:
        return _names(self.profile, "regions")


def _names(profile: ReviewerProfile, what: str) -> str:
    """The themes or regions of a profile; empty for all."""
    return ", ".join(row.name for row in getattr(profile, what).all()) if profile.pk else ""


def rows(campaign: Campaign, *, at: datetime) -> list[Row]:
    """Everybody who reviews in the campaign, or has reviewed, by name; in a few queries however many they are."""
    profiles = {
        row.person_id: row
        for row in campaign.reviewer_profiles.select_related("person").prefetch_related("themes", "regions")
    }
    counts = _counts(campaign)
    people = {person.pk: person for person in available(campaign, at=at)}
    people |= User.objects.in_bulk([pk for pk in {*counts, *profiles} if pk not in people])
    found = [
        Row(
            person=person,
            profile=profiles.get(pk)
            or ReviewerProfile(campaign=campaign, person=person, languages=[person.language]),
            **counts.get(pk, NOTHING),
        )
        for pk, person in people.items()
    ]
    return sorted(found, key=lambda row: (row.person.last_name, row.person.first_name, row.person.pk))


NOTHING = {"given": 0, "done": 0, "left": 0}


def _counts(campaign: Campaign) -> dict[int, dict[str, int]]:
    """By reviewer: how many submissions they have, what they abstained from apart, are reviewed, and still wait.

    What was decided before they reviewed it is neither done nor left.
    """
    own = Review.objects.filter(submission=OuterRef("submission"), reviewer=OuterRef("reviewer"))
    tasks = Assignment.objects.filter(submission__campaign=campaign, submission__status__in=AFTER_SCREENING)
    tasks = tasks.exclude(Exists(own.filter(abstained_at__isnull=False)))
    counted = (
        with_left(tasks)
        .alias(is_done=Exists(own.filter(handed_in_at__isnull=False)))
        .order_by()
        .values("reviewer")
        .annotate(
            given=Count("pk"),
            done=Count("pk", filter=Q(is_done=True)),
            left=Count("pk", filter=Q(is_left=True)),
        )
    )
    return {row.pop("reviewer"): row for row in counted}
