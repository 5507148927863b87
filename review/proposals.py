"""Proposals of who reviews what: worked out, looked at, then accepted or discarded. A campaign has one at a time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.models import Campaign
from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import interests, proposing
from review.assignable import ASKED, Ids, Pair, ids, refusals
from review.assignments import Given, give
from review.matching import Facts, facts
from review.models import AssignmentProposal
from review.scoring import hold

# 2,000 submissions for 60 reviewers take five seconds and 270 MB. More is not worked out within a request.
MOST_PAIRS = 120_000


def open_proposal(campaign: Campaign) -> AssignmentProposal | None:
    return campaign.assignment_proposals.filter(accepted_at=None).order_by("-pk").first()


def make(campaign: Campaign, *, by: User, at: datetime) -> AssignmentProposal:
    """Work one out from what stands now, after a look for conflicts of interest that nobody has noted yet.

    It takes the place of one that nobody has accepted, which the log tells. Raises Refused where that many pairs, or
    such, cannot be worked out.
    """
    interests.find(campaign, at=at)
    now = facts(campaign, at=at)
    solution = _solution(now)
    with transaction.atomic():
        for earlier in campaign.assignment_proposals.select_for_update().filter(accepted_at=None):
            _discard(earlier, by=by, at=at)
        return AssignmentProposal.objects.create(
            campaign=campaign,
            made_by=by,
            made_at=at,
            reviews_each=now.wanted,
            pairs=solution.pairs,
            unfilled=list(solution.unfilled.items()),
        )


def _solution(now: Facts) -> proposing.Solution:
    lacking = sum(number > 0 for number in now.lacking().values())
    if lacking * len(now.candidates) > MOST_PAIRS:
        raise Refused(
            _(
                "There are too many submissions and reviewers for one proposal. Assign a part of them first, by hand or from a table."
            )
        )
    try:
        return proposing.propose(now.panel())
    except proposing.Unsolved as unsolved:
        raise Refused(_("No proposal could be worked out. Nothing has changed.")) from unsolved


def accept(proposal: AssignmentProposal, *, by: User, at: datetime) -> Given:
    """Give what was proposed. What has become impossible meanwhile is left out, and told.

    Raises Refused when the proposal was accepted or discarded before.
    """
    interests.find(proposal.campaign, at=at)  # what is found stays noted, also where the rest is refused
    return _accept(proposal, by=by, at=at)


@transaction.atomic
def _accept(proposal: AssignmentProposal, *, by: User, at: datetime) -> Given:
    proposal = _locked(proposal)
    hold(proposal.campaign)
    pairs = _pairs(proposal)
    now = facts(proposal.campaign, at=at)
    left_out = refusals(pairs, at=at)
    left_out |= _refused_by_a_rule([pair for pair in pairs if ids(pair) not in left_out], now)
    given = give([pair for pair in pairs if ids(pair) not in left_out], by=by, at=at)
    proposal.accepted_at = at
    proposal.save(update_fields=["accepted_at"])
    log(proposal, "review.accept_proposal", user=by, data={"assignments": len(given.made)}, timestamp=at)
    return Given(made=given.made, refused=left_out | given.refused)


def _pairs(proposal: AssignmentProposal) -> list[Pair]:
    """Its pairs of rows that still exist."""
    rows = Submission.objects.filter(campaign=proposal.campaign_id).select_related("screened").only(*ASKED)
    submissions = rows.in_bulk()
    people = User.objects.in_bulk({reviewer for _submission, reviewer in proposal.pairs})
    return [
        (submissions[submission], people[reviewer])
        for submission, reviewer in proposal.pairs
        if submission in submissions and reviewer in people
    ]


def _refused_by_a_rule(pairs: list[Pair], now: Facts) -> dict[Ids, str]:
    """Those of the pairs that a proposal would not hold now, though they could be given by hand; each with why.

    What is held already is neither refused nor counted twice.
    """
    lacking, room, refused = now.lacking(), {pk: now.room(pk) for pk in now.candidates}, {}
    for pair in pairs:
        if ids(pair) in now.held:
            continue
        submission, person = pair
        if person.pk not in now.candidates:
            sentence = _("%(person)s takes no submissions now.")
        elif not now.candidates[person.pk].reads_any(now.texts[submission.pk]):
            sentence = _("%(person)s does not read the language of %(reference)s.")
        elif lacking[submission.pk] < 1:
            sentence = _("%(reference)s has enough reviewers.")
        elif room[person.pk] < 1:
            sentence = _("%(person)s has as many submissions as they take.")
        else:
            lacking[submission.pk] -= 1
            room[person.pk] -= 1
            continue
        refused[ids(pair)] = sentence % {"person": person, "reference": submission.reference}
    return refused


@transaction.atomic
def discard(proposal: AssignmentProposal, *, by: User, at: datetime) -> None:
    """Raises Refused when it was accepted or discarded before."""
    _discard(_locked(proposal), by=by, at=at)


def _discard(proposal: AssignmentProposal, *, by: User, at: datetime) -> None:
    log(proposal, "review.discard_proposal", user=by, timestamp=at)
    proposal.delete()


def _locked(proposal: AssignmentProposal) -> AssignmentProposal:
    rows = AssignmentProposal.objects.select_for_update(of=("self",)).select_related("campaign")
    found = rows.filter(pk=proposal.pk, accepted_at=None).first()
    if found is None:
        raise Refused(_("This proposal was accepted or discarded already."))
    return found
