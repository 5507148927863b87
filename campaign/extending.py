"""Giving the call more time: a public act, written down, that only ever makes it longer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaign.kinds import Kind
from campaign.models import Campaign, Extension, Phase
from campaign.models.campaign import OWN_DEADLINES, contradiction, instant
from campaign.moments import in_words
from home.models import User


class CannotExtend(Exception):
    """An extension that may not be; its text is a sentence for the reader."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """New closing moments, by kind, and under "" that of the call itself.

    `seen` are the dates that the person had on the screen. `moves_review` says that the review opens later too.
    """

    closings: Mapping[str, datetime]
    seen: str
    moves_review: bool = False


def present(campaign: Campaign) -> dict[str, datetime]:
    """What can be extended: the call's closing, under "", and that of each kind with a moment of its own."""
    if campaign.deadline is None:
        return {}
    own = {kind: moment for kind, moment in campaign.deadlines.items() if campaign.has_own_deadline(kind)}
    return {"": campaign.deadline} | own


def fingerprint(campaign: Campaign) -> str:
    """The dates as they stand, to tell whether they have been changed since somebody looked at them."""
    review = campaign.phase(Phase.Kind.REVIEW)
    moments = [*present(campaign).values(), *([review.opens_at, review.closes_at] if review else [])]
    return " ".join(instant(moment).isoformat() for moment in moments)


def refusal(campaign: Campaign, asked: Asked, *, at: datetime) -> str | None:
    """Why the call cannot be extended so, as a sentence; None when it can."""
    now = present(campaign)
    if asked.seen != fingerprint(campaign) or now.keys() != asked.closings.keys():
        return _("The dates have changed meanwhile. Look at them again.")
    later = _later(campaign, asked)
    if any(instant(asked.closings[kind]) < moment for kind, moment in now.items()):
        return _("The call can only be extended, never shortened: choose a later moment.")
    if not later:
        return _("Choose a later moment than the present one.")
    if any(moment <= at for moment in later.values()):
        return _("Choose a moment that is still to come.")
    if any(instant(moment) > instant(asked.closings[""]) for moment in asked.closings.values()):
        return _("No kind can be taken after the call has closed. Extend the call as well.")
    return _collision(campaign, asked)


def _later(campaign: Campaign, asked: Asked) -> dict[str, datetime]:
    now = present(campaign)
    return {kind: instant(moment) for kind, moment in asked.closings.items() if instant(moment) > now[kind]}


def _collision(campaign: Campaign, asked: Asked) -> str | None:
    """Why the phases after the call leave no room for it."""
    review, closes_at = campaign.phase(Phase.Kind.REVIEW), instant(asked.closings[""])
    if review and review.closes_at <= closes_at:
        return _("The review ends on %(moment)s. Give it more time first.") % {
            "moment": in_words(review.closes_at, campaign)
        }
    if review and review.opens_at < closes_at and not asked.moves_review:
        return _(
            "The review opens on %(moment)s. Choose an earlier moment, or let the review open later."
        ) % {"moment": in_words(review.opens_at, campaign)}
    later = {Phase.Kind.CALL: {"closes_at": closes_at}, Phase.Kind.REVIEW: {"opens_at": closes_at}}
    others = [phase for phase in campaign.phases.all() if phase.kind not in later]
    call = campaign.phase(Phase.Kind.CALL)
    assert call is not None  # a campaign without a call has nothing to extend
    return contradiction([Phase(kind=call.kind, opens_at=call.opens_at, closes_at=closes_at), *others])


@transaction.atomic
def extend(campaign: Campaign, asked: Asked, *, by: User, at: datetime) -> list[Extension]:
    """Move the closing moments on, and the review's opening where that was asked for. Raises CannotExtend.

    Locks the campaign, so that two people who extend it at once do so one after the other, and the second is told.
    """
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if sentence := refusal(locked, asked, at=at):
        raise CannotExtend(sentence)
    now, later = present(locked), _later(locked, asked)
    for kind in later.keys() & set(Kind.values):
        setattr(locked, OWN_DEADLINES[Kind(kind)], later[kind])
    locked.save(update_fields=list(OWN_DEADLINES.values()))
    if "" in later:
        _move(locked, later[""])
    log(locked, "campaign.extend", user=by, data={"kinds": sorted(later)}, timestamp=at)
    return [
        Extension.objects.create(campaign=locked, kind=kind, before=now[kind], after=moment, decided_at=at)
        for kind, moment in later.items()
    ]


def _move(campaign: Campaign, closes_at: datetime) -> None:
    call, review = campaign.phase(Phase.Kind.CALL), campaign.phase(Phase.Kind.REVIEW)
    assert call is not None
    call.closes_at = closes_at
    call.save(update_fields=["closes_at"])
    if review and review.opens_at < closes_at:
        review.opens_at = closes_at
        review.save(update_fields=["opens_at"])
