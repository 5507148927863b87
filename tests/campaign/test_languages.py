"""Public texts in the reader's language: where there is a translation, and where there is none."""

import pytest
from django.utils import translation

from campaign import events, languages
from campaign.awards import latest_awards
from campaign.browsing import Found, Wish
from campaign.kinds import TEXT_LANGUAGES
from campaign.models import PublicAward
from campaign.panel import read as panel
from home.languages import CODES
from tests.factories import AT, PublicItemFactory
from tests.markup import problems

SWEDISH = {"title": "En nyckel", "summary": "En granne svarar.", "description": "Vi utbildar hundra grannar."}


@pytest.fixture
def item(campaign):
    """In Finnish, translated into Swedish but for what is new in it; shared."""
    return PublicItemFactory(
        campaign=campaign,
        language="fi",
        title="Avain",
        summary="Naapuri vastaa.",
        plain_summary="Naapuri auttaa.",
        novelty="Uutta.",
        translations={"sv": SWEDISH},
        search_text="avain en nyckel",
        shareable=True,
    )


def page(client, item, language: str, query: str = "") -> str:
    text = client.get(item.address(language) + query).content.decode()
    assert problems(text) == []
    return text


@pytest.mark.parametrize("code", [code for code, _name in TEXT_LANGUAGES])
@pytest.mark.parametrize("reader", CODES)
def test_every_language_has_a_name_in_every_language(code, reader):
    with translation.override(reader):
        assert languages.name_of(code)
        assert languages.original_in(code)


def test_names_stand_in_sentences_as_their_language_writes_them():
    assert (languages.named("fi"), languages.named("mul")) == ("Finnish", "another language")
    with translation.override("sv"):
        assert (languages.named("fi"), languages.name_of("fi")) == ("finska", "Finska")


def test_numbers_stand_as_the_reader_s_language_writes_them(client, campaign):
    item = PublicItemFactory(
        campaign=campaign, actions=[{"what": "Iltoja", "unit": "iltaa", "start": "", "target": "40.5"}]
    )
    assert "40,5" in page(client, item, "fi")
    assert "40.5" in page(client, item, "en")


def test_the_reader_s_language_is_shown_and_the_original_is_one_link_away(client, item):
    text = page(client, item, "sv")
    assert '<h1 lang="sv" dir="auto">En nyckel</h1>' in text
    assert "Vi utbildar hundra grannar." in text
    assert 'lang="fi" dir="auto"><p>Uutta.</p>' in text
    assert '<a href="?original">' in text
    assert '<meta property="og:title" content="En nyckel">' in text
    assert '<meta name="description" content="En granne svarar.">' in text
    original = page(client, item, "sv", "?original")
    assert '<h1 lang="fi" dir="auto">Avain</h1>' in original
    assert f'<a href="{item.address("sv")}">' in original


def test_without_a_translation_the_original_is_shown_and_named(client, item):
    text = page(client, item, "en")
    assert '<h1 lang="fi" dir="auto">Avain</h1>' in text
    assert "Original in Finnish" in text
    assert "?original" not in text


def test_in_its_own_language_nothing_is_said_of_it(client, item):
    text = page(client, item, "fi")
    assert '<h1 lang="fi" dir="auto">Avain</h1>' in text
    assert "?original" not in text


def test_plain_language_stands_before_the_rest(client, item):
    text = page(client, item, "fi")
    assert text.index("Naapuri auttaa.") < text.index(item.description)


def test_cards_are_in_the_reader_s_language_or_name_the_text_s(campaign, item):
    for reader, title, lang, name in (
        ("sv", "En nyckel", "sv", ""),
        ("fi", "Avain", "fi", ""),
        ("en", "Avain", "fi", "Finnish"),
    ):
        with translation.override(reader):
            (card,) = Found(campaign, Wish(), panel(campaign)).cards
        assert (card.title.text, card.title.lang, card.language_name) == (title, lang, name)


@pytest.mark.parametrize("title", ["123", "null", "true", '"', "[]"])
def test_a_translated_title_that_looks_like_data_is_a_title(campaign, title):
    PublicItemFactory(campaign=campaign, language="fi", translations={"en": {"title": title}})
    (card,) = Found(campaign, Wish(), panel(campaign)).cards
    assert card.title.text == title


def test_the_search_finds_it_in_either_language(client, item):
    for word in ("avain", "nyckel"):
        assert client.get(f"/sv/pledges/?q={word}").context["found"].total == 1


@pytest.mark.parametrize(("reader", "title", "lang"), [("sv", "En nyckel", "sv"), ("en", "Avain", "fi")])
def test_the_feed_and_the_awards_speak_the_reader_s_language(campaign, item, reader, title, lang):
    PublicAward.objects.create(item=item, category="Best", citation="It opens.", announced_at=AT)
    with translation.override(reader):
        (event,) = events.newest(campaign, language=reader)
        (award,) = latest_awards(campaign)["winners"]
    assert (event.title, event.lang) == (title, lang)
    assert (award.title.text, award.title.lang) == (title, lang)


@pytest.mark.parametrize(("language", "lang"), [("ar", "ar"), ("se", "se"), ("mul", "")])
def test_any_language_is_marked_and_its_direction_left_to_it(client, campaign, language, lang):
    item = PublicItemFactory(campaign=campaign, language=language, title="مفتاح", shareable=True)
    for address in (item.get_absolute_url(), "/en/pledges/", "/en/pledges/?view=table"):
        text = client.get(address).content.decode()
        assert f'lang="{lang}" dir="auto">مفتاح</' in text
        assert 'lang="mul"' not in text
        assert problems(text) == []
    for feed in ("atom.xml", "rss.xml", "feed.json"):
        assert client.get(f"/en/feed/{feed}").status_code == 200


def test_a_translation_costs_no_more_questions(client, campaign, item, django_assert_max_num_queries):
    client.get(item.address("sv"))
    with django_assert_max_num_queries(6):
        client.get(item.address("sv"))


def test_rows_are_read_phrase_by_phrase_each_marked(client, campaign):
    item = PublicItemFactory(
        campaign=campaign,
        language="fi",
        actions=[{"what": "Kursseja", "unit": "kurssia", "start": "0", "target": "3"}],
        needs=[{"what": "Huone", "amount": "20", "where": "Turku", "until": "2027-01-31"}],
        translations={"sv": SWEDISH | {"phrases": {"Kursseja": "Kurser", "Huone": "Ett rum"}}},
    )
    text = page(client, item, "sv")
    assert '<th scope="row" lang="sv" dir="auto">Kurser</th>' in text
    assert '<span lang="fi" dir="auto">kurssia</span>' in text
    assert '<span lang="sv" dir="auto">Ett rum</span>' in text
    assert '<span lang="fi" dir="auto">Turku</span>' in text
    assert "31.1.2027</span>" in text
    original = page(client, item, "sv", "?original")
    assert '<th scope="row" lang="fi" dir="auto">Kursseja</th>' in original
