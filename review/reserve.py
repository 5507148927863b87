"""The reserve: in which order its submissions would be selected when a place becomes free."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign
from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.models.submission import SubmissionQuerySet
from review.models import Decision
from review.models.decision import Reasoned
from review.scoring import as_ranked
from review.sight import in_conflict

RESERVE = Reasoned.Outcome.RESERVE


def in_reserve(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """Those in reserve, known or pending, the first to be lifted first."""
    rows = submissions.filter(decision__outcome=RESERVE, status__in=(Status.IN_REVIEW, Status.RESERVE))
    return rows.order_by(F("decision__reserve_place").asc(nulls_last=True), "decision__pk")


def first_to_lift(submissions: SubmissionQuerySet) -> Submission | None:
    """The one whose turn it is when a place becomes free: the first whose sender knows that it waits."""
    return in_reserve(submissions).filter(status=Status.RESERVE).first()


def next_place(campaign_id: int) -> int:
    """The last one. The campaign is held, so that two who ask at once get two; last of all that is locked."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    rows = Decision.objects.filter(submission__campaign=campaign_id, outcome=RESERVE)
    return (rows.aggregate(last=Max("reserve_place"))["last"] or 0) + 1


def place(decision: Decision) -> None:
    """Give what comes into the reserve the last place there, and what leaves it none; the caller saves."""
    if decision.outcome != RESERVE:
        decision.reserve_place = None
    elif decision.reserve_place is None:
        decision.reserve_place = next_place(decision.submission.campaign_id)


@transaction.atomic
def move(decision: Decision, *, up: bool, by: User, at: datetime) -> None:
    """Change places with the one before or after that this person sees. At an end it stays.

    Raises Refused for what is not in reserve, or not theirs to move.
    """
    rows = _locked(decision.submission.campaign)
    places = _places_of(rows, by)
    here = next((number for number, place in enumerate(places) if rows[place].pk == decision.pk), None)
    if here is None:
        raise Refused(_("%(submission)s is not in reserve.") % {"submission": decision.submission})
    there = here - 1 if up else here + 1
    if 0 <= there < len(places):
        place, other = places[here], places[there]
        rows[place], rows[other] = rows[other], rows[place]
        log(decision.submission, "review.move_in_reserve", user=by, timestamp=at)
    _number(rows)


@transaction.atomic
def order_by_rank(campaign: Campaign, *, by: User, at: datetime) -> None:
    """Put what this person sees of the reserve into the order of the ranking; what they may not judge stays where it is."""
    rows = _locked(campaign)
    places = _places_of(rows, by)
    ranked = as_ranked(Submission.objects.filter(decision__in=rows)).values_list("pk", flat=True)
    ranks = {pk: rank for rank, pk in enumerate(ranked)}
    theirs = sorted((rows[place] for place in places), key=lambda row: ranks[row.submission_id])
    for place, row in zip(places, theirs, strict=True):
        rows[place] = row
    _number(rows)
    log(campaign, "review.order_reserve", user=by, timestamp=at)


def _locked(campaign: Campaign) -> list[Decision]:
    """The reserve's decisions in their order. Submissions are locked before decisions, as everywhere."""
    rows = in_reserve(campaign.submissions.all())
    # Not `values_list`: it would drop `of`, and lock the decisions with them.
    list(rows.order_by("pk").select_for_update(of=("self",)).only("pk"))
    decisions = Decision.objects.filter(submission__in=rows.order_by().values("pk"))
    locked = decisions.select_for_update(of=("self",)).order_by("pk")
    return sorted(locked, key=lambda row: (row.reserve_place is None, row.reserve_place or 0, row.pk))


def _places_of(rows: list[Decision], person: User) -> list[int]:
    """Where those of the rows stand in which a person has no conflict of interest."""
    tied = set(in_conflict(person).filter(decision__in=rows).values_list("pk", flat=True))
    return [place for place, row in enumerate(rows) if row.submission_id not in tied]


def _number(rows: list[Decision]) -> None:
    for place, row in enumerate(rows, start=1):
        row.reserve_place = place
    Decision.objects.bulk_update(rows, ["reserve_place"], batch_size=500)
