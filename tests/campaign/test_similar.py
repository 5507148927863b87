"""What resembles a title: found by its rare words, from what is public only, and shown without taking anything away."""

import pytest

from campaign.similar import MOST, MOST_WORDS, similar, stems_of
from campaign.views import similar as views
from pledges import links
from pledges.models import Submission
from tests.factories import CampaignFactory, PublicItemFactory, SubmissionFactory, ThemeFactory
from tests.markup import problems
from tests.pledges.form import URL, filled

ADDRESS = "/en/pledges/similar/"


def item(campaign, title: str, **more):
    return PublicItemFactory(campaign=campaign, title=title, summary="", **more)


def titles(campaign, title: str, **more) -> list[str]:
    return [card.title.text for card in similar(campaign, title, **more)]


def test_the_words_that_tell_most_are_looked_for():
    assert stems_of("Kielikahvila ja kahviloita, kahvila!") == ["kielik", "kahvil"]
    assert stems_of("To be or") == []
    assert stems_of("%_' \" مرحبا بالجميع") == ["بالجمي", "مرحبا"]
    assert len(stems_of(" ".join(f"{letter}alphabet" for letter in "abcdefghijkl"))) == MOST_WORDS


def test_the_nearest_by_rare_words_stands_first(campaign):
    item(campaign, "Language café for parents")
    item(campaign, "Swimming lessons for parents")
    item(campaign, "Language café with swimming")
    item(campaign, "Something else")
    assert titles(campaign, "Swimming lessons for parents in a language café")[0] == (
        "Swimming lessons for parents"
    )


def test_forms_of_a_word_are_found(campaign):
    item(campaign, "Kielikahvila kirjastossa")
    assert titles(campaign, "Kielikahviloita kirjastoihin") == ["Kielikahvila kirjastossa"]


def test_one_word_in_common_is_chance_where_there_are_more(campaign):
    item(campaign, "Swimming lessons")
    assert titles(campaign, "Swimming with elephants tomorrow") == []
    assert titles(campaign, "Swimming") == ["Swimming lessons"]


def test_a_word_that_nearly_all_have_says_nothing(campaign):
    for number in range(MOST + 3):
        item(campaign, f"Neighbours together {number}")
    assert titles(campaign, "Neighbours together") == []


def test_a_few_are_shown_of_this_campaign_and_never_its_own(campaign):
    for number in range(MOST * 3):
        item(campaign, f"Elephant swimming {number}" if number % 3 == 0 else f"Other {number}")
    item(CampaignFactory(), "Elephant swimming elsewhere")
    own = campaign.public_items.filter(title__startswith="Elephant").newest().first()
    found = titles(campaign, "Elephant swimming", without=own.reference)
    assert len(found) == MOST - 1
    assert own.title not in found


def test_what_is_not_public_is_not_found(campaign):
    SubmissionFactory(campaign=campaign, text__title="Elephant swimming")
    assert titles(campaign, "Elephant swimming") == []


def test_it_costs_the_same_few_questions_for_two_rows_and_for_twenty(campaign, django_assert_num_queries):
    for rows in (2, 18):
        for number in range(rows):
            item(campaign, f"Elephant swimming {number}" if number % 4 == 0 else f"Other {number}")
        with django_assert_num_queries(4):
            assert titles(campaign, "Elephant swimming")
    with django_assert_num_queries(0):
        assert titles(campaign, "A b c") == []


def test_the_piece_holds_links_that_leave_the_form_open(client, campaign):
    found = item(campaign, "Elephant swimming", language="ar")
    answer = client.get(ADDRESS, {"title": "Swimming elephants"})
    piece = answer.content.decode()
    assert f'<a href="{found.get_absolute_url()}" target="_blank" rel="noopener">' in piece
    assert 'lang="ar" dir="auto">Elephant swimming<' in piece
    assert "Neighbours" in piece
    assert "<html" not in piece
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("title", ["", "\0", "%", "x" * 10_000, "'\";--", "((((", "🔑🔑🔑🔑 🔑"])
def test_odd_titles_bring_nothing(client, campaign, title):
    item(campaign, "Elephant swimming")
    answer = client.get(ADDRESS, {"title": title})
    assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_without_a_campaign_it_answers_too(client, db):
    assert client.get(ADDRESS, {"title": "Elephant swimming"}).status_code == 200


def test_who_asks_too_much_gets_nothing_more(client, campaign, monkeypatch):
    monkeypatch.setattr(views, "PER_SENDER", 1)
    asked = [client.get(ADDRESS, {"title": "x"}, REMOTE_ADDR="192.0.2.1").status_code for _time in range(2)]
    assert asked == [200, 429]


def test_without_scripts_the_form_that_comes_back_shows_them(client, campaign):
    item(campaign, "Elephant swimming")
    assert "Elephant" not in client.get(URL).content.decode()
    page = client.post(URL, {"title": "Swimming elephants"}).content.decode()
    assert "Perhaps join this one?" in page
    assert problems(page) == []


def test_the_receipt_shows_them_and_not_the_own(client, campaign, at):
    item(campaign, "A language café on Tuesdays")
    theme = ThemeFactory(campaign=campaign)
    client.post(URL, filled(theme))
    submission = Submission.objects.get()
    page = client.get(links.sent_path(submission, at=submission.created_at)).content.decode()
    assert "A language café on Tuesdays" in page
