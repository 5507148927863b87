"""The partners of a submission: the only writers of their participations. What may be done stands in `partner_acts`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from campaign.kinds import OrganisationKind
from home.models import Mail
from home.throttle import allow
from pledges import consent, organisations, publishing
from pledges.actors import PARTNER, Actor, Role
from pledges.lifecycle import Refused, lock
from pledges.models import (
    ConsentWording,
    Organisation,
    Participation,
    Purpose,
    Status,
    Submission,
    Version,
)
from pledges.partner_acts import ACTS, State, confirm_until, refusal, when_over, while_partners_may_confirm
from pledges.partner_letters import tell_lead, tell_partner
from pledges.signals import submission_changed
from pledges.submitting import Giver
from pledges.surfaces import in_force

MOST_PARTNERS = 30
# So many letters a day reach one address that has not answered, whoever asks for them, one partner that has, and the
# lead about one partner's answers.
MOST_A_DAY, A_DAY = 10, timedelta(days=1)
# Letters without which their act makes no sense.
ASKING = frozenset({"lead_offered", "partner_accepted", "partner_invited", "partner_reminded"})
# What is asked of a partner: its name is its own to give, the text is the lead's.
ASKED = (Purpose.ORGANISATION,)
# Why an address that is known already is not invited once more.
ALREADY = {
    State.REQUESTED: gettext_lazy("They have asked to join. Accept their request."),
    State.INVITED: gettext_lazy("They have been invited already."),
    State.CONFIRMED: gettext_lazy("They have confirmed already."),
    State.DECLINED: gettext_lazy(
        "They have declined. If they change their mind, the link they have still works."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Invitation:
    organisation_name: str
    contact_email: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a partner fills in. `wordings` are the words in which it was asked, `language` the one it read them in."""

    giver: Giver
    contact_name: str
    consents: Collection[Purpose]
    wordings: Mapping[Purpose, ConsentWording]
    language: str


def lock_part(part: Participation) -> Participation:
    """The participation as the database has it now; its submission is locked until the transaction ends."""
    submission = lock(part.submission)
    locked = Participation.objects.select_related("organisation").get(pk=part.pk)
    locked.submission = submission
    return locked


@transaction.atomic
def perform(part: Participation, name: str, *, by: Actor, at: datetime, **changes: Any) -> Participation:
    """Do what one row of the table says and return the participation as it is then. Raises Refused.

    Locks the submission, checks, saves, writes the audit log and the letters, and refreshes the public copy.
    `changes` are fields that the act brings with it.
    """
    locked = lock_part(part)
    if sentence := refusal(locked, name, by=by, at=at):
        raise Refused(sentence)
    was_confirmed = locked.state == State.CONFIRMED
    _stamp(locked, name, at)
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save()
    log(locked.submission, f"pledges.partner_{name}", user=by.user, data={"partner": locked.pk}, timestamp=at)
    _write_letters(locked, name, was_confirmed, at)
    if was_confirmed or locked.state == State.CONFIRMED:
        publishing.refresh_locked(locked.submission, at=at)
        submission_changed.send(Submission, submission=locked.submission, what="participants", at=at)
    return locked


def _stamp(part: Participation, name: str, at: datetime) -> None:
    """Write the state, and the moments and facts that go with an act."""
    act = ACTS[name]
    part.state = act.target
    if act.target != State.CONFIRMED:
        part.confirmed_version = None
    if name == "accept":
        part.asked_at = at
    if act.letter in {"partner_invited", "partner_reminded"}:
        part.reminded_at, part.reminders = at, part.reminders + 1
    if act.answer:
        part.answered_at = at
    if name == "turn_down":  # the lead has read them; the address goes when nobody can ask to join any more
        part.contact_name = part.message = ""
    if name == "offer_lead":
        part.submission.participations.update(lead_offered_at=None)
        part.lead_offered_at = at
    elif name != "correct":
        part.lead_offered_at = None


def _write_letters(part: Participation, name: str, was_confirmed: bool, at: datetime) -> None:
    letter, answer = ACTS[name].letter, ACTS[name].answer
    if letter and may_be_written_to(part):
        tell_partner(part, letter, at=at)
    elif letter in ASKING:
        raise Refused(too_often())
    if name == "remove" and was_confirmed:
        tell_partner(part, "partner_removed", at=at)
    if answer and allow(f"partner-answer:{part.pk}", MOST_A_DAY, A_DAY):
        tell_lead(part, answer, at=at)


def too_often() -> str:
    return _("We have written to this address many times today. Try again tomorrow.")


def may_be_written_to(part: Participation) -> bool:
    """Whether a letter more may go to this partner today.

    An address that has not answered is counted whoever writes to it; one that has is proven, and counted by part.
    """
    whom = part.contact_email.lower() if part.answered_at is None else part.pk
    return allow(f"partner-letter:{whom}", MOST_A_DAY, A_DAY)


def invite_refusal(submission: Submission, *, by: Actor, at: datetime) -> str | None:
    """Why nobody may be invited now, as a sentence; None when somebody may."""
    if by.role is not Role.OWNER:
        return _("This is not yours to do.")
    if sentence := when_over(submission) or while_partners_may_confirm(submission, at):
        return sentence
    if submission.participations.count() > MOST_PARTNERS:
        return _("There are %(most)d partners already, and more are not taken.") % {"most": MOST_PARTNERS}
    return None


