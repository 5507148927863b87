"""A proposal of who reviews what: made, shown with its balance, accepted or discarded; and the calibration round."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.models import User
from pledges.lifecycle import Refused
from review import calibration, permissions, proposals
from review.assignable import Ids
from review.matching import Facts, facts
from review.models import AssignmentProposal
from review.sight import visible_to
from review.views.desk import Desk, desk, go
from review.views.telling import tell

MOST_TOLD = 50


@require_POST
@desk(permissions.ASSIGN)
def make(desk: Desk) -> HttpResponse:
    return work_out(desk)


def work_out(desk: Desk) -> HttpResponse:
    """Show a new proposal. Whoever's open one it took the place of is named."""
    earlier = proposals.open_proposal(desk.campaign)
    try:
        proposals.make(desk.campaign, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
        return go("reviewers")
    if earlier:
        replaced = _("It takes the place of the proposal that %(person)s had made and nobody had accepted.")
        desk.note(replaced % {"person": earlier.made_by})
    return go("proposal")


@dataclass(frozen=True)
class Share:
    """One reviewer's part: how many they have, get, and take at most."""

    person: User
    now: int
    new: int
    most: int

    @property
    def after(self) -> int:
        return self.now + self.new


@desk(permissions.ASSIGN)
def show(desk: Desk) -> HttpResponse:
    proposal = proposals.open_proposal(desk.campaign)
    if proposal is None:
        desk.note(_("There is no open proposal."))
        return go("reviewers")
    now = facts(desk.campaign, at=desk.at)
    pairs = [(submission, reviewer) for submission, reviewer in proposal.pairs]
    shares = _shares(now, pairs)
    context = {
        "proposal": proposal,
        "number": len(pairs),
        "submissions": len({submission for submission, _reviewer in pairs}),
        "shares": shares,
        "scale": max((max(share.after, share.most) for share in shares), default=1),
        "fits": _fits(now, pairs),
        "lacking": sum(number for _submission, number in proposal.unfilled),
        "unfilled": _unfilled(desk, now, proposal, pairs),
    }
    return desk.render("proposal", context, tab="reviewers")


def _shares(now: Facts, pairs: list[Ids]) -> list[Share]:
    new = Counter(reviewer for _submission, reviewer in pairs)
    return [
        Share(candidate.person, now.loads[pk], new[pk], candidate.most)
        for pk, candidate in now.candidates.items()
    ]


def _fits(now: Facts, pairs: list[Ids]) -> list[tuple[str, int]]:
    """How many of the pairs fit in each respect."""
    known = [(now.texts[one], now.candidates[other]) for one, other in pairs if _is_known(now, one, other)]
    return [
        (_("Knows the theme"), sum(candidate.fits_theme(text) for text, candidate in known)),
        (_("Knows the region"), sum(candidate.fits_region(text) for text, candidate in known)),
        (_("Reads the original"), sum(candidate.reads_original(text) for text, candidate in known)),
    ]


def _is_known(now: Facts, submission: int, reviewer: int) -> bool:
    return submission in now.texts and reviewer in now.candidates


def _unfilled(desk: Desk, now: Facts, proposal: AssignmentProposal, pairs: list[Ids]) -> list[dict]:
    """The first of those that lack reviewers even so, each with why."""
    lacking = {submission: number for submission, number in proposal.unfilled if submission in now.texts}
    rows = visible_to(desk.user).filter(pk__in=lacking).select_related("screened").order_by("pk")
    taken = {*pairs, *now.held}
    return [
        {"submission": row, "lacking": lacking[row.pk], "why": _why(now, row.pk, taken)}
        for row in rows[:MOST_TOLD]
    ]


def _why(now: Facts, submission: int, taken: set[Ids]) -> str:
    text = now.texts[submission]
    readers = [pk for pk, candidate in now.candidates.items() if candidate.reads_any(text)]
    if not readers:
        return _("Nobody reads its language, and it has no passed translation.")
    if not any(now.candidates[pk].has_mandate_for(text) for pk in readers):
        return _("Nobody who reads it has its theme.")
    if any(now.suits(submission, pk) and (submission, pk) not in taken for pk in readers):
        return _("Whoever could take it has as many as they take.")
    return _(
        "Nobody is left who could take it: the others do not read it, have it, or a conflict of interest in it."
    )


@require_POST
@desk(permissions.ASSIGN)
def accept(desk: Desk) -> HttpResponse:
    return _answered(desk, lambda proposal: tell(desk, proposals.accept(proposal, by=desk.user, at=desk.at)))


@require_POST
@desk(permissions.ASSIGN)
def discard(desk: Desk) -> HttpResponse:
    def act(proposal: AssignmentProposal) -> None:
        proposals.discard(proposal, by=desk.user, at=desk.at)
        desk.say(_("The proposal is discarded. Nothing was assigned."))

    return _answered(desk, act)


def _answered(desk: Desk, act) -> HttpResponse:
    """Do it with the proposal that was on the page, unless another has taken its place."""
    proposal = proposals.open_proposal(desk.campaign)
    if proposal is None or str(proposal.pk) != desk.request.POST.get("proposal", ""):
        desk.refuse(_("This proposal is not open any more."))
        return go("reviewers")
    try:
        act(proposal)
    except Refused as refused:
        desk.refuse(str(refused))
    return go("reviewers")


@desk(permissions.ASSIGN)
def give_round(desk: Desk) -> HttpResponse:
    """Ask first; then give the calibration round to everybody."""
    if desk.request.method == "POST":
        tell(desk, calibration.give_round(desk.campaign, by=desk.user, at=desk.at))
        return go("reviewers")
    pairs = calibration.lacking(desk.campaign, at=desk.at)
    rows = calibration.chosen(desk.campaign).filter(pk__in=visible_to(desk.user).values("pk"))
    context = {"number": len(pairs), "rows": rows.select_related("screened")}
    return desk.render("give_round", context, tab="reviewers")
