"""What the desk's pages ask for. Who holds which right is the table in `migrations/0002_groups.py`."""

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

DESK = (SCREEN, REVIEW, EDIT_PROGRAMME)


def may_review(user: User) -> bool:
    """Whether a person may be given submissions to review."""
    return user.is_active and user.has_perm(REVIEW)


def reviewers() -> QuerySet[User]:
    """Everybody who may be given submissions to review, by name."""
    right = {"permissions__codename": "add_review", "permissions__content_type__app_label": "review"}
    in_group = Q(**{f"groups__{path}": value for path, value in right.items()})
    own = Q(**{f"user_{path}": value for path, value in right.items()})
    people = User.objects.filter(in_group | own, is_active=True)
    return people.distinct().order_by("last_name", "first_name", "pk")


__all__ = [
    "ASSIGN",
    "AWARD",
    "DECIDE",
    "DESK",
    "EDIT_PROGRAMME",
    "EXTEND",
    "GIVE_MANDATES",
    "MEET",
    "OBSERVE",
    "RELEASE_PROGRAMME",
    "REVIEW",
    "SCREEN",
    "SET_PROCEDURE",
    "VOTE",
    "may_review",
    "may_screen",
    "reviewers",
]
