"""Wagtail's pages in three languages: their addresses, what may stand where, and the news."""

import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from campaign.models import (
    AwardsPage,
    CampaignPage,
    HashtagPage,
    NewsIndexPage,
    NewsPage,
    ProgrammePage,
    StreamItem,
)
from home.models import FeedbackPage, InfoPage, Picture
from tests.factories import AT, CampaignFactory, PublicItemFactory
from tests.markup import problems
from tests.pages import add

LANGUAGES = ("fi", "sv", "en")


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "programme/", "awards/", "feed/", "news/", "faq/"])
def test_every_page_answers_in_every_language_and_names_the_others(client, pages, campaign, language, path):
    text = text_of(client, f"/{language}/{path}")
    assert f'<html lang="{language}">' in text
    assert f'<link rel="canonical" href="http://localhost/{language}/{path}">' in text
    for code in LANGUAGES:
        assert f'<link rel="alternate" hreflang="{code}" href="http://localhost/{code}/{path}">' in text
        assert f'href="/{code}/{path}" lang="{code}"' in text
    assert 'hreflang="x-default"' in text
    assert problems(text) == []


def test_the_language_switch_follows_a_translated_address(client, pages, campaign):
    pages["faq"]["sv"].slug = "fragor"
    pages["faq"]["sv"].save_revision().publish()
    text = text_of(client, "/en/faq/")
    assert 'href="/sv/fragor/" lang="sv"' in text


def test_where_a_translation_is_missing_the_switch_leads_to_the_front_page(client, pages, campaign):
    pages["faq"]["sv"].unpublish()
    text = text_of(client, "/en/faq/")
    assert 'href="/sv/" lang="sv"' in text
    assert 'hreflang="sv" href="http://localhost' not in text
    assert client.get("/sv/faq/").status_code == 404


def test_pages_shown_in_menus_are_main_pages_and_the_others_small_print(client, pages, campaign):
    text = text_of(client, "/en/faq/")
    header, footer = text.split("<main")[0], text.split("<footer")[1]
    assert 'href="/en/programme/"' in header
    assert 'href="/en/faq/" aria-current="page"' in footer
    assert 'href="/en/pledges/"' in header


def test_the_programme_awards_and_feed_keep_their_addresses(pages):
    for name, kind in {"programme": ProgrammePage, "awards": AwardsPage, "feed": HashtagPage}.items():
        page = pages[name]["fi"]
        page.slug = "elsewhere"
        page.full_clean()
        assert page.slug == name == kind.fixed_slug


def test_a_page_cannot_take_the_address_of_another_part(pages):
    for slug in ("pledges", "submit", "mine"):
        page = InfoPage(title="x", slug=slug, locale=pages["front"]["fi"].locale)
        with pytest.raises(ValidationError, match="kuuluu|belongs"):
            page.clean()


def test_what_may_stand_where(pages):
    front = CampaignPage.objects.get(pk=pages["front"]["fi"].pk)
    root, news = Page.objects.get(depth=1), pages["news"]["fi"]
    assert CampaignPage.can_create_at(root)
    for kind in (ProgrammePage, AwardsPage, HashtagPage, NewsIndexPage, InfoPage, FeedbackPage, NewsPage):
        assert not kind.can_create_at(root)
    for kind in (NewsIndexPage, InfoPage, FeedbackPage):
        assert kind.can_create_at(front)
    for kind in (ProgrammePage, AwardsPage, HashtagPage):
        assert not kind.can_create_at(front), "there is one already"
    assert NewsPage.can_create_at(news)
    assert not NewsPage.can_create_at(front)
    assert not CampaignPage.can_create_at(front)


def test_a_page_is_translated_with_wagtail_localize(
    client, pages, campaign, django_capture_on_commit_callbacks
):
    english = Locale.objects.get(language_code="en")
    page = add(
        Page.objects.get(pk=pages["front"]["fi"].pk),
        InfoPage(title="Ohje", slug="ohje", introduction="Näin."),
    )
    source, _created = TranslationSource.get_or_create_from_instance(page)
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.create(source=source, target_locale=english).save_target(publish=True)
    assert page.get_translation(english).live
    assert 'href="/fi/ohje/"' in text_of(client, "/en/ohje/")


BODY = [
    {"type": "text", "value": "<h2>Heading</h2><p>Running <b>text</b>.</p>"},
    {"type": "question", "value": {"question": "Who may take part?", "answer": "<p>Any organisation.</p>"}},
    {
        "type": "contact",
        "value": {
            "name": "Maija Meikäläinen",
            "role": "The call",
            "organisation": "The ministry",
            "email": "maija@example.org",
            "phone": "+358 50 123 4567",
        },
    },
    {"type": "quote", "value": {"quote": "A door opened.", "by": "A giver"}},
]


