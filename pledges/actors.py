"""Who acts on a submission."""

from dataclasses import dataclass
from enum import Enum

from home.models import User


class Role(Enum):
    OWNER = "owner"
    PARTNER = "partner"
    COORDINATOR = "coordinator"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    role: Role
    user: User | None = None


OWNER = Actor(Role.OWNER)
PARTNER = Actor(Role.PARTNER)
SYSTEM = Actor(Role.SYSTEM)


def coordinator(user: User) -> Actor:
    return Actor(Role.COORDINATOR, user)


def may_screen(user: User) -> bool:
    """Whether a person may act as a coordinator."""
    return user.is_active and user.has_perm("pledges.screen_submission")