@transaction.atomic
def invite(submission: Submission, invitation: Invitation, *, by: Actor, at: datetime) -> Participation:
    """Ask an organisation to join, by a letter with its own link. Raises Refused.

    Somebody who was removed is asked anew in the old row; who declined may still confirm by the link they have.
    """
    locked = lock(submission)
    if sentence := invite_refusal(locked, by=by, at=at):
        raise Refused(sentence)
    email = invitation.contact_email
    if email.lower() == locked.contact_email.lower():
        raise Refused(_("This is your own address. Your organisation takes part already."))
    if known := of_address(locked, email).first():
        return _invite_again(known, invitation, by=by, at=at)
    part = Participation(
        submission=locked,
        organisation=Organisation.objects.create(
            name=invitation.organisation_name, kind=OrganisationKind.OTHER
        ),
        role=Participation.Role.PARTNER,
        state=State.INVITED,
        contact_email=email,
        language=invitation.language,
        asked_at=at,
        name_waits_since=_waits(locked, at),
    )
    if not may_be_written_to(part):
        raise Refused(too_often())
    part.save()
    log(locked, "pledges.partner_invite", user=by.user, data={"partner": part.pk}, timestamp=at)
    tell_partner(part, "partner_invited", at=at)
    return part


def _invite_again(known: Participation, invitation: Invitation, *, by: Actor, at: datetime) -> Participation:
    if sentence := ALREADY.get(State(known.state)):
        raise Refused(f"{sentence} {_when_to_remind(known, by=by, at=at)}".strip())
    part = perform(known, "invite", by=by, at=at, language=invitation.language)
    if part.answered_at is None:
        organisations.correct(part, {"name": invitation.organisation_name}, at=at)
        part.name_waits_since = _waits(known.submission, at)
        part.save(update_fields=["name_waits_since"])
    return part


def _waits(submission: Submission, at: datetime) -> datetime | None:
    """Since when a name that the lead writes waits for a coordinator: until the screening it is read with the text."""
    return at if submission.screened_id else None


def _when_to_remind(part: Participation, *, by: Actor, at: datetime) -> str:
    """What the lead can do about who has not answered, as a sentence; empty where there is nothing to wait for."""
    if part.state != State.INVITED:
        return ""
    return refusal(part, "remind", by=by, at=at) or _("You can remind them.")


def of_address(submission: Submission, email: str) -> QuerySet[Participation]:
    """The partners of a submission that bear this address, whatever their state."""
    partners = submission.participations.exclude(role=Participation.Role.LEAD)
    return partners.filter(contact_email__iexact=email).select_related("organisation")


def confirm(part: Participation, answer: Answer, *, read: Version | None, at: datetime) -> Participation:
    """Take a partner in with the text that it has read, its own data and its consents. Raises Refused."""
    with transaction.atomic():
        locked = lock_part(part)
        if read is None or read.pk != locked.submission.latest_id:
            raise Refused(_("The text has changed since you opened this page. Read it, and confirm then."))
        done = perform(locked, "confirm", by=PARTNER, at=at, confirmed_version=read, **_own(answer))
        _write(done, answer, at=at)
        return done


@transaction.atomic
def correct(part: Participation, answer: Answer, *, at: datetime) -> Participation:
    """Save what a confirmed partner says of itself and allows. Raises Refused."""
    done = perform(part, "correct", by=PARTNER, at=at, **_own(answer))
    _write(done, answer, at=at)
    return done


def _own(answer: Answer) -> dict[str, str]:
    return {"contact_name": answer.contact_name, "language": answer.language}


def _write(part: Participation, answer: Answer, *, at: datetime) -> None:
    organisations.correct(part, vars(answer.giver), at=at)
    kept = in_force(part.submission).get(part.pk, frozenset()) - set(ASKED)
    consent.record(part, {*answer.consents, *kept}, wordings=answer.wordings, language=answer.language, at=at)
    publishing.refresh_locked(part.submission, at=at)


@transaction.atomic
def decline(part: Participation, *, language: str, at: datetime) -> Participation:
    """Say no, or take a confirmation back, with everything that was allowed. Raises Refused."""
    done = perform(part, "decline", by=PARTNER, at=at, language=language)
    consent.record(done, (), language=language, at=at)
    return done


def forget(submission: Submission) -> None:
    """Empty what partners' people wrote and left; their links still tell what has become of it."""
    partners = submission.participations.exclude(role=Participation.Role.LEAD)
    partners.update(contact_name="", contact_email="", message="", lead_offered_at=None)


def forget_of_withdrawn() -> None:
    """Empty the partners' data of what was withdrawn, once the letters that tell them so have left."""
    withdrawn = Submission.objects.filter(status=Status.WITHDRAWN, erased_at=None)
    for submission in withdrawn.filter(participations__in=_with_people()).distinct():
        waiting = Mail.objects.waiting().filter(letter="partner_ended", reference=submission.reference)
        if not waiting.exists():
            forget(submission)


def forget_turned_down(at: datetime) -> None:
    """Empty the addresses of who was turned down or taken off unanswered, once partners can no longer join.

    Until then an address tells whether somebody has asked before.
    """
    rows = Participation.objects.filter(state=State.REMOVED, answered_at=None, pk__in=_with_people())
    waiting = Mail.objects.waiting().filter(letter="partner_turned_down").values("reference")
    for part in rows.exclude(submission__reference__in=waiting).select_related("submission__campaign"):
        until = confirm_until(part.submission.campaign)
        if until is None or until <= at:
            rows.filter(pk=part.pk).update(contact_name="", contact_email="", message="")


def _with_people() -> QuerySet[Participation]:
    return Participation.objects.exclude(role=Participation.Role.LEAD).exclude(contact_email="")
