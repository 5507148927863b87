"""What resembles the title that somebody writes: a piece of a page, for the form to show beside the field."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaign.context import current_campaign
from campaign.similar import similar
from home.throttle import allow_sender

# A whole office may write on the last day; its browsers ask some times for each title.
PER_SENDER, PER_HOUR = 1_200, timedelta(hours=1)


@require_safe
def similar_ones(request: HttpRequest) -> HttpResponse:
    """At most a few links; an empty piece where nothing resembles it, or where too much is asked."""
    campaign = current_campaign(request)
    may_ask = allow_sender(request, "similar", PER_SENDER, PER_HOUR)
    found = similar(campaign, request.GET.get("title", "")) if campaign and may_ask else []
    answer = render(request, "campaign/similar.html", {"similar": found}, status=200 if may_ask else 429)
    patch_cache_control(answer, private=True, no_store=True)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
