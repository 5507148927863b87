"""The hashtag feed for machines: Atom, RSS and JSON Feed, per language and campaign, answering 304 where nothing changed."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import SyndicationFeed, rfc3339_date
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.characters import writable
from campaign.events import Event, newest
from campaign.feed_formats import AtomFeed, RssFeed
from campaign.models import Campaign
from campaign.views.meant import for_campaign
from home.addresses import absolute
from home.models import PublicVersion
from home.page_cache import public_page

LENGTH = 50


def tag(name: str) -> str:
    """A lasting id (RFC 4151) that no change of address touches. Every language has its own."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},2026:{get_language()}/{name}"


def conditional(write: Callable[[HttpRequest, Campaign], HttpResponse]):
    """Give a feed its ETag and Last-Modified, and answer 304 to a reader that already has it.

    Last-Modified is when anything public last changed: an event that was taken back changes the feed as
    well, and would not move the date of the newest one left.
    """

    @wraps(write)
    def view(request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
        if campaign is None:
            raise Http404("There is no campaign.")
        moved_at = PublicVersion.last_moved()
        response = write(request, campaign)
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        seconds = int(moved_at.timestamp()) if moved_at else None
        response["ETag"] = etag
        if seconds is not None:
            response["Last-Modified"] = http_date(seconds)
        return get_conditional_response(request, etag=etag, last_modified=seconds, response=response)

    return view


def _events(campaign: Campaign) -> list[Event]:
    return newest(campaign, language=get_language(), stop=LENGTH)


def _about(campaign: Campaign) -> tuple[str, str]:
    """The title and the description of a campaign's feed."""
    words = {"hashtag": campaign.hashtag, "campaign": campaign.name}
    title = _("#%(hashtag)s: %(campaign)s") % words
    return title, _("New pledges and initiatives, selections, awards and news of the campaign.")


def _write(request: HttpRequest, campaign: Campaign, kind: type[SyndicationFeed]) -> HttpResponse:
    title, description = _about(campaign)
    events = _events(campaign)
    feed = kind(
        title=title,
        link=absolute(campaign.address("feed")),
        description=description,
        subtitle=description,
        language=get_language(),
        author_name=campaign.organiser,
        feed_url=absolute(request.path),
        feed_guid=tag(campaign.slug),
        updated=_updated(events),
    )
    for event in events:
        feed.add_item(**_entry(event))
    return HttpResponse(feed.writeString("utf-8"), content_type=kind.content_type)


def _updated(events: list[Event]) -> datetime:
    """When the newest event was told. Without any it is when they went, which every reader is told alike."""
    told = [event.told_at for event in events]
    return max(told) if told else PublicVersion.last_moved() or timezone.now()


def _entry(event: Event) -> dict:
    return {
        "title": writable(event.title),
        "link": absolute(event.url),
        "description": writable(_said(event)),
        "unique_id": tag(event.key),
        "unique_id_is_permalink": False,
        "pubdate": event.at,
        "updateddate": event.told_at,
        "categories": [writable(event.label)],
        "title_language": _other(event.lang),
        "text_language": _other(event.text_lang) if event.text else "",
    }


def _other(lang: str | None) -> str:
    """A language where it is another than the feed's."""
    return lang if lang and lang != get_language() else ""


def _said(event: Event) -> str:
    """What an entry says beside its title, all in one language: a text in another stands without our label."""
    if not event.text:
        return event.label
    return event.text if event.text_lang else f"{event.label}: {event.text}"


@public_page
@for_campaign
@conditional
def feed_atom(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    return _write(request, campaign, AtomFeed)


@public_page
@for_campaign
@conditional
def feed_rss(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    return _write(request, campaign, RssFeed)


@public_page
@for_campaign
@conditional
def feed_json(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    title, description = _about(campaign)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": absolute(campaign.address("feed")),
        "feed_url": absolute(request.path),
        "description": description,
        "language": get_language(),
        "authors": [{"name": campaign.organiser}],
        "items": [_json_item(event) for event in _events(campaign)],
    }
    text = json.dumps(document, ensure_ascii=False)
    return HttpResponse(text, content_type="application/feed+json; charset=utf-8")


def _json_item(event: Event) -> dict:
    item = {
        "id": tag(event.key),
        "url": absolute(event.url),
        "title": event.title,
        "content_text": _said(event),
        "date_published": rfc3339_date(event.at),
        "tags": [event.label],
    }
    return item | ({"language": event.lang} if event.lang else {})
