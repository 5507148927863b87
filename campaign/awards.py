"""Reading the awards that have been announced."""

from campaign.languages import Piece, reader_s, translated
from campaign.models import Campaign, PublicAward
from campaign.models.public import LONG_TEXTS


def latest_awards(campaign: Campaign | None = None) -> dict:
    """The winners of one round, or of the latest whose awards were announced, and which round it is."""
    if campaign is None:
        latest = PublicAward.objects.select_related("item__campaign").order_by("-announced_at", "-pk").first()
        campaign = latest.item.campaign if latest else None
    if campaign is None:
        return {"round": None, "winners": []}
    language = reader_s()
    winners = (
        PublicAward.objects.filter(item__campaign=campaign)
        .select_related("item__theme", "picture")
        .defer(*(f"item__{name}" for name in LONG_TEXTS))
        .annotate(own_title=translated("title", language, of="item__"))
        .prefetch_related("item__regions", "picture__renditions")
    )
    return {"round": campaign, "winners": [_of(campaign, award, language) for award in winners]}


def _of(campaign: Campaign, award: PublicAward, language: str) -> PublicAward:
    """The award with its item's title as this reader reads it."""
    item = award.item
    item.campaign = campaign
    award.title = Piece(award.own_title, language) if award.own_title else Piece(item.title, item.lang)
    return award
