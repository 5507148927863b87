"""Opening a portal's first campaign: its row, and the standard pages in three languages for editors to fill.

The dates, themes, criteria and prizes are the coordinators' to enter; a page says nothing that nobody has decided.
"""

from typing import Any

from django.db import transaction

from campaign.models import (
    AwardsPage,
    Campaign,
    CampaignPage,
    HashtagPage,
    NewsIndexPage,
    ProgrammePage,
)
from home.languages import CODES
from home.models import FeedbackPage, InfoPage
from review.demo import page_bodies as bodies
from review.demo.markup import as_html
from review.demo.page_tree import Facts, Kind, forget_first_addresses, lay
from review.demo.texts import in_languages, read
from review.models import HowWeChoosePage


def _front(facts: Facts, language: str) -> dict[str, Any]:
    lead = read("opening")["lead"][language]
    return {"slug": f"home-{language}", "headline": facts["title"][language], "lead": lead}


def _how_we_choose(facts: Facts, language: str) -> dict[str, Any]:
    words = read("opening")
    texts = {field: as_html(words[field][language]) for field in ("who_decides", "who_cannot_win")}
    return bodies.introduced(facts, language) | texts


def _untold(facts: Facts, language: str) -> dict[str, Any]:
    return {}


FRONT = Kind(CampaignPage, _front)
BELOW_THE_FRONT = {
    "programme": Kind(ProgrammePage, _untold, in_menus=True),
    "hashtag": Kind(HashtagPage, _untold, in_menus=True),
    "how_to": Kind(InfoPage, bodies.info, in_menus=True),
    "how_we_choose": Kind(HowWeChoosePage, _how_we_choose),
    "awards": Kind(AwardsPage, _untold),
    "news_index": Kind(NewsIndexPage, bodies.introduced),
    "faq": Kind(InfoPage, bodies.info),
    "contacts": Kind(InfoPage, _untold),
    "privacy": Kind(InfoPage, bodies.info),
    "accessibility": Kind(FeedbackPage, bodies.feedback),
}
# What a page of the demo says of every campaign; the rest of its words are about the demo's own.
OF_ANY_CAMPAIGN = ("slug", "title", "intro", "form", "thanks")


@transaction.atomic
def open_campaign(slug: str, *, name: str, organiser: str, prefix: str) -> Campaign:
    """The campaign of this address, made where there is none; so are the pages. What is there is left alone.

    Raises ValidationError where the words do not fit the fields.
    """
    campaign = Campaign.objects.filter(slug=slug).first() or _made(slug, name, organiser, prefix)
    if not CampaignPage.objects.exists():
        lay(FRONT, BELOW_THE_FRONT, _words(campaign))
        forget_first_addresses()
    return campaign


def _made(slug: str, name: str, organiser: str, prefix: str) -> Campaign:
    texts = in_languages(name=dict.fromkeys(CODES, name), organiser=dict.fromkeys(CODES, organiser))
    campaign = Campaign(slug=slug, hashtag=slug.replace("-", ""), reference_prefix=prefix, **texts)
    campaign.is_current = Campaign.objects.current() is None
    campaign.full_clean()
    campaign.save()
    return campaign


def _words(campaign: Campaign) -> Facts:
    words = {
        name: {field: facts[field] for field in OF_ANY_CAMPAIGN if field in facts}
        for name, facts in read("pages").items()
        if name in BELOW_THE_FRONT
    }
    words["front"] = {"title": {code: getattr(campaign, f"name_{code}") for code in CODES}}
    words["hashtag"]["title"] = dict.fromkeys(CODES, f"#{campaign.hashtag}")
    return words
