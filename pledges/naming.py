"""The names and websites that partners give themselves are public only after a coordinator has read them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from pledges import publishing
from pledges.actors import Actor, Role
from pledges.lifecycle import Refused, lock, when_erased
from pledges.models import Submission


@transaction.atomic
def pass_names(submission: Submission, stamps: Collection[str], *, by: Actor, at: datetime) -> int:
    """Let the public see those that a coordinator has read; how many.

    One that has changed meanwhile has another stamp, and waits on. Raises Refused.
    """
    locked = lock(submission)
    if sentence := when_erased(locked):
        raise Refused(sentence)
    if by.role is not Role.COORDINATOR:
        raise Refused(_("This is not yours to do."))
    waiting = locked.participations.filter(name_waits_since__isnull=False)
    read = [part.pk for part in waiting if part.name_stamp in stamps]
    if read:
        waiting.filter(pk__in=read).update(name_waits_since=None)
        log(locked, "pledges.pass_names", user=by.user, data={"partners": read}, timestamp=at)
        publishing.refresh_locked(locked, at=at)
    return len(read)
