"""Signed links: how people without an account come to their submission.

A link carries the submission's id and its `link_key`, so that a new key revokes every link at once. Each link
opens one thing only: "confirm" one button, "own" the owner's page, "sent" the receipt for three days. A partner's
link carries its participation and that one's `link_key` in the same way.
"""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.addresses import absolute
from pledges import unsent
from pledges.actors import Actor, Role
from pledges.deadlines import CONFIRM_WITHIN
from pledges.lifecycle import Refused, lock, tell, when_erased
from pledges.models import Participation, Status, Submission, UnsentForm
from pledges.models.submission import new_form_key, new_link_key

CONFIRM, OWN, SENT, PARTNER = "confirm", "own", "sent", "partner"
SENT_LASTS = CONFIRM_WITHIN


def token(submission: Submission, scope: str, *, at: datetime | None = None) -> str:
    """The signed text that opens one thing; with `at` it says when it was made."""
    payload = [submission.pk, submission.link_key]
    if at is not None:
        payload.append(int(at.timestamp()))
    return _signer(scope).sign_object(payload)


def opened(text: str, scope: str, *, at: datetime) -> Submission | None:
    """The submission that a token opens; None when it is wrong, of another scope, revoked or too old."""
    payload = _payload(text, scope, at=at)
    if payload is None:
        return None
    pk, link_key = payload
    return Submission.objects.with_text().filter(pk=pk, link_key=link_key, erased_at=None).first()


def was_replaced(text: str, scope: str, *, at: datetime) -> bool:
    """Whether a token that opens nothing any more did so until newer links replaced it."""
    payload = _payload(text, scope, at=at)
    if payload is None:
        return False
    pk, link_key = payload
    return Submission.objects.filter(pk=pk, erased_at=None).exclude(link_key=link_key).exists()


def _payload(text: str, scope: str, *, at: datetime) -> tuple[int, str] | None:
    """The id and the `link_key` in a token; None when it is wrong, of another scope or too old."""
    try:
        pk, link_key, *made = _signer(scope).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    if scope == SENT and at.timestamp() - made[0] > SENT_LASTS.total_seconds():
        return None
    return pk, link_key


def partner_token(part: Participation) -> str:
    return _signer(PARTNER).sign_object([part.pk, part.link_key])


def partner_opened(text: str) -> Participation | None:
    """The participation that a partner's token opens, whatever has become of it; None when it is wrong or revoked."""
    try:
        pk, link_key = _signer(PARTNER).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    rows = Participation.objects.select_related(
        "organisation__municipality", "submission__campaign", "submission__latest"
    )
    return rows.filter(pk=pk, link_key=link_key).exclude(role=Participation.Role.LEAD).first()


def revoke(submission: Submission) -> None:
    """Make every link that was ever sent for this submission worthless, and those to what was begun with its text."""
    submission.link_key = new_link_key()
    submission.save(update_fields=["link_key"])
    for form in unsent.begun_from(submission).select_for_update():
        unsent.renew(form)


def shut_out(submission: Submission) -> None:
    """Leave whoever had it so far no way in, neither by a link nor by the form with which it was sent.

    What was kept of that form while it was being sent goes: under another key it would count as unsent.
    """
    UnsentForm.objects.filter(key=submission.form_key).delete()
    submission.form_key = new_form_key()
    submission.save(update_fields=["form_key"])
    revoke(submission)


def revoke_refusal(submission: Submission, *, by: Actor) -> str | None:
    """Why its links may not be replaced by new ones, as a sentence; None when they may."""
    if by.role not in {Role.OWNER, Role.COORDINATOR}:
        return _("This is not yours to do.")
    if sentence := when_erased(submission):
        return sentence
    if not submission.contact_email:
        return _("There is no e-mail address that a link could go to.")
    return _("We do not write to the sender of spam.") if submission.status == Status.SPAM else None


@transaction.atomic
def revoke_and_send(submission: Submission, *, by: Actor, at: datetime) -> Submission:
    """Make every link of a submission worthless and mail a new one to its address. Raises Refused."""
    locked = lock(submission)
    if sentence := revoke_refusal(locked, by=by):
        raise Refused(sentence)
    revoke(locked)
    log(locked, "pledges.revoke_links", user=by.user, timestamp=at)
    tell(locked, "links", at=at)
    return locked


def confirm_url(submission: Submission, language: str) -> str:
    return _url("confirm", language, token=token(submission, CONFIRM))


def own_url(submission: Submission, language: str) -> str:
    return _url("own", language, token=token(submission, OWN))


def partners_url(submission: Submission, language: str) -> str:
    return _url("own_partners", language, token=token(submission, OWN))


def partner_url(part: Participation, language: str) -> str:
    return _url("partner", language, token=partner_token(part))


def partner_lead_url(part: Participation, language: str) -> str:
    return _url("partner_lead", language, token=partner_token(part))


def consents_url(submission: Submission, language: str) -> str:
    return _url("own_consents", language, token=token(submission, OWN))


def sent_path(submission: Submission, *, at: datetime) -> str:
    """The path of the receipt, in the visitor's language."""
    return f"{reverse('sent')}?{urlencode({'key': token(submission, SENT, at=at)})}"


def _url(name: str, language: str, **kwargs: str) -> str:
    with translation.override(language):
        return absolute(reverse(name, kwargs=kwargs))


def _signer(scope: str) -> signing.Signer:
    return signing.Signer(salt=f"pledges.links.{scope}")
