"""Asking to join a public submission that is open for partners. The lead's address is never shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.throttle import allow
from pledges import publishing
from pledges.lifecycle import Refused, lock
from pledges.models import Organisation, Participation, Submission
from pledges.partner_acts import State, when_over, while_partners_may_confirm
from pledges.partner_letters import tell_lead
from pledges.partners import of_address

# So many requests wait for the lead's answer at a time, and so many letters about them reach the lead in a day.
MOST_WAITING = 20
MOST_LETTERS, A_DAY = 10, timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Request:
    organisation_name: str
    organisation_kind: str
    contact_name: str
    contact_email: str
    message: str
    language: str


@transaction.atomic
def open_for_partners(submission: Submission, is_open: bool, *, at: datetime) -> bool:
    """Let others ask to join from the public page, or no more; whether that changed anything. Raises Refused."""
    locked = lock(submission)
    if sentence := when_over(locked):
        raise Refused(sentence)
    if locked.open_for_partners == is_open:
        return False
    locked.open_for_partners = is_open
    locked.save(update_fields=["open_for_partners"])
    log(locked, f"pledges.{'open' if is_open else 'close'}_for_partners", timestamp=at)
    publishing.refresh_locked(locked, at=at)
    return True


def not_open() -> str:
    return _("This is not open for new partners.")


def join_refusal(submission: Submission, *, at: datetime) -> str | None:
    """Why nobody may ask to join now, as a sentence; None when somebody may."""
    if sentence := when_over(submission):
        return sentence
    if not submission.open_for_partners:
        return not_open()
    if sentence := while_partners_may_confirm(submission, at):
        return sentence
    if submission.participations.filter(state=State.REQUESTED).count() >= MOST_WAITING:
        return _("Many have asked to join and wait for an answer. Please try again later.")
    return None


@transaction.atomic
def ask_to_join(submission: Submission, request: Request, *, at: datetime) -> Participation | None:
    """Keep the request and tell the lead; None where this address is known here already. Raises Refused.

    Who has asked, was invited, or was turned down is told nothing of it, and neither is the lead once more.
    """
    locked = lock(submission)
    if sentence := join_refusal(locked, at=at):
        raise Refused(sentence)
    if of_address(locked, request.contact_email).exists():
        return None
    part = Participation.objects.create(
        submission=locked,
        organisation=Organisation.objects.create(
            name=request.organisation_name, kind=request.organisation_kind
        ),
        role=Participation.Role.PARTNER,
        state=State.REQUESTED,
        contact_name=request.contact_name,
        contact_email=request.contact_email,
        message=request.message,
        language=request.language,
        asked_at=at,
        name_waits_since=at,
    )
    log(locked, "pledges.partner_request", data={"partner": part.pk}, timestamp=at)
    if allow(f"join-letter:{locked.pk}", MOST_LETTERS, A_DAY):
        tell_lead(part, "partner_requested", at=at)
    return part
