"""What the desk's pages ask for. Who holds which right is the table in `migrations/0002_groups.py`."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from home.models import User
from pledges.actors import may_screen

SCREEN = "pledges.screen_submission"
REVIEW = "review.add_review"
ASSIGN = "review.add_assignment"
DECIDE = "review.add_decision"
AWARD = "review.add_award"
EXTEND = "campaign.change_campaign"
EDIT_PROGRAMME = "campaign.change_programme"
RELEASE_PROGRAMME = "campaign.add_programmerelease"
OBSERVE = "review.observe_review"
VOTE = "review.add_juryvote"
MEET = "review.add_meeting"
SET_PROCEDURE = "review.change_procedure"
GIVE_MANDATES = "campaign.add_mandate"

DESK = (SCREEN, REVIEW, EDIT_PROGRAMME, OBSERVE, VOTE)

# Who is asked beforehand what they have ties to.
JUDGES = (SCREEN, REVIEW, OBSERVE, VOTE)

# Whoever observes may read the pages that ask for one of these.
OBSERVED = frozenset({SCREEN, DECIDE, AWARD, MEET})


def holds(user: User, rights: Iterable[str]) -> bool:
    return any(user.has_perm(right) for right in rights)


def may_read(user: User, rights: Iterable[str]) -> bool:
    """Whether a person may open the pages that ask for one of the rights: as theirs, or to observe."""
    return holds(user, rights) or (not OBSERVED.isdisjoint(rights) and user.has_perm(OBSERVE))


def oversees(user: User) -> bool:
    """Whether a person reads the whole review: coordinators, and observers."""
    return user.is_active and may_read(user, (SCREEN,))


def may_review(user: User) -> bool:
    """Whether a person may be given submissions to review."""
    return user.is_active and user.has_perm(REVIEW)


def reviewers() -> QuerySet[User]:
    """Everybody who may be given submissions to review, by name."""
    return _holders(REVIEW)


def jurors() -> QuerySet[User]:
    """Everybody who may sit in a jury, by name."""
    return _holders(VOTE)


def leaders_of_meetings() -> QuerySet[User]:
    """Everybody who may lead a meeting of the panel, by name."""
    return _holders(MEET)


def _holders(right: str) -> QuerySet[User]:
    people = User.objects.filter(_given(right), is_active=True)
    return people.distinct().order_by("last_name", "first_name", "pk")


def bound() -> QuerySet[User]:
    """Everybody whom a conflict of interest binds: who may open something at the desk, whatever that is."""
    people = User.objects.filter(_given(*DESK, *OBSERVED) | Q(is_superuser=True), is_active=True)
    return people.distinct()


def _given(*rights: str) -> Q:
    """That one of the rights was given to somebody, by a group or to themselves."""
    found = Q()
    for right in rights:
        app, codename = right.split(".")
        for way in ("groups__permissions", "user_permissions"):
            found |= Q(**{f"{way}__codename": codename, f"{way}__content_type__app_label": app})
    return found


__all__ = [
    "ASSIGN",
    "AWARD",
    "DECIDE",
    "DESK",
    "EDIT_PROGRAMME",
    "EXTEND",
    "GIVE_MANDATES",
    "JUDGES",
    "MEET",
    "OBSERVE",
    "OBSERVED",
    "RELEASE_PROGRAMME",
    "REVIEW",
    "SCREEN",
    "SET_PROCEDURE",
    "VOTE",
    "bound",
    "holds",
    "jurors",
    "leaders_of_meetings",
    "may_read",
    "may_review",
    "may_screen",
    "oversees",
    "reviewers",
]
