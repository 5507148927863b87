"""The pages of campaigns that are not the current one; the current one's are Wagtail pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from campaign.awards import latest_awards
from campaign.edition import latest_edition
from campaign.events import feed
from campaign.front import front
from campaign.models import Campaign
from campaign.views.meant import for_campaign
from home.page_cache import public_page


@public_page
@for_campaign
def front_page(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    return render(request, "campaign/front.html", front(request, campaign, at=timezone.now()))


@public_page
@for_campaign
def programme_page(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    shown = latest_edition(request, campaign, language=get_language())
    return render(request, "campaign/programme.html", shown)


@public_page
@for_campaign
def awards_page(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    return render(request, "campaign/awards.html", latest_awards(campaign))


@public_page
@for_campaign
def feed_page(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    return render(request, "campaign/feed.html", feed(request, campaign, language=get_language()))
