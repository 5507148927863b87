"""The campaign's dates for calendars."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from campaign import calendar
from campaign.feeds import conditional
from campaign.models import Campaign
from campaign.views.meant import for_campaign
from home.models import PublicVersion
from home.page_cache import public_page


@public_page
@for_campaign
@conditional
def dates(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    changed_at = PublicVersion.last_moved() or timezone.now()
    content = calendar.of_campaign(campaign, changed_at=changed_at)
    headers = {"Content-Disposition": f'inline; filename="{campaign.slug}.ics"'}
    return HttpResponse(content, content_type=calendar.CONTENT_TYPE, headers=headers)
