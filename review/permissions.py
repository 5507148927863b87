"""What the desk's pages ask for. Who holds which right is the table in `migrations/0002_groups.py`."""

from home.models import User
from pledges.actors import may_screen

SCREEN = "pledges.screen_submission"
REVIEW = "review.add_review"
ASSIGN = "review.add_assignment"
DECIDE = "review.add_decision"
AWARD = "review.add_award"
EDIT_PROGRAMME = "campaign.change_programme"
RELEASE_PROGRAMME = "campaign.add_programmerelease"

DESK = (SCREEN, REVIEW, EDIT_PROGRAMME)


def may_review(user: User) -> bool:
    """Whether a person may be given submissions to review."""
    return user.is_active and user.has_perm(REVIEW)


__all__ = [
    "ASSIGN",
    "AWARD",
    "DECIDE",
    "DESK",
    "EDIT_PROGRAMME",
    "RELEASE_PROGRAMME",
    "REVIEW",
    "SCREEN",
    "may_review",
    "may_screen",
]
