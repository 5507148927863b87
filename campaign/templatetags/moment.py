"""`{{ deadline|in_zone:campaign }} {{ campaign|zone_name }}`: "Mon 7 Dec 2026 at 23.59 Finnish time"."""

from datetime import datetime

from django import template

from campaign import moments
from campaign.models import Campaign

register = template.Library()


@register.filter(expects_localtime=False)
def in_zone(moment: datetime | None, campaign: Campaign | None) -> str:
    return moments.in_words(moment, campaign) if moment else ""


@register.filter(expects_localtime=False)
def day_in_zone(moment: datetime | None, campaign: Campaign | None) -> str:
    return moments.day_in_words(moment, campaign) if moment else ""


@register.filter
def zone_name(campaign: Campaign | None) -> str:
    return moments.zone_in_words(campaign)
