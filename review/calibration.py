"""The calibration round: a few submissions that everybody reviews before the rest."""

from datetime import datetime

from campaign.models import Campaign
from home.models import User
from pledges.models import Status, Submission
from pledges.models.submission import SubmissionQuerySet
from review.assignable import ASKED, Pair
from review.assignments import Given, give
from review.matching import facts
from review.models import Procedure


def chosen(campaign: Campaign) -> SubmissionQuerySet:
    """The submissions of the round that are in review."""
    rounds = Procedure.calibration.through.objects.filter(procedure__campaign=campaign)
    return Submission.objects.filter(
        campaign=campaign, status=Status.IN_REVIEW, screened__isnull=False, pk__in=rounds.values("submission")
    ).order_by("pk")


def lacking(campaign: Campaign, *, at: datetime) -> list[Pair]:
    """The pairs of the round that are still to be given: everybody who reads the text and whom nothing bars.

    How many submissions somebody takes does not limit it, since a panel is compared by all of its members.
    """
    now = facts(campaign, at=at)
    submissions = chosen(campaign).select_related("screened").only(*ASKED)
    return [
        (submission, candidate.person)
        for submission in submissions
        for pk, candidate in now.candidates.items()
        if now.may(submission.pk, pk)
    ]


def give_round(campaign: Campaign, *, by: User, at: datetime) -> Given:
    return give(lacking(campaign, at=at), by=by, at=at)