def test_a_page_shows_every_kind_of_block(client, pages, campaign):
    picture = Picture.objects.create(title="x", description="Two doors", file=get_test_image_file())
    block = {"type": "picture", "value": {"picture": picture.pk, "caption": "In the evening"}}
    page = pages["faq"]["en"]
    page.body = json.dumps([*BODY, block])
    page.save_revision().publish()
    text = text_of(client, "/en/faq/")
    for words in (
        "<b>text</b>",
        "<summary>Who may take part?</summary>",
        'href="tel:+358501234567"',
        'href="mailto:maija@example.org"',
        "A door opened.",
        'alt="Two doors"',
        "In the evening",
    ):
        assert words in text
    assert problems(text) == []


def news_page(pages, language: str, title: str, key=None) -> NewsPage:
    page = NewsPage(
        title=title,
        slug="story",
        introduction=f"Intro {language}",
        locale=Locale.objects.get(language_code=language),
        first_published_at=AT,
    )
    if key:
        page.translation_key = key
    return add(Page.objects.get(pk=pages["news"][language].pk), page)


def test_a_news_page_becomes_one_event_for_all_its_translations(client, pages, campaign):
    first = news_page(pages, "fi", "Uutinen")
    news_page(pages, "en", "A story", key=first.translation_key)
    event = StreamItem.objects.get()
    assert (event.kind, event.news_key, event.happened_at) == ("news", first.translation_key, AT)
    assert "A story" in text_of(client, "/en/feed/")
    assert "Uutinen" in text_of(client, "/fi/feed/")


def test_news_without_a_translation_are_marked_with_their_language(client, pages, campaign):
    news_page(pages, "fi", "Uutinen")
    assert '<a href="/fi/news/story/" lang="fi" dir="auto">Uutinen</a>' in text_of(client, "/sv/feed/")


def test_the_event_goes_with_the_last_translation(pages, campaign):
    first = news_page(pages, "fi", "Uutinen")
    second = news_page(pages, "en", "A story", key=first.translation_key)
    first.unpublish()
    assert StreamItem.objects.count() == 1
    second.delete()
    assert not StreamItem.objects.exists()


def test_news_before_any_campaign_are_no_event(pages):
    news_page(pages, "fi", "Uutinen")
    assert not StreamItem.objects.exists()


def test_news_stand_in_the_list_and_on_the_front_page(client, pages, campaign):
    news_page(pages, "en", "A story")
    for address in ("/en/news/", "/en/"):
        assert "A story" in text_of(client, address)
    story = text_of(client, "/en/news/story/")
    assert "24 November 2026" in story
    assert problems(story) == []


def test_news_that_are_not_for_everybody_are_told_nowhere(client, pages, campaign):
    page = news_page(pages, "en", "A secret story")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for address in ("/en/news/", "/en/", "/en/feed/", "/en/feed/atom.xml", "/en/feed/feed.json"):
        assert "A secret story" not in text_of(client, address)


def test_a_page_that_is_not_for_everybody_is_in_no_menu(client, pages, campaign):
    PageViewRestriction.objects.create(page=pages["faq"]["en"], restriction_type=PageViewRestriction.LOGIN)
    assert pages["faq"]["en"].title not in text_of(client, "/en/")


def test_the_feed_has_pages_and_survives_odd_ones(client, pages, campaign):
    PublicItemFactory.create_batch(25, campaign=campaign, shareable=True)
    assert text_of(client, "/en/feed/").count('class="stream-item"') == 20
    assert text_of(client, "/en/feed/?page=2").count('class="stream-item"') == 5
    for odd in ("abc", "0", "-3", "999999999999"):
        assert client.get(f"/en/feed/?page={odd}").status_code == 200


def test_the_feed_shows_its_moments_in_the_campaigns_zone(client, pages):
    campaign = CampaignFactory(is_current=True, time_zone="Asia/Tokyo")
    PublicItemFactory(campaign=campaign, shareable=True, published_at=AT.replace(hour=20))
    for _first_and_kept in range(2):
        assert "25 Nov 2026" in text_of(client, "/en/feed/")


def test_another_campaigns_feed_page_has_its_own_address(client, pages, campaign):
    earlier = CampaignFactory(slug="earlier", hashtag="earlier")
    PublicItemFactory(campaign=earlier, shareable=True, title="Old")
    text = text_of(client, "/en/c/earlier/feed/")
    assert "Old" in text
    assert "#earlier" in text


def test_a_page_that_is_to_be_translated_stays_a_draft_until_its_words_are_there(
    pages, django_capture_on_commit_callbacks
):
    swedish = Locale.objects.get(language_code="sv")
    index = Page.objects.get(pk=pages["news"]["fi"].pk)
    news = add(index, NewsPage(title="Ovi", slug="ovi", introduction="Ovi aukeaa."))
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(news, [swedish])
    assert news.live
    assert not news.get_translation(swedish).live
