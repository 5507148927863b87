"""Reading the awards that have been announced."""

from campaign.models import Campaign, PublicAward
from campaign.models.public import LONG_TEXTS


def latest_awards(campaign: Campaign | None = None) -> dict:
    """The winners of one round, or of the latest whose awards were announced, and which round it is."""
    if campaign is None:
        latest = PublicAward.objects.select_related("item__campaign").order_by("-announced_at", "-pk").first()
        campaign = latest.item.campaign if latest else None
    if campaign is None:
        return {"round": None, "winners": []}
    winners = (
        PublicAward.objects.filter(item__campaign=campaign)
        .select_related("item__theme")
        .defer(*(f"item__{name}" for name in LONG_TEXTS))
        .prefetch_related("item__regions")
    )
    return {"round": campaign, "winners": [_of(campaign, award) for award in winners]}


def _of(campaign: Campaign, award: PublicAward) -> PublicAward:
    award.item.campaign = campaign
    return award
