"""Extending the call, and telling those who have begun a text and not sent it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from campaign import extending
from campaign.extending import Asked
from campaign.kinds import Kind
from campaign.models import Campaign, Extension
from home.mail import queue_all
from home.models import User
from pledges.models import Status, UnsentForm


@transaction.atomic
def extend_call(campaign: Campaign, asked: Asked, *, by: User, at: datetime) -> int:
    """Extend the call and write once to everybody who holds a draft; how many letters that makes. Raises CannotExtend."""
    extensions = extending.extend(campaign, asked, by=by, at=at)
    extended = Campaign.objects.get(pk=campaign.pk)
    kinds = _kinds(extended, {row.kind for row in extensions})
    return queue_all("call_extended", _letters(extended, extensions[0], kinds), at=at)


def holders(campaign: Campaign, extended: Collection[str]) -> int:
    """How many people an extension will be told: of the kinds `extended`, or under "" of the call itself."""
    return len({email for email, *_rest in _held(campaign, _kinds(campaign, extended))})


def _kinds(campaign: Campaign, extended: Collection[str]) -> set[str]:
    """The kinds that may be sent for longer then."""
    with_the_call = {kind for kind in Kind.values if "" in extended and not campaign.has_own_deadline(kind)}
    return with_the_call | set(extended) - {""}


def _held(campaign: Campaign, kinds: Collection[str]) -> Iterator[tuple[str, str, dict[str, int]]]:
    """The address, the language and the id of every draft, the newest first, and of every form that was never sent."""
    drafts = campaign.submissions.filter(status=Status.DRAFT, erased_at=None, kind__in=kinds)
    rows = drafts.exclude(contact_email="").order_by("-pk")
    for email, language, pk in rows.values_list("contact_email", "mail_language", "pk").iterator():
        yield email.lower(), language, {"submission": pk}
    unsent = (
        UnsentForm.objects.filter(campaign=campaign, wants_reminders=True).exclude(email="").order_by("-pk")
    )
    for email, language, pk in unsent.values_list("email", "language", "pk").iterator():
        yield email.lower(), language, {"unsent": pk}


def _letters(
    campaign: Campaign, extension: Extension, kinds: Collection[str]
) -> Iterator[tuple[str, str, dict[str, int]]]:
    """One letter an address, however much lies there. The ledger's key holds the address only as a keyed hash."""
    told: set[str] = set()
    for email, language, ids in _held(campaign, kinds):
        if email not in told:
            told.add(email)
            digest = salted_hmac("pledges.extending", email, algorithm="sha256").hexdigest()[:32]
            yield f"call_extended:{extension.pk}:{digest}", language, ids
