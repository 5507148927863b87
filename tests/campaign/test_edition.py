"""The programme page: the latest edition in the reader's language, and earlier ones."""

import pytest

from campaign import entries as draft
from campaign.models import Municipality, PublicAward, Region
from campaign.programme import compile_programme, forget, release_programme
from tests.factories import AT, DAY, CampaignFactory, PublicItemFactory, ThemeFactory
from tests.markup import problems

PROGRAMME = "/en/programme/"


@pytest.fixture
def item(campaign):
    theme = ThemeFactory(campaign=campaign, name="Into work", introduction="From the inside.", hue="lake")
    item = PublicItemFactory(
        campaign=campaign,
        theme=theme,
        selected=True,
        awarded=True,
        language="fi",
        title="Avain",
        summary="Suomeksi.",
        scope="municipalities",
        regions=[Region.objects.get(code="06")],
    )
    item.municipalities.add(Municipality.objects.get(code="837", valid_to=None))
    PublicAward.objects.create(item=item, category="Pledge of the year", citation="Good.", announced_at=AT)
    return item


@pytest.fixture
def release(campaign, item):
    compile_programme(campaign, at=AT)
    return release_programme(campaign, at=AT)


def text_of(client, address: str = PROGRAMME) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_before_the_first_release_the_page_says_so(client, campaign, pages):
    assert "has not been released yet" in text_of(client)


def test_it_shows_chapters_entries_awards_and_indexes(client, pages, release, item):
    text = text_of(client)
    for words in (
        "Into work",
        "From the inside.",
        "Pledge of the year",
        "Neighbours",
        "Pirkanmaa",
        "Tampere",
    ):
        assert words in text
    assert f'id="{item.reference}"' in text
    assert problems(text) == []


def test_an_entry_without_the_readers_language_is_marked_and_named(client, pages, release, item):
    text = text_of(client)
    assert f'<h3><a href="{item.get_absolute_url()}" lang="fi" dir="auto">Avain</a></h3>' in text
    assert "text in Finnish" in text


def test_an_entry_in_the_readers_language_needs_no_mark(client, pages, campaign, item):
    compile_programme(campaign, at=AT)
    draft.write_text(item.programme_entry, "en", title="A key", body="In English.", at=AT)
    release_programme(campaign, at=AT)
    text = text_of(client)
    assert f'<h3><a href="{item.get_absolute_url()}">A key</a></h3>' in text
    assert "text in Finnish" not in text


def test_earlier_editions_stay_readable(client, pages, release, campaign, item):
    draft.write_text(item.programme_entry, "en", title="Second thoughts", body="Other.", at=AT)
    release_programme(campaign, at=AT + DAY)
    latest = text_of(client)
    assert "Second thoughts" in latest
    assert 'href="/en/programme/?edition=1"' in latest
    first = text_of(client, f"{PROGRAMME}?edition=1")
    assert "Second thoughts" not in first
    assert "This is an earlier edition." in first


@pytest.mark.parametrize("edition", ["", "0", "99", "abc", "-1", "9" * 500, "%00", "%D9%A1"])
def test_an_odd_edition_shows_the_latest(client, pages, release, edition):
    assert "Avain" in text_of(client, f"{PROGRAMME}?edition={edition}")


def test_a_withdrawn_entry_is_gone_and_noted(client, pages, release, campaign, item):
    PublicItemFactory(campaign=campaign, theme=item.theme, selected=True, title="Stays")
    compile_programme(campaign, at=AT)
    release_programme(campaign, at=AT + DAY)
    forget(item)
    item.delete()
    text = text_of(client)
    assert "Avain" not in text
    assert "1 entry has been removed" in text


def test_without_a_new_round_the_last_rounds_programme_is_shown(client, pages, release, campaign):
    campaign.is_current = False
    campaign.save()
    CampaignFactory(is_current=True, name="The next round")
    text = text_of(client)
    assert "Avain" in text
    assert campaign.name in text


def test_another_campaigns_programme_has_its_own_address(client, campaign):
    earlier = CampaignFactory(slug="earlier")
    PublicItemFactory(campaign=earlier, selected=True, title="Old")
    compile_programme(earlier, at=AT)
    release_programme(earlier, at=AT)
    assert "Old" in text_of(client, "/en/c/earlier/programme/")


def test_the_page_asks_the_same_for_two_entries_and_for_twenty(
    client, pages, campaign, theme, django_assert_max_num_queries
):
    asked = []
    for rows in (2, 18):
        PublicItemFactory.create_batch(rows, campaign=campaign, theme=theme, selected=True)
        compile_programme(campaign, at=AT)
        release_programme(campaign, at=AT)
        client.get(PROGRAMME)
        with django_assert_max_num_queries(22) as queries:
            client.get(PROGRAMME)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_awards_page_shows_the_winners_of_the_round_and_why(client, pages, campaign, item):
    text = text_of(client, "/en/awards/")
    assert "Pledge of the year" in text
    assert "Good." in text
    assert campaign.name in text
    assert problems(text) == []


def test_before_any_award_the_page_says_so(client, pages, campaign):
    assert "have not been announced yet" in text_of(client, "/en/awards/")


def test_another_campaigns_awards_have_their_own_address(client, campaign):
    earlier = CampaignFactory(slug="earlier")
    old = PublicItemFactory(campaign=earlier, title="Old winner")
    PublicAward.objects.create(item=old, category="Prize", citation="Good.", announced_at=AT)
    assert "Old winner" in text_of(client, "/en/c/earlier/awards/")


def test_no_place_stands_in_the_index_for_what_did_not_say_where(client, campaign, pages):
    PublicItemFactory(campaign=campaign, selected=True, scope="")
    compile_programme(campaign, at=AT)
    release_programme(campaign, at=AT)
    assert "The whole country" not in text_of(client)
