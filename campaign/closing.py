"""The moments at which the call closes, as pages show them: one for both kinds, or one for each."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from campaign.kinds import Kind
from campaign.models import Campaign, Phase
from campaign.moments import in_words, time_left, zone_in_words

# What is said after the call, by kind; of either where both close together.
CLOSED = {
    "": _("The call closed on %(moment)s (%(zone)s)."),
    Kind.PLEDGE: _("The call for pledges closed on %(moment)s (%(zone)s)."),
    Kind.INITIATIVE: _("The call for initiatives closed on %(moment)s (%(zone)s)."),
}
PLURALS = {Kind.PLEDGE: _("Pledges"), Kind.INITIATIVE: _("Initiatives")}


@dataclass(frozen=True)
class Closing:
    """`kind` is empty where both close together. `before` is when it was first to close, had it not been extended."""

    kind: str
    at: datetime
    left: str
    before: datetime | None = None

    @property
    def label(self) -> StrOrPromise:
        return PLURALS[Kind(self.kind)] if self.kind else ""

    @property
    def is_over(self) -> bool:
        return not self.left


def closings(campaign: Campaign, at: datetime) -> list[Closing]:
    """When the call closes, with what is left until then: one row, or one a kind where they differ, the earlier first."""
    deadlines = campaign.deadlines
    kinds = [""] if campaign.closes_together else sorted(deadlines, key=deadlines.__getitem__)
    found = {kind: deadlines[kind] if kind else campaign.deadline for kind in kinds}
    return [
        Closing(kind, moment, time_left(moment, at), extended_from(campaign, kind))
        for kind, moment in found.items()
        if moment
    ]


def closing_in_words(closing: Closing, campaign: Campaign) -> str:
    """One short sentence: until when, or since when it is over."""
    sentence = (
        _("Closed on %(moment)s (%(zone)s).") if closing.is_over else _("Open until %(moment)s (%(zone)s).")
    )
    return sentence % {"moment": in_words(closing.at, campaign), "zone": zone_in_words(campaign)}


def extended_from(campaign: Campaign, kind: str) -> datetime | None:
    """When the call, or a kind with a closing moment of its own, was first to close; None where it was never extended."""
    own = kind if kind and campaign.has_own_deadline(kind) else ""
    return min((row.before for row in campaign.extensions.all() if row.kind == own), default=None)


def not_open(campaign: Campaign, at: datetime, *, kind: str = "") -> str:
    """That a text cannot be sent now, why, and what becomes of it."""
    kept = gettext("Your text is kept as a draft.")
    return f"{why_not_open(campaign, at, kind=kind)} {kept}"


def why_not_open(campaign: Campaign, at: datetime, *, kind: str = "") -> str:
    """Since when, or until when, nothing is taken: of this kind, or of any where none is named."""
    call, deadlines = campaign.phase(Phase.Kind.CALL), campaign.deadlines
    kind = "" if campaign.closes_together else kind
    deadline = deadlines[kind] if kind else max(deadlines.values(), default=None)
    if deadline and at >= deadline:
        return CLOSED[kind] % {"moment": in_words(deadline, campaign), "zone": zone_in_words(campaign)}
    if call:
        return gettext("The call opens on %(moment)s (%(zone)s).") % {
            "moment": in_words(call.opens_at, campaign),
            "zone": zone_in_words(campaign),
        }
    return gettext("The call is not open.")
