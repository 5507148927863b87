"""What every public page knows: its campaign, the main pages, the languages. Nothing is read before it is printed."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaign.closing import Closing, closings
from campaign.models import Campaign
from home.addresses import absolute, alternates, in_languages, split_language, switches
from home.kept import kept
from home.page_cache import keep_until

ADMIN = "/admin/"
FRONT_DEPTH = 2  # in Wagtail's tree: below the root


def current_campaign(request: HttpRequest) -> Campaign | None:
    """The campaign that this request's address means, asked once a request.

    A page that is only read takes it from what is kept; what is sent is judged by the rows themselves.
    """
    if not hasattr(request, "_campaign"):
        reads = request.method in {"GET", "HEAD"}
        request._campaign = kept(request, "campaign", _with_phases) if reads else Campaign.objects.current()
    return request._campaign


def _with_phases() -> Campaign | None:
    """The current campaign, its phases and how its call was extended (three queries)."""
    return Campaign.objects.prefetch_related("phases", "extensions").current()


def mean(request: HttpRequest, campaign: Campaign) -> None:
    """Let this request mean a campaign that its address names."""
    request._campaign = campaign


def site(request: HttpRequest) -> dict:
    """Context processor. A page may name any of these itself and so replaces them."""
    if request.path.startswith(ADMIN):
        return {}
    language, _rest = split_language(request.path)
    addresses = in_languages(request.path)
    links = SimpleLazyObject(lambda: _links(request, language or get_language() or "fi"))
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return {
        "campaign": SimpleLazyObject(lambda: current_campaign(request)),
        "home_url": f"/{language}/" if language else "/",
        "nav": SimpleLazyObject(lambda: links["nav"]),
        "footer_links": SimpleLazyObject(lambda: links["footer"]),
        "call_closings": SimpleLazyObject(lambda: call_closings(request)),
        "languages": switches({code: url + query for code, url in addresses.items()}, current=language)
        if addresses
        else [],
        "canonical": absolute(request.path) if addresses else "",
        "alternates": alternates(addresses),
    }


def call_closings(request: HttpRequest) -> list[Closing]:
    """When the current campaign's call closes, while it is open for a kind; else none."""
    campaign = _open_for_submissions(request, at := timezone.now())
    return closings(campaign, at) if campaign else []


def _open_for_submissions(request: HttpRequest, at: datetime) -> Campaign | None:
    """The current campaign while its call takes one kind at least, else None. No cache keeps the page beyond that."""
    campaign = current_campaign(request)
    if campaign and not campaign.is_current:
        campaign = kept(request, "campaign", _with_phases)
    if campaign is None:
        return None
    if change := campaign.next_change(at):
        keep_until(request, change)
    return campaign if campaign.accepts_any(at) else None


def _links(request: HttpRequest, language: str) -> dict[str, list[dict]]:
    """The main pages and the small print, with the one marked that the request is on."""
    links = kept(request, f"links:{language}", lambda: _read_links(language))
    if _open_for_submissions(request, timezone.now()):
        submit = {"label": _("Give a pledge"), "url": f"/{language}/submit/"}
        links = {place: [submit, *group] for place, group in links.items()}
    return {
        place: [link | {"current": request.path.startswith(link["url"])} for link in group]
        for place, group in links.items()
    }


def _read_links(language: str) -> dict[str, list[dict]]:
    """The front page's children: those shown in menus are main pages, the others small print (one query)."""
    pages = (
        Page.objects.live()
        .filter(depth=FRONT_DEPTH + 1, locale__language_code=language, view_restrictions=None)
        .order_by("path")
        .values_list("title", "url_path", "show_in_menus")
    )
    nav = [{"label": _("Pledges"), "url": f"/{language}/pledges/"}]
    footer = []
    for title, url_path, in_menus in pages:
        # A page's path in the tree begins with the front page's own slug, which no address shows.
        link = {"label": title, "url": f"/{language}/{url_path.split('/', 2)[2]}"}
        (nav if in_menus else footer).append(link)
    return {"nav": nav, "footer": footer}
