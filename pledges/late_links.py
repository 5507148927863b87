"""More time for one draft, after the call."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from pledges.actors import Actor, Role
from pledges.lifecycle import Refused, is_unsent, lock, tell, when_erased
from pledges.models import Submission


def late_link_refusal(submission: Submission, *, by: Actor) -> str | None:
    """Why this may not be given more time now, as a sentence; None when it may."""
    if sentence := when_erased(submission):
        return sentence
    if by.role is not Role.COORDINATOR:
        return _("This is not yours to do.")
    return None if is_unsent(submission) else _("Only a draft or what was returned can be given more time.")


@transaction.atomic
def give_late_link(submission: Submission, until: datetime, *, by: Actor, at: datetime) -> Submission:
    """Let a draft, or what was returned, be sent after the call, until its own end, and mail the link. Raises Refused."""
    locked = lock(submission)
    if sentence := late_link_refusal(locked, by=by):
        raise Refused(sentence)
    if until <= at:
        raise Refused(_("Choose a moment to come."))
    locked.correction_until = until
    locked.save(update_fields=["correction_until"])
    log(locked, "pledges.late_link", user=by.user, timestamp=at)
    tell(locked, "late_link", at=at)
    return locked
