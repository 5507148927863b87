"""Who answers for a submission: the lead hands over to a partner, or a coordinator to another contact person."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from pledges import consent, links, publishing, unsent
from pledges.actors import PARTNER, Actor, Role
from pledges.lifecycle import Refused, lock, tell
from pledges.models import ConsentWording, Participation, Purpose, Submission
from pledges.models.submission import PEOPLE, new_link_key
from pledges.partner_acts import when_over
from pledges.partner_letters import tell_partner
from pledges.partners import perform
from pledges.signals import submission_changed


@transaction.atomic
def take_lead(
    part: Participation,
    given: Collection[Purpose],
    *,
    wordings: Mapping[Purpose, ConsentWording],
    language: str,
    at: datetime,
) -> Participation:
    """Make a partner the lead, as the lead has offered: the roles change, and with them contact and links.

    What may be published is the new lead's to say, so it says it here: what it does not allow is taken down.
    Raises Refused.
    """
    new = perform(part, "take_lead", by=PARTNER, at=at, language=language)
    submission = new.submission
    old = submission.participations.get(role=Participation.Role.LEAD)
    _step_down(old, submission, at)
    submission.contact_name, submission.contact_email = new.contact_name, new.contact_email
    submission.contact_phone = submission.second_name = submission.second_email = ""
    submission.mail_language, submission.authorised_at = language, at
    submission.save()
    new.role, new.link_key = Participation.Role.LEAD, new_link_key()
    new.contact_name = new.contact_email = ""
    new.save()
    links.shut_out(submission)
    unsent.pass_on(submission)
    consent.record(new, given, wordings=wordings, language=language, at=at)
    publishing.refresh_locked(submission, at=at)
    tell(submission, "lead_taken", at=at)
    tell_partner(old, "lead_given", at=at)
    return new


def _step_down(old: Participation, submission: Submission, at: datetime) -> None:
    """The former lead stays as a partner that has confirmed the text it sent."""
    old.submission = submission
    old.role, old.link_key = Participation.Role.PARTNER, new_link_key()
    old.contact_name, old.contact_email = submission.contact_name, submission.contact_email
    old.language, old.answered_at, old.confirmed_version = submission.mail_language, at, submission.latest
    old.save()


def transfer_refusal(submission: Submission, *, by: Actor) -> str | None:
    """Why it may not be given to another contact person now, as a sentence; None when it may."""
    if by.role is not Role.COORDINATOR:
        return _("This is not yours to do.")
    if sentence := when_over(submission):
        return sentence
    if submission.confirmed_at is None:
        return _("The sender has not confirmed the e-mail address yet.")
    return None


@transaction.atomic
def transfer(submission: Submission, name: str, email: str, *, by: Actor, at: datetime) -> Submission:
    """Give it to another contact person of the same organisation, and end every link of the former. Raises Refused."""
    locked = lock(submission)
    if sentence := transfer_refusal(locked, by=by):
        raise Refused(sentence)
    if locked.second_email and email.lower() == locked.second_email.lower():
        locked.second_name = locked.second_email = ""
    locked.contact_name, locked.contact_email, locked.contact_phone = name, email, ""
    locked.save(update_fields=PEOPLE)
    links.shut_out(locked)
    unsent.pass_on(locked)
    log(locked, "pledges.transfer", user=by.user, timestamp=at)
    submission_changed.send(Submission, submission=locked, what="participants", at=at)
    tell(locked, "transferred", at=at)
    return locked
