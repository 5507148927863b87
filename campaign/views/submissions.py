"""The public list and the page of one submission, from the public copies only."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control

from campaign.browsing import Found, Wish
from campaign.detail import detail
from campaign.models import Campaign, PublicFile, PublicItem
from campaign.panel import panel_of
from campaign.references import normalise
from campaign.rounds import other_rounds
from campaign.views.listing import chips, facets, sorts, views
from campaign.views.meant import for_campaign
from home.handing_out import handed_out
from home.page_cache import public_page


@public_page
@for_campaign
def submissions(request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
    if campaign is None:
        return render(request, "campaign/submissions.html", {"found": None})
    wish = Wish.read(request.GET)
    panel = panel_of(request, campaign)
    found = Found(campaign, wish, panel)
    context = {
        "found": found,
        "wish": wish,
        "chips": chips(found),
        "facets": facets(found),
        "sorts": sorts(wish),
        "views": views(wish),
        "querystring": wish.query(),
        "rounds": other_rounds(request, campaign),
        "robots": "noindex, follow" if wish.query() else "",
    }
    return render(request, "campaign/submissions.html", context)


@public_page
@for_campaign
def submission(
    request: HttpRequest, campaign: Campaign | None, reference: str, slug: str = ""
) -> HttpResponse:
    """One submission, with `?original` as it was written.

    A reference as people type it, an old title or another campaign is sent to the address.
    """
    known = normalise(reference)
    items = PublicItem.objects.select_related("theme", "campaign").with_files_told()
    item = items.filter(reference=known).first() if known else None
    if item is None:
        return missing(request, reference, known)
    address = item.get_absolute_url()
    if request.path != address:
        return redirect(address)
    return render(request, "campaign/submission.html", detail(item, as_written="original" in request.GET))


@cache_control(private=True, no_cache=True)
def document(request: HttpRequest, reference: str, file: int) -> FileResponse:
    """A published PDF, to be stored and never run in the page, however the proxy serves public files."""
    asked = {"pk": file, "is_picture": False, "item__reference": normalise(reference)}
    found = get_object_or_404(PublicFile, **asked)
    return handed_out(found.file, content_type="application/pdf", name=found.name, is_picture=False)


def missing(request: HttpRequest, typed: str, known: str | None) -> HttpResponse:
    """Nothing public has this reference; says whether it can be one at all."""
    context = {"typed": typed[:40], "is_reference": known is not None, "canonical": "", "alternates": []}
    return render(request, "campaign/missing.html", context, status=404)
