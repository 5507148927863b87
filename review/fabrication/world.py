"""What fabricated submissions lean on: read once, so that a batch asks the database for nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from taggit.models import Tag

from campaign.models import Campaign, Municipality, Phase, Region, Theme
from home.models import User
from home.models.user import COORDINATORS, REVIEWERS
from pledges.consent import current_wordings
from pledges.models import ConsentWording, Purpose
from review.fabrication import words
from review.models import Criterion, ReviewerProfile

CRITERIA, MOST_TASKS = 5, 30_000


class NotReady(Exception):
    """Why nothing can be fabricated, as a sentence."""


@dataclass(frozen=True)
class World:
    campaign: Campaign
    at: datetime
    since: datetime
    until: datetime
    themes: list[Theme]
    regions: dict[int, Region]
    municipalities: list[Municipality]
    tags: dict[str, Tag]
    wordings: dict[Purpose, ConsentWording]
    criteria: list[Criterion]
    coordinator: User
    reviewers: list[User]
    reviews: int | None


def read(campaign: Campaign | None, *, reviewers: int, at: datetime, reviews: int | None = None) -> World:
    """Raises NotReady where there is no current campaign or it has no themes.

    Where so many `reviews` of each are asked for, there are criteria for them.
    """
    if campaign is None:
        raise NotReady("There is no current campaign. Make one first, or load the demo.")
    themes = list(campaign.themes.all())
    if not themes:
        raise NotReady("The current campaign has no themes. Add one first.")
    since, until = _window(campaign, at)
    names = {name for vocabulary in words.IN.values() for name in vocabulary.tags}
    return World(
        campaign=campaign,
        at=at,
        since=since,
        until=until,
        themes=themes,
        regions={region.pk: region for region in Region.objects.all()},
        municipalities=list(Municipality.objects.valid_on(at.date())),
        tags={name: _tag(name) for name in sorted(names)},
        wordings=current_wordings(),
        criteria=_criteria(campaign) if reviews else list(campaign.criteria.all()),
        coordinator=_person("coordinator", COORDINATORS),
        reviewers=_profiled(campaign, _reviewers(reviewers)),
        reviews=reviews,
    )


def _window(campaign: Campaign, at: datetime) -> tuple[datetime, datetime]:
    """When submissions have come: while the call was open, or in the last thirty days where it was not yet."""
    call = campaign.phase(Phase.Kind.CALL)
    if call and call.opens_at < at:
        return call.opens_at, min(call.closes_at, at)
    return at - timedelta(days=30), at


def _tag(name: str) -> Tag:
    return Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)


def _criteria(campaign: Campaign) -> list[Criterion]:
    """The campaign's own, or five."""
    if not campaign.criteria.exists():
        Criterion.objects.bulk_create(
            Criterion(
                campaign=campaign, name=f"Criterion {place}", question="How good?", weight=20, position=place
            )
            for place in range(1, CRITERIA + 1)
        )
    return list(campaign.criteria.all())


def _profiled(campaign: Campaign, people: list[User]) -> list[User]:
    """The reviewers, each with a profile: every third reads Finnish only."""
    languages = (["fi"], ["fi", "sv"], ["fi", "sv", "en"])
    ReviewerProfile.objects.bulk_create(
        [
            ReviewerProfile(campaign=campaign, person=person, languages=languages[place % 3], most=MOST_TASKS)
            for place, person in enumerate(people)
        ],
        ignore_conflicts=True,
    )
    return people


def _reviewers(number: int) -> list[User]:
    """The reviewers there are, and as many more as are asked for; these cannot sign in."""
    there = list(User.objects.filter(groups__name=REVIEWERS, is_active=True).order_by("pk")[:number])
    return there + [_person(f"reviewer-{place}", REVIEWERS) for place in range(len(there) + 1, number + 1)]


def _person(name: str, group: str) -> User:
    email = f"fabricated-{name}@example.invalid"
    if known := User.objects.filter(email=email).first():
        return known
    person = User.objects.create_user(email, first_name="Fabricated", last_name=name)
    person.groups.add(Group.objects.get(name=group))
    return person
