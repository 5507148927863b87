"""What is mailed about what is not sent yet, and when forms that nobody sends are forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.crypto import salted_hmac

from campaign.models import Campaign
from home.mail import queue, queue_all
from home.models import Mail
from home.throttle import allow
from pledges import waiting
from pledges.models import UnsentForm
from pledges.waiting import Waiting, unsent

# Who stops writing for so long has left: then the link follows by mail. Whoever left yesterday has it, or wants none.
QUIET, TOO_LATE = timedelta(minutes=10), timedelta(days=1)
# To an address that nobody has confirmed, so many links a day, whoever writes it; from one form, to so many addresses.
MOST_A_DAY, A_DAY = 5, timedelta(days=1)
MOST_ADDRESSES = 3
DAYS_BEFORE = (3, 1)
SOON = timedelta(days=max(DAYS_BEFORE))
# A form that nobody touches is forgotten so long after its call, or after the last save where that is later.
FORGOTTEN_AFTER = timedelta(days=90)


def mail_link(form: UnsentForm, *, at: datetime) -> bool:
    """Queue the link to the address that was typed, once an address; whether it is on its way there, or has gone."""
    if not form.email:
        return False
    if form.linked_to == form.email:
        return True
    digest = salted_hmac("pledges.unsent", form.email.lower(), algorithm="sha256").hexdigest()[:16]
    prefix = f"unsent:{form.pk}:"
    if Mail.objects.filter(key__startswith=prefix).count() >= MOST_ADDRESSES:
        return False
    if not allow(f"unsent-link:{form.email.lower()}", MOST_A_DAY, A_DAY):
        return False
    queue("unsent", key=f"{prefix}{digest}", language=form.language, at=at, unsent=form.pk)
    UnsentForm.objects.filter(pk=form.pk).update(linked_to=form.email)
    return True


def mail_links_of_left(at: datetime) -> None:
    """Mail their link to those who gave an address and stopped writing a while ago."""
    left = unsent().filter(saved_at__lte=at - QUIET, saved_at__gt=at - TOO_LATE)
    for form in left.exclude(email="").exclude(linked_to=F("email")).iterator():
        mail_link(form, at=at)


def remind(at: datetime) -> None:
    """Remind whoever has something to send of each deadline three days and one day before; a moved one counts anew."""
    queue_all("unsent_ends", waiting.letters(_due(at)), at=at)


def _due(at: datetime) -> Iterator[tuple[str, Waiting]]:
    """What is to be reminded of, each with what begins the key of its letter; begun in the last days it is not yet."""
    for each in _before_deadlines(at):
        ends = waiting.ends_at(each, at=at)
        if ends is None or ends > at + SOON:
            continue
        days = next(days for days in sorted(DAYS_BEFORE) if at >= ends - timedelta(days=days))
        since = each.created_at if isinstance(each, UnsentForm) else each.status_at
        if since < ends - timedelta(days=days):
            yield f"unsent_ends:{each.campaign_id}:{days}:{int(ends.timestamp())}", each


def _before_deadlines(at: datetime) -> Iterator[Waiting]:
    """What waits while its call, or a time of its own, is about to end."""
    campaigns = {each.pk: each for each in Campaign.objects.prefetch_related("phases")}
    closing = [pk for pk, each in campaigns.items() if _closes_soon(each, at)]
    call, own = Q(campaign__in=closing), {"correction_until__gt": at, "correction_until__lte": at + SOON}
    of_changed = {f"submission__{name}": moment for name, moment in own.items()}
    found: list[QuerySet[Any]] = [
        waiting.submissions().filter(call | Q(**own)),
        waiting.forms().filter(call | Q(**of_changed)),
    ]
    for rows in found:
        yield from waiting.within(rows.iterator(), campaigns)


def _closes_soon(campaign: Campaign, at: datetime) -> bool:
    return any(at < moment <= at + SOON for moment in campaign.deadlines.values())


def forget(at: datetime) -> None:
    """Delete what nobody has touched for long after its call, and what has been sent meanwhile."""
    UnsentForm.objects.exclude(pk__in=unsent().values("pk")).delete()
    untouched = UnsentForm.objects.filter(saved_at__lte=at - FORGOTTEN_AFTER)
    for campaign in Campaign.objects.prefetch_related("phases"):
        if campaign.deadline is None or campaign.deadline <= at - FORGOTTEN_AFTER:
            untouched.filter(campaign=campaign).delete()
