"""The page tree of a portal, in every language."""

import pytest
from wagtail.models import Locale, Page, Site

from campaign.models import AwardsPage, CampaignPage, HashtagPage, NewsIndexPage, ProgrammePage
from home.models import InfoPage

LANGUAGES = ("fi", "sv", "en")


def add(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def translated(page: Page, parents: dict[str, Page], titles: dict[str, str]) -> dict[str, Page]:
    """The page in every language below its parent there; the first one is the page itself."""
    pages = {}
    for code in LANGUAGES:
        copy = type(page)(title=titles[code], slug=page.slug, locale=Locale.objects.get(language_code=code))
        for field in ("headline", "lead", "introduction", "show_in_menus"):
            if hasattr(page, field):
                setattr(copy, field, getattr(page, field))
        if pages:
            copy.translation_key = pages["fi"].translation_key
        if page.slug == "front":
            copy.slug = f"front-{code}"
        Page.objects.get(pk=parents[code].pk).add_child(instance=copy)
        pages[code] = copy
    return pages


def titles(word: str) -> dict[str, str]:
    return {code: f"{word} {code}" for code in LANGUAGES}


@pytest.fixture
def pages(db) -> dict[str, dict[str, Page]]:
    """Front page, programme, awards, feed, news and an information page, each by language."""
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    root = Page.objects.get(depth=1)
    front = CampaignPage(slug="front", headline="What do you promise?", lead="To those who start again.")
    fronts = translated(front, dict.fromkeys(LANGUAGES, root), titles("Front"))
    Site.objects.update(root_page=fronts["fi"])
    tree = {"front": fronts}
    for name, page in {
        "programme": ProgrammePage(slug="programme", show_in_menus=True),
        "awards": AwardsPage(slug="awards", introduction="The best."),
        "feed": HashtagPage(slug="feed", introduction="All that happens."),
        "news": NewsIndexPage(slug="news", introduction="What is new."),
        "faq": InfoPage(slug="faq", introduction="Questions and answers."),
    }.items():
        tree[name] = translated(page, fronts, titles(name.capitalize()))
    return tree
