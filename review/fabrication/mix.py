"""How often what occurs among fabricated submissions."""

from random import Random
from typing import TypeVar

from campaign.kinds import Kind, OrganisationKind, Scope
from pledges.models import Purpose, Status

T = TypeVar("T")

KINDS = {Kind.PLEDGE: 72, Kind.INITIATIVE: 28}
LANGUAGES = {"fi": 72, "sv": 18, "en": 10}
ORGANISATIONS = {
    OrganisationKind.ASSOCIATION: 35,
    OrganisationKind.COMPANY: 26,
    OrganisationKind.MUNICIPALITY: 13,
    OrganisationKind.EDUCATION: 9,
    OrganisationKind.RELIGIOUS: 6,
    OrganisationKind.INFORMAL: 5,
    OrganisationKind.AUTHORITY: 4,
    OrganisationKind.OTHER: 2,
}
SCOPES = {Scope.MUNICIPALITIES: 62, Scope.REGIONS: 22, Scope.COUNTRY: 12, Scope.ELSEWHERE: 4}
STATUSES = {
    Status.IN_REVIEW: 62,
    Status.SELECTED: 12,
    Status.DECLINED: 6,
    Status.RESERVE: 3,
    Status.SUBMITTED: 8,
    Status.DRAFT: 3,
    Status.RETURNED: 2,
    Status.WITHDRAWN: 2,
    Status.INELIGIBLE: 1,
    Status.SPAM: 1,
}
# In how many of a hundred submissions a consent is given.
CONSENTS = {
    Purpose.TEXT: 94,
    Purpose.ORGANISATION: 90,
    Purpose.SOCIAL: 85,
    Purpose.CONTACT: 80,
    Purpose.REUSE: 70,
}
UNCONFIRMED = 20  # of a hundred submitted ones
WITH_PARTNER = 30
WITH_NEED = 40
HANDED_IN = 60  # of a hundred reviews of what is in review


def one(shares: dict[T, int], random: Random) -> T:
    return random.choices(list(shares), weights=list(shares.values()))[0]


def happens(percent: int, random: Random) -> bool:
    return random.random() * 100 < percent
