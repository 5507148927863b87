"""The demo's pages: Finnish first, and from them the Swedish and English ones."""

from datetime import datetime
from typing import Any

from wagtail.models import Page, Site

from campaign.models import (
    AwardsPage,
    Campaign,
    CampaignPage,
    HashtagPage,
    NewsIndexPage,
    NewsPage,
    ProgrammePage,
    StreamItem,
)
from home.models import FeedbackPage, InfoPage, SiteSettings
from review.demo import page_bodies as bodies
from review.demo.page_tree import Kind, add, forget_first_addresses, lay
from review.demo.rounds import morning
from review.demo.texts import read
from review.models import HowWeChoosePage

FRONT = Kind(CampaignPage, bodies.front)
NEWS = Kind(NewsPage, bodies.info)
BELOW_THE_FRONT = {
    "programme": Kind(ProgrammePage, bodies.programme, in_menus=True),
    "hashtag": Kind(HashtagPage, bodies.introduced, in_menus=True),
    "how_to": Kind(InfoPage, bodies.info, in_menus=True),
    "how_we_choose": Kind(HowWeChoosePage, bodies.how_we_choose),
    "awards": Kind(AwardsPage, bodies.introduced),
    "news_index": Kind(NewsIndexPage, bodies.introduced),
    "faq": Kind(InfoPage, bodies.info),
    "contacts": Kind(InfoPage, bodies.info),
    "privacy": Kind(InfoPage, bodies.info),
    "accessibility": Kind(FeedbackPage, bodies.feedback),
}


def load(earlier: Campaign, current: Campaign, *, at: datetime) -> None:
    """Make the pages of a site that has no campaign front page yet; an existing site is left alone."""
    if CampaignPage.objects.exists():
        return
    words = read("pages")
    children = lay(FRONT, BELOW_THE_FRONT, words)
    for facts in words["news"]:
        campaign = {"earlier": earlier, "current": current}[facts["round"]]
        _add_news(children["news_index"], facts, campaign, at=at)
    forget_first_addresses()
    contact = words["contacts"]["people"][0]["email"]
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"contact_email": contact, "security_email": contact},
    )


def _add_news(parent: Page, facts: dict[str, Any], campaign: Campaign, *, at: datetime) -> None:
    """News of a round stand in its own feed, at the moment they came out."""
    came_out = min(morning(campaign, facts["from"], day=facts["days"]), at)
    page = add(parent, NEWS, facts, at=came_out)
    StreamItem.objects.filter(news_key=page.translation_key).update(campaign=campaign)
