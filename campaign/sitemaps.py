"""The sitemap: every published page and every public submission, each language naming the others.

Small portals get one file; larger ones an index of files of at most `MOST` addresses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from campaign.models import FacetCount, PublicItem
from home.addresses import absolute, alternates
from home.languages import CODES
from home.page_cache import public_page

MOST = 5_000
ITEMS_A_FILE = MOST // len(CODES)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
PLAIN = ("pledges/", "submit/")

Addresses = dict[str, str]


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The whole sitemap, or the index, or one file of it: `?file=0` the pages, from 1 on the submissions."""
    items = FacetCount.objects.filter(facet="total").aggregate(all=Sum("count"))["all"] or 0
    files = 1 + -(-items // ITEMS_A_FILE)
    asked = request.GET.get("file", "")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 7 and int(asked) < files):
            raise Http404("The sitemap has no such file.")
        return _answer(_urlset(_items(int(asked)) if int(asked) else _pages()))
    pages = list(_pages())
    if files > 2 or (files == 2 and sum(map(len, pages)) > MOST // 2):
        return _answer(_index(files))
    return _answer(_urlset([*pages, *(_items(1) if files == 2 else ())]))


def _answer(parts: Iterable[str]) -> HttpResponse:
    return HttpResponse("".join(parts), content_type="application/xml; charset=utf-8")


def _index(files: int) -> Iterator[str]:
    yield f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for number in range(files):
        yield f"<sitemap><loc>{escape(absolute(f'/sitemap.xml?file={number}'))}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def _urlset(things: Iterable[Addresses]) -> Iterator[str]:
    yield f"{HEAD}<urlset {SPACES}>\n"
    for addresses in things:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{link["code"]}" href="{escape(link["url"])}"/>'
            for link in alternates(addresses)
        )
        for url in addresses.values():
            yield f"<url><loc>{escape(absolute(url))}</loc>{links}</url>\n"
    yield "</urlset>\n"


def _pages() -> Iterator[Addresses]:
    """The plain pages, and Wagtail's public ones by translation."""
    for path in PLAIN:
        yield {code: f"/{code}/{path}" for code in CODES}
    translations: dict[str, Addresses] = defaultdict(dict)
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
    for page in pages:
        if url := page.get_url():
            translations[page.translation_key][page.locale.language_code] = url
    yield from translations.values()


def _items(number: int) -> Iterator[Addresses]:
    start = (number - 1) * ITEMS_A_FILE
    items = PublicItem.objects.select_related("campaign").order_by("pk")
    names = ("reference", "title", "campaign__slug", "campaign__is_current")
    for item in items.only(*names)[start : start + ITEMS_A_FILE]:
        yield {code: item.address(code) for code in CODES}
