"""Reading the hashtag feed: its events in a reader's language, the same for the page and the machine feeds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.templatetags.tz import do_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.edition import release_url
from campaign.kinds import Kind
from campaign.languages import Piece, translated
from campaign.models import Campaign, NewsPage, StreamItem
from campaign.models.public import LONG_TEXTS
from home.kept import kept

PER_PAGE = 20
MOST = 1_000  # as far back as the page goes; the things themselves stay in the list
PUBLISHED_LABELS = {
    Kind.PLEDGE: gettext_lazy("New pledge"),
    Kind.INITIATIVE: gettext_lazy("New initiative"),
}


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event as it is printed. What `lang` says is given where it may differ from the page's own."""

    key: str
    number: int
    happened_at: datetime
    zone: str
    label: str
    title: str
    url: str
    text: str = ""
    lang: str | None = None
    text_lang: str | None = None
    hue: str = ""
    awarded: bool = False

    @property
    def at(self) -> datetime:
        """When it happened, in the campaign's zone also where a template prints it."""
        return do_timezone(self.happened_at, ZoneInfo(self.zone))

    @property
    def told_at(self) -> datetime:
        """`at` to the second, and a fraction that is the event's own: a release selects many at one moment."""
        return self.at.replace(microsecond=self.number % 1_000_000)


News = dict[UUID, NewsPage]


def newest(campaign: Campaign, *, language: str, start: int = 0, stop: int = PER_PAGE) -> list[Event]:
    """The newest events of a campaign, in three queries whatever their number."""
    rows = (
        campaign.stream_items.select_related("item__theme", "award", "release")
        .defer(*(f"item__{name}" for name in LONG_TEXTS))
        .annotate(own_title=translated("title", language, of="item__"))
        .prefetch_related("item__regions")
        .order_by("-happened_at", "-pk")[start:stop]
    )
    return told(campaign, list(rows), language=language)


def told(campaign: Campaign, rows: Sequence[StreamItem], *, language: str) -> list[Event]:
    """The events of these rows. One whose news page is no longer published says nothing."""
    news = _news([row.news_key for row in rows if row.news_key], language)
    for row in rows:
        row.campaign = campaign
        if row.item:
            row.item.campaign = campaign
    events = [TELLERS[StreamItem.Kind(row.kind)](row, news, language) for row in rows]
    return [event for event in events if event]


def feed(request: HttpRequest, campaign: Campaign | None, *, language: str) -> dict:
    """What the hashtag page prints: one page of events and the addresses of the machine feeds."""
    if campaign is None:
        return {"stream": None, "events": [], "feed_urls": []}
    page = pages_of(campaign).get_page(request.GET.get("page"))
    start = (page.number - 1) * PER_PAGE
    name = f"feed:{campaign.pk}:{language}:{page.number}"
    return {
        "stream": page,
        "events": kept(
            request, name, lambda: newest(campaign, language=language, start=start, stop=start + PER_PAGE)
        ),
        "feed_urls": feed_urls(campaign),
    }


def pages_of(campaign: Campaign) -> Paginator:
    rows = campaign.stream_items.order_by("-happened_at", "-pk")
    paginator = Paginator(rows.values_list("pk"), PER_PAGE)
    paginator.count = rows[:MOST].count()
    return paginator


def feed_urls(campaign: Campaign) -> list[dict]:
    formats = [
        ("atom", "Atom", "application/atom+xml"),
        ("rss", "RSS", "application/rss+xml"),
        ("json", "JSON Feed", "application/feed+json"),
    ]
    return [
        {
            "type": kind,
            "label": name,
            "title": f"#{campaign.hashtag} ({name})",
            "url": campaign.address(place),
        }
        for place, name, kind in formats
    ]


def _news(keys: list[UUID], language: str) -> News:
    """The published page of each news item: in the reader's language, else in one that it has."""
    if not keys:
        return {}
    order = [language, *(code for code, _name in settings.LANGUAGES if code != language)]
    pages = NewsPage.objects.live().public().filter(translation_key__in=keys).select_related("locale")
    ranked = sorted(pages, key=lambda page: order.index(page.locale.language_code), reverse=True)
    return {page.translation_key: page for page in ranked}


def _about_item(row: StreamItem, language: str, label: str, text: str, *, awarded: bool = False) -> Event:
    """The title is the reader's where the item is translated."""
    item = row.item
    title = Piece(row.own_title, language) if row.own_title else Piece(item.title, item.lang)
    return Event(
        key=row.key,
        number=row.pk,
        happened_at=row.happened_at,
        zone=row.campaign.time_zone,
        label=label,
        title=title.text,
        url=item.get_absolute_url(),
        text=text,
        lang=title.lang,
        hue=item.theme.hue,
        awarded=awarded or item.awarded,
    )


def _published(row: StreamItem, news: News, language: str) -> Event:
    return _about_item(row, language, str(PUBLISHED_LABELS[Kind(row.item.kind)]), row.item.giver)


def _selected(row: StreamItem, news: News, language: str) -> Event:
    return _about_item(row, language, _("Selected for the programme"), row.item.giver)


def _award(row: StreamItem, news: News, language: str) -> Event:
    """The citation is marked where it is not in the reader's language."""
    award = row.award
    foreign = award.citation_lang if award.citation_lang != language else None
    event = _about_item(row, language, award.category, award.citation, awarded=True)
    return replace(event, text_lang=foreign)


def _release(row: StreamItem, news: News, language: str) -> Event:
    number = row.release.number
    return Event(
        key=row.key,
        number=row.pk,
        happened_at=row.happened_at,
        zone=row.campaign.time_zone,
        label=_("Co-operation programme"),
        title=_("Edition %(number)d of the co-operation programme is out") % {"number": number},
        url=release_url(row.campaign, row.release),
    )


def _told_news(row: StreamItem, news: News, language: str) -> Event | None:
    page = news.get(row.news_key)
    if page is None:
        return None
    written_in = page.locale.language_code
    foreign = written_in if written_in != language else None
    return Event(
        key=row.key,
        number=row.pk,
        happened_at=row.happened_at,
        zone=row.campaign.time_zone,
        label=_("News"),
        title=page.title,
        url=page.get_url(),
        text=page.introduction,
        lang=foreign,
        text_lang=foreign,
    )


TELLERS: dict[StreamItem.Kind, Callable[[StreamItem, News, str], Event | None]] = {
    StreamItem.Kind.PUBLISHED: _published,
    StreamItem.Kind.SELECTED: _selected,
    StreamItem.Kind.AWARD: _award,
    StreamItem.Kind.RELEASE: _release,
    StreamItem.Kind.NEWS: _told_news,
}
