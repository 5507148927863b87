"""Extending the call, and telling those who have begun a text and not sent it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from campaign import extending
from campaign.extending import Asked
from campaign.kinds import Kind
from campaign.models import Campaign
from home.mail import queue_all
from home.models import User
from pledges import waiting
from pledges.deadlines import EDITABLE
from pledges.models import Status
from pledges.waiting import Waiting


@transaction.atomic
def extend_call(campaign: Campaign, asked: Asked, *, by: User, at: datetime) -> int:
    """Extend the call and write once to everybody who holds a draft; how many letters that makes. Raises CannotExtend."""
    extensions = extending.extend(campaign, asked, by=by, at=at)
    extended = Campaign.objects.get(pk=campaign.pk)
    kinds = _kinds(extended, {row.kind for row in extensions})
    about = ((f"call_extended:{extensions[0].pk}", each) for each in _held(extended, kinds))
    return queue_all("call_extended", waiting.letters(about), at=at)


def holders(campaign: Campaign, extended: Collection[str]) -> int:
    """How many people an extension will be told: of the kinds `extended`, or under "" of the call itself."""
    held = _held(campaign, _kinds(campaign, extended))
    return len(list(waiting.letters(("", each) for each in held)))


def _kinds(campaign: Campaign, extended: Collection[str]) -> set[str]:
    """The kinds that may be sent for longer then."""
    with_the_call = {kind for kind in Kind.values if "" in extended and not campaign.has_own_deadline(kind)}
    return with_the_call | set(extended) - {""}


def _held(campaign: Campaign, kinds: Collection[str]) -> Iterator[Waiting]:
    """Everything that waits for the end of the call for one of these kinds: a return has an end of its own."""
    in_call = EDITABLE - {Status.RETURNED}
    yield from waiting.submissions().filter(campaign=campaign, status__in=in_call, kind__in=kinds).iterator()
    begun = waiting.forms().filter(Q(submission=None) | Q(submission__status__in=in_call))
    yield from begun.filter(campaign=campaign, kind__in={*kinds, ""}).iterator()
