"""The campaign's dates as a calendar (RFC 5545): every moment in UTC, so that no calendar has to know a zone's rules.

An event keeps its UID in all languages and for ever. Its SEQUENCE grows with every extension, by which a calendar
that took it in earlier knows the newer date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from campaign.closing import closings
from campaign.kinds import Kind
from campaign.models import Campaign, Phase
from campaign.moments import in_words, zone_in_words
from home.addresses import absolute

CONTENT_TYPE = "text/calendar; charset=utf-8"
ASK_AGAIN = timedelta(hours=12)


@dataclass(frozen=True)
class Date:
    """One moment of a calendar. `name` makes its UID and never changes; a phase also has an end."""

    name: str
    title: str
    at: datetime
    until: datetime | None = None
    url: str = ""


def of_campaign(campaign: Campaign, *, changed_at: datetime) -> bytes:
    """The public dates: when the call closes for each kind, until when partners confirm, the review and the results.

    `changed_at` is when something public was last changed.
    """
    sequence = len(campaign.extensions.all())
    events = [_event(campaign, date, sequence, changed_at) for date in _dates(campaign, changed_at)]
    return _written(_("Dates of %(campaign)s") % {"campaign": campaign.name}, events)


def of_one(campaign: Campaign, date: Date, *, sequence: int, changed_at: datetime) -> bytes:
    """A calendar with one moment that only its receiver knows."""
    return _written(campaign.name, [_event(campaign, date, sequence, changed_at)])


def _dates(campaign: Campaign, at: datetime) -> Iterator[Date]:
    submit = f"/{get_language()}/submit/"
    for closing in closings(campaign, at):
        yield Date(f"call-{closing.kind or 'both'}", _call_closes(closing.kind), closing.at, url=submit)
    if campaign.partners_until:
        yield Date("partners", _("Partners confirm until"), campaign.partners_until)
    if review := campaign.phase(Phase.Kind.REVIEW):
        yield Date("review", _("The submissions are reviewed"), review.opens_at, review.closes_at)
    if results := campaign.phase(Phase.Kind.RESULTS):
        yield Date("results", _("The results are announced from now on"), results.opens_at)


def _call_closes(kind: str) -> str:
    titles = {
        "": _("The call closes"),
        Kind.PLEDGE: _("The call closes for pledges"),
        Kind.INITIATIVE: _("The call closes for initiatives"),
    }
    return titles[kind]


def _event(campaign: Campaign, date: Date, sequence: int, changed_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{date.name}.{campaign.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", sequence)
    event.add("dtstamp", changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", date.at.astimezone(UTC))
    if date.until:
        event.add("dtend", date.until.astimezone(UTC))
    event.add("summary", f"{date.title}: {campaign.name}")
    event.add("description", f"{in_words(date.at, campaign)} ({zone_in_words(campaign)})")
    event.add("url", absolute(date.url or campaign.address("front")))
    event.add("transp", "TRANSPARENT")
    return event


def _written(name: str, events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{urlsplit(settings.SITE_URL).hostname}//Lupaus//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
