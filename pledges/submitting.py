"""Receiving the form: one transaction, once for one form, however often and from wherever it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from campaign.models import Campaign
from campaign.references import new_reference
from pledges import consent, organisations, versions
from pledges.actors import OWNER, SYSTEM
from pledges.changes import differing, update
from pledges.confirming import change_address, write_again, write_first
from pledges.lifecycle import Refused, lock, perform_locked
from pledges.models import ConsentWording, Organisation, Participation, Purpose, Submission
from pledges.racing import through_races
from pledges.revisions import edit_refusal, revise
from pledges.unsent import Draft, give_way
from pledges.versions import Text

Role, State = Participation.Role, Participation.State


@dataclass(frozen=True, kw_only=True)
class Giver:
    """The organisation that gives."""

    name: str
    kind: str
    business_id: str = ""
    municipality_id: int | None = None
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The people to write to; never public."""

    contact_name: str
    contact_email: str
    contact_phone: str = ""
    second_name: str = ""
    second_email: str = ""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A filled-in form. `wordings` are the words in which the consents were asked; `draft` what was kept of it so far."""

    form_key: str
    kind: str
    text: Text
    giver: Giver
    contact: Contact
    consents: Collection[str] = ()
    wordings: Mapping[Purpose, ConsentWording] = field(default_factory=dict)
    draft: Draft | None = None


def receive(sending: Sending, *, campaign: Campaign, language: str, at: datetime) -> Submission:
    """Store what was sent and queue the first letter; the submission is a draft where the call is not open at `at`.

    The same form sent again, even at the same time, gives the same submission. With a changed text it is a new
    version of it, for as long as the text may be edited. What was kept of the form unsent goes. Raises Refused with
    a sentence when the text may no longer be edited, or was saved elsewhere since its sender opened it.
    """
    return through_races(lambda: _receive(sending, campaign, language, at))


def _receive(sending: Sending, campaign: Campaign, language: str, at: datetime) -> Submission:
    renewed = give_way(sending.draft) if sending.draft else None
    known = Submission.objects.select_for_update().filter(form_key=sending.form_key).first()
    if known is None:
        stored = store(sending, campaign=campaign, language=language, at=at, renewed_from=renewed)
        submission = _submit_if_open(stored, at)
        write_first(submission, at=at)
        return submission
    before = known.link_key, known.status
    submission = _submit_if_open(_again(known, sending, language, at), at)
    if (submission.link_key, submission.status) != before:
        write_again(submission, at=at)
    return submission


def suspect(sending: Sending, *, campaign: Campaign, language: str, at: datetime) -> Submission | None:
    """Store what the robots' trap caught as spam, without a letter; None where this form was sent before.

    Raises Refused while the call is closed.
    """
    return through_races(lambda: _suspect(sending, campaign, language, at))


def _suspect(sending: Sending, campaign: Campaign, language: str, at: datetime) -> Submission | None:
    if Submission.objects.filter(form_key=sending.form_key).exists():
        return None
    stored = store(sending, campaign=campaign, language=language, at=at)
    return perform_locked(stored, "suspect", by=SYSTEM, at=at, suspicion=Submission.Suspicion.TRAP)


def _submit_if_open(submission: Submission, at: datetime) -> Submission:
    if submission.is_draft and submission.campaign.accepts(submission.kind, at):
        return perform_locked(submission, "submit", by=OWNER, at=at)
    return submission


def store(
    sending: Sending,
    *,
    campaign: Campaign,
    language: str,
    at: datetime,
    renewed_from: int | None = None,
    organisation: Organisation | None = None,
) -> Submission:
    """Write a form that came for the first time, as a draft. `renewed_from` is an earlier submission's id,
    `organisation` its giver where that is known already."""
    submission = Submission.objects.create(
        campaign=campaign,
        reference=new_reference(campaign.reference_prefix),
        kind=sending.kind,
        mail_language=language,
        form_key=sending.form_key,
        renewed_from_id=renewed_from,
        authorised_at=at,
        created_at=at,
        status_at=at,
        **vars(sending.contact),
    )
    organisation = organisation or organisations.known_or_new(vars(sending.giver))
    lead = Participation.objects.create(
        submission=submission, organisation=organisation, role=Role.LEAD, state=State.CONFIRMED
    )
    versions.write(submission, sending.text, at=at)
    consent.first(lead, sending.consents, wordings=sending.wordings, language=language, at=at)
    return submission


def _again(known: Submission, sending: Sending, language: str, at: datetime) -> Submission:
    """The same form once more: what changed in it is written, as long as that may still be done here."""
    lead = known.participations.select_related("organisation").get(role=Role.LEAD)
    people = differing(known, vars(sending.contact) | {"kind": sending.kind})
    giver = differing(lead.organisation, vars(sending.giver))
    refusal = _refusal(known, at)
    if refusal and (people or giver):
        raise Refused(refusal)
    revise(known, sending.text, base=None, at=at)
    if not refusal:
        email = people.pop("contact_email", known.contact_email)
        organisations.correct(lead, giver, at=at)
        update(known, people)
        consent.record(lead, sending.consents, wordings=sending.wordings, language=language, at=at)
        if email != known.contact_email:
            change_address(known, email, at=at)
    return lock(known)


def _refusal(known: Submission, at: datetime) -> str | None:
    """Why the form may no longer change anything beside the text: who holds an old form need not be the owner."""
    if known.confirmed_at:
        return _("This has been sent and confirmed. Change it on its own page: the link is in your mail.")
    return edit_refusal(known, at=at)
