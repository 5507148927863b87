"""Loading the demo: an earlier round that is complete, and the current one at the phase that is asked for."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from campaign.models import Campaign, Phase
from home.models import Mail
from review.demo import pages, people, programmes, reviewing, rounds, submissions
from review.demo.people import Cast
from review.demo.texts import entries, read

STAGES = (Phase.Kind.CALL.value, Phase.Kind.REVIEW.value, Phase.Kind.RESULTS.value)


@transaction.atomic
def load(stage: str, *, at: datetime) -> Campaign:
    """Load what is missing and bring the current round to `stage`. Idempotent.

    Work is added and never undone: a round that has come to its results keeps them when it is asked back to
    its call, and only its dates move.
    """
    cast = people.load()
    earlier = rounds.lay("earlier", Phase.Kind.FOLLOW_UP, at=at)
    current = rounds.lay("current", stage, at=at)
    _bring("earlier", earlier, Phase.Kind.FOLLOW_UP, cast, at=at)
    _bring("current", current, stage, cast, at=at)
    if stage == Phase.Kind.CALL:
        submissions.begin(current, read("submissions-current")["unsent"], at=at)
    pages.load(earlier, current, at=at)
    _settle_letters(earlier, current)
    return current


def _bring(name: str, campaign: Campaign, stage: str, cast: Cast, *, at: datetime) -> None:
    """Do everything that a round has behind it when it is at this stage."""
    rows = entries(name)
    submissions.load(campaign, rows, cast, at=at)
    if stage == Phase.Kind.CALL:
        return
    screened_at = rounds.morning(campaign, Phase.Kind.REVIEW, day=1)
    submissions.pass_to_review(campaign, rows, cast, at=screened_at)
    reviewing.review(campaign, rows, cast, complete=stage != Phase.Kind.REVIEW, at=at)
    if stage != Phase.Kind.REVIEW and not _has_programme(campaign):
        reviewing.decide(campaign, rows, cast)
        programmes.release(campaign, rows, cast, at=at)


def _has_programme(campaign: Campaign) -> bool:
    return hasattr(campaign, "programme")


def _settle_letters(*campaigns: Campaign) -> None:
    """The letters of the past count as sent: nobody is written to when a demo is loaded."""
    for campaign in campaigns:
        references = campaign.submissions.filter(form_key__startswith="demo:").values("reference")
        waiting = Mail.objects.waiting().filter(reference__in=references)
        waiting.update(state=Mail.State.SENT, closed_at=F("created_at"))
