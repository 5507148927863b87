"""The badge of an award, to be embedded by other websites."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from campaign.badges import badge as drawn
from campaign.models import PublicItem
from campaign.references import normalise
from home.handing_out import CLOSED
from home.page_cache import public_page

# Other sites' visitors may see an old one for so long; after that it is asked for again, and gone with the consent.
SECONDS = 300


@public_page
@cache_control(public=True, max_age=SECONDS)
def badge(request: HttpRequest, reference: str) -> HttpResponse:
    """Whoever opens it by itself sees a picture in which nothing runs and which loads nothing."""
    known = normalise(reference)
    items = PublicItem.objects.select_related("campaign", "theme").prefetch_related("awards")
    item = get_object_or_404(items, reference=known, awarded=True)
    context = {"badge": drawn(item, list(item.awards.all()))}
    answer = render(request, "campaign/badge.svg", context, content_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = CLOSED
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
