"""What may be done with a partner's participation: one table of acts, asked by buttons and by those who write.

A partner is invited by the lead or asks to join, and answers by its own link, without an account. Only a confirmed
one is ever shown. DECLINED is the partner's own answer, REMOVED is the lead's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from campaign.models import Campaign
from campaign.moments import in_words, zone_in_words
from pledges.actors import Actor, Role
from pledges.lifecycle import when_erased
from pledges.models import Participation, Submission

State = Participation.State
Condition = Callable[[Participation, datetime], str | None]

# Between two letters to somebody who has not answered, and how often one is reminded in all.
PAUSE, MOST_REMINDERS = timedelta(days=3), 3


def confirm_until(campaign: Campaign) -> datetime | None:
    """Until when partners may confirm: the campaign's own date for it, else the end of the call."""
    return campaign.partners_until or campaign.deadline


def while_partners_may_confirm(submission: Submission, at: datetime) -> str | None:
    until = confirm_until(submission.campaign)
    if until is None:
        return _("The campaign has no call, so it takes no partners.")
    if at < until:
        return None
    facts = {"moment": in_words(until, submission.campaign), "zone": zone_in_words(submission.campaign)}
    return _("Partners could confirm until %(moment)s (%(zone)s).") % facts


def when_over(submission: Submission) -> str | None:
    """Why nothing may be done with its partners any more; None while it goes on."""
    if sentence := when_erased(submission):
        return sentence
    return None if submission.has_correspondence else _("This submission has ended.")


def _in_time(part: Participation, at: datetime) -> str | None:
    return while_partners_may_confirm(part.submission, at)


def _when_rested(part: Participation, at: datetime) -> str | None:
    if part.reminders >= MOST_REMINDERS:
        return _("We have reminded this partner several times. Call them instead.")
    written = max(filter(None, (part.asked_at, part.reminded_at)), default=None)
    if written and at < written + PAUSE:
        moment = in_words(written + PAUSE, part.submission.campaign)
        return _("We wrote to this partner a short while ago. You can remind them from %(moment)s on.") % {
            "moment": moment
        }
    return None


def _while_something_is_to_be_confirmed(part: Participation, at: datetime) -> str | None:
    if part.state != State.CONFIRMED:
        return _in_time(part, at)
    if part.confirmed_version_id == part.submission.latest_id:
        return _("You have confirmed this text already.")
    return None


def _when_sender_is_known(part: Participation, at: datetime) -> str | None:
    if part.submission.waits_for_confirmation:
        return _("The sender has not confirmed the e-mail address yet.")
    return None


def _when_reachable(part: Participation, at: datetime) -> str | None:
    return None if part.contact_email else _("We have no address of this partner.")


def _unless_offered(part: Participation, at: datetime) -> str | None:
    return _("You have asked this partner already.") if part.lead_offered_at else None


def _when_offered(part: Participation, at: datetime) -> str | None:
    return None if part.lead_offered_at else _("The lead has not asked this partner to take over.")


@dataclass(frozen=True)
class Act:
    """One row of the table. `label` names the button, `done` the audit log's entry; `letter` goes to the partner,
    `answer` to the lead. What is `always` possible is so even after the submission has ended."""

    sources: frozenset[State]
    target: State
    by: Role
    label: StrOrPromise
    done: StrOrPromise
    conditions: tuple[Condition, ...] = ()
    letter: str = ""
    answer: str = ""
    always: bool = False


def _row(
    sources: set[State], target: State, by: Role, label: StrOrPromise, done: StrOrPromise, **more: Any
) -> Act:
    return Act(frozenset(sources), target, by, label, done, **more)


S, LEAD, PARTNER = State, Role.OWNER, Role.PARTNER
ACTS = {
    "accept": _row(
        {S.REQUESTED},
        S.INVITED,
        LEAD,
        gettext_lazy("Accept the request"),
        gettext_lazy("Request to join accepted"),
        conditions=(_in_time,),
        letter="partner_accepted",
    ),
    "turn_down": _row(
        {S.REQUESTED},
        S.REMOVED,
        LEAD,
        gettext_lazy("Decline the request"),
        gettext_lazy("Request to join turned down"),
        letter="partner_turned_down",
    ),
    "invite": _row(
        {S.REMOVED},
        S.INVITED,
        LEAD,
        gettext_lazy("Invite again"),
        gettext_lazy("Partner invited"),
        conditions=(_in_time, _when_rested, _when_reachable),
        letter="partner_invited",
    ),
    "remind": _row(
        {S.INVITED},
        S.INVITED,
        LEAD,
        gettext_lazy("Remind"),
        gettext_lazy("Partner reminded"),
        conditions=(_in_time, _when_rested),
        letter="partner_reminded",
    ),
    "offer_lead": _row(
        {S.CONFIRMED},
        S.CONFIRMED,
        LEAD,
        gettext_lazy("Hand over the lead"),
        gettext_lazy("Partner asked to take the lead"),
        conditions=(_when_sender_is_known, _when_reachable, _unless_offered),
        letter="lead_offered",
    ),
    "keep_lead": _row(
        {S.CONFIRMED},
        S.CONFIRMED,
        LEAD,
        gettext_lazy("Keep the lead after all"),
        gettext_lazy("Lead kept after all"),
        conditions=(_when_offered,),
    ),
    "remove": _row(
        {S.INVITED, S.CONFIRMED, S.DECLINED},
        S.REMOVED,
        LEAD,
        gettext_lazy("Remove"),
        gettext_lazy("Partner removed"),
    ),
    "confirm": _row(
        {S.INVITED, S.DECLINED, S.CONFIRMED},
        S.CONFIRMED,
        PARTNER,
        gettext_lazy("Confirm"),
        gettext_lazy("Partner confirmed"),
        conditions=(_while_something_is_to_be_confirmed,),
        answer="partner_answered",
    ),
    "correct": _row(
        {S.CONFIRMED},
        S.CONFIRMED,
        PARTNER,
        gettext_lazy("Save the changes"),
        gettext_lazy("Partner's data corrected"),
    ),
    "decline": _row(
        {S.INVITED, S.CONFIRMED},
        S.DECLINED,
        PARTNER,
        gettext_lazy("Decline an invitation"),
        gettext_lazy("Partner declined"),
        answer="partner_answered",
        always=True,
    ),
    "take_lead": _row(
        {S.CONFIRMED},
        S.CONFIRMED,
        PARTNER,
        gettext_lazy("Take the lead"),
        gettext_lazy("Lead handed over"),
        conditions=(_when_sender_is_known, _when_offered),
    ),
}


def refusal(part: Participation, name: str, *, by: Actor, at: datetime) -> str | None:
    """Why this may not be done with a participation now, as a sentence; None when it may."""
    act, submission = ACTS[name], part.submission
    if by.role is not act.by or part.role == Participation.Role.LEAD:
        return _("This is not yours to do.")
    if sentence := when_erased(submission) if act.always else when_over(submission):
        return sentence
    if part.state not in act.sources:
        return _("This is not possible while the partner's part is “%(state)s”.") % {
            "state": part.get_state_display()
        }
    return next(filter(None, (condition(part, at) for condition in act.conditions)), None)


def allowed(part: Participation, *, by: Actor, at: datetime) -> list[str]:
    """The names of what may be done now: what buttons ask."""
    return [name for name in ACTS if refusal(part, name, by=by, at=at) is None]
