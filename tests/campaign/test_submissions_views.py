"""The public list: what it finds, what it counts, and that nothing asked of it is an error."""

import re
from datetime import timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from campaign.browsing import MOST, Found, Wish
from campaign.models import FacetCount, PublicItem, Region
from campaign.panel import read
from tests.factories import AT, CampaignFactory, PublicItemFactory, ThemeFactory

LIST = "/en/pledges/"
UUSIMAA = "01"


def titles(client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return [str(card.title) for card in response.context["found"].cards]


@pytest.fixture
def three(campaign):
    work, home = ThemeFactory(campaign=campaign, slug="work"), ThemeFactory(campaign=campaign, slug="home")
    uusimaa = Region.objects.get(code=UUSIMAA)
    common = {"campaign": campaign}
    PublicItemFactory(title="Bread", theme=work, kind="pledge", regions=[uusimaa], tags=["bakery"], **common)
    PublicItem.objects.update(search_text=Concat("search_text", Value(" 🔑 مفتاح")))
    PublicItemFactory(title="Apples", theme=home, kind="initiative", organisation_kind="company", **common)
    PublicItemFactory(title="Chess", theme=home, other_themes=[work], tags=["games"], **common)


def test_without_a_campaign_the_list_is_empty_and_answers(db, client):
    assert client.get(LIST).status_code == 200


def test_the_newest_stands_first(client, three):
    assert titles(client) == ["Chess", "Apples", "Bread"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?sort=oldest", ["Bread", "Apples", "Chess"]),
        ("?sort=title", ["Apples", "Bread", "Chess"]),
        ("?kind=initiative", ["Apples"]),
        ("?theme=work", ["Chess", "Bread"]),
        ("?region=01", ["Bread"]),
        ("?organisation_kind=company", ["Apples"]),
        ("?tag=bakery", ["Bread"]),
        ("?q=bread", ["Bread"]),
        ("?q=BREAD", ["Bread"]),
        ("?q=bread+staircase", ["Bread"]),
        ("?theme=work&kind=pledge&sort=title", ["Bread", "Chess"]),
        ("?theme=work&q=chess", ["Chess"]),
        ("?kind=initiative&theme=work", []),
    ],
)
def test_filters_search_and_order(client, three, query, found):
    assert titles(client, query) == found


def test_a_theme_answers_to_its_number_too(client, three, campaign):
    theme = campaign.themes.get(slug="home")
    assert titles(client, f"?theme={theme.pk}") == ["Chess", "Apples"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=%23", []),
        ("?q=foo:", []),
        ("?q=%25", []),
        ("?q=_", []),
        ("?q=%00bread%00", ["Bread"]),
        ("?q=" + "x" * 10_000, []),
        ("?q='\")(*:&|!", []),
        ("?q=%F0%9F%94%91", ["Bread"]),
        ("?q=%D9%85%D9%81%D8%AA%D8%A7%D8%AD", ["Bread"]),
        ("?q=%E2%80%AE%EF%BF%BE%ED%A0%80%FF", []),
        ("?q=" + "zz+" * 1_000, []),
        ("?kind=secret", []),
        ("?theme=%00", ["Chess", "Apples", "Bread"]),
        ("?theme=99999999999999999999", []),
        ("?region=zz", []),
        ("?tag=" + "y" * 10_000, []),
        ("?organisation_kind=%F0%9F%92%A9", []),
        ("?sort=price", ["Chess", "Apples", "Bread"]),
        ("?view=map", ["Chess", "Apples", "Bread"]),
        ("?page=abc", ["Chess", "Apples", "Bread"]),
        ("?page=0", ["Chess", "Apples", "Bread"]),
        ("?page=-1", ["Chess", "Apples", "Bread"]),
        ("?page=%D9%A1", ["Chess", "Apples", "Bread"]),
        ("?page=1000000000", ["Chess", "Apples", "Bread"]),
        ("?page=" + "9" * 5_000, ["Chess", "Apples", "Bread"]),
    ],
)
def test_odd_values_are_answered(client, three, query, found):
    assert titles(client, query) == found


def test_a_page_that_is_not_there_is_said_so(client, three):
    assert "There is no page 7." in client.get(f"{LIST}?page=7").content.decode()


def test_an_empty_result_says_what_to_do(client, three):
    page = client.get(f"{LIST}?q=nothing-like-it").content.decode()
    assert "Nothing was found" in page
    assert "nothing-like-it" in page


def test_a_chip_leads_to_the_list_without_its_filter(client, three):
    response = client.get(f"{LIST}?theme=work&q=chess&sort=title")
    chips = {chip["label"]: chip["url"] for chip in response.context["chips"]}
    theme = next(label for label in chips if label.startswith("Theme"))
    assert chips == {"“chess”": "?theme=work&sort=title", theme: "?q=chess&sort=title"}


def test_the_panel_counts_from_the_counters(client, three, campaign):
    options = {
        (facet["name"], option["label"]): option["count"]
        for facet in client.get(LIST).context["facets"]
        for option in facet["options"]
    }
    work = campaign.themes.get(slug="work")
    assert options[("theme", work.name)] == "2"
    assert options[("kind", "Pledge")] == "2"
    assert options[("region", "Uusimaa")] == "1"
    assert options[("tag", "#bakery")] == "1"


def numbers(client, query: str) -> dict[tuple[str, str], str]:
    return {
        (facet["name"], option["url"]): option["count"]
        for facet in client.get(f"{LIST}{query}").context["facets"]
        for option in facet["options"]
        if not option["current"]
    }


@pytest.fixture
def varied(campaign):
    """Sixty submissions whose kinds, themes, givers, regions and hashtags do not go together."""
    work, home, rest = (ThemeFactory(campaign=campaign, slug=slug) for slug in ("work", "home", "rest"))
    regions = list(Region.objects.all()[:3])
    for number in range(60):
        PublicItemFactory(
            campaign=campaign,
            kind=("pledge", "initiative")[number % 2],
            theme=(work, home)[number % 3 == 0],
            other_themes=[rest, work][: number % 4],
            organisation_kind=("company", "association", "municipality")[number % 5 % 3],
            regions=regions[: number % 7 % 4],
            tags=["bakery", "games"][: number % 11 % 3],
            search_text=("soup bread", "soup", "tea")[number % 13 % 3],
        )


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?kind=pledge",
        "?theme=work",
        "?region=02&theme=rest",
        "?q=soup",
        "?q=soup+bread&theme=work&organisation_kind=company",
        "?tag=games&kind=initiative&sort=title",
    ],
)
def test_the_number_beside_an_option_is_what_it_brings(client, varied, query):
    found = numbers(client, query)
    brought = {key: str(client.get(f"{LIST}{key[1]}").context["found"].total) for key in found}
    assert found == brought
    assert len(found) > 3
    assert "0" not in found.values()


def test_a_search_without_a_hit_offers_only_what_is_in_force(client, three):
    facets = client.get(f"{LIST}?q=nothing-like-it&theme=work").context["facets"]
    assert [(facet["name"], [o["count"] for o in facet["options"]]) for facet in facets] == [("theme", ["0"])]


def test_what_is_too_much_to_count_shows_no_numbers(client, three, monkeypatch):
    monkeypatch.setattr("campaign.browsing.MOST", 1)
    found = numbers(client, "?theme=work")
    assert {name for (name, _url), count in found.items() if count == ""} == {
        "kind",
        "organisation_kind",
        "region",
        "tag",
    }
    assert {count for (name, _url), count in found.items() if name == "theme"} == {"2"}
    assert '<span class="count"></span>' not in client.get(f"{LIST}?theme=work").content.decode()


@pytest.mark.parametrize("query", ["?q=key", "?q=key&theme=work", "?kind=pledge", "?q=nothing-like-it"])
def test_the_numbers_cost_the_same_few_questions_for_two_rows_and_for_twenty(
    client, campaign, django_assert_max_num_queries, query
):
    ThemeFactory(campaign=campaign, slug="work")
    asked = []
    for rows in (2, 18):
        PublicItemFactory.create_batch(rows, campaign=campaign, theme=campaign.themes.get(), tags=["home"])
        client.get(f"{LIST}{query}")
        with django_assert_max_num_queries(11) as queries:
            client.get(f"{LIST}{query}")
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("query", ["?q=nothing-like-it", "?q=key&kind=pledge"])
def test_every_text_is_looked_into_once(client, campaign, query, django_assert_max_num_queries):
    PublicItemFactory(campaign=campaign)
    with django_assert_max_num_queries(20) as queries:
        client.get(f"{LIST}{query}")
    assert len([query for query in queries if "search_text" in query["sql"]]) == 1


def test_a_long_list_ends_where_paging_would_cost_too_much_and_says_so(client, campaign, monkeypatch):
    monkeypatch.setattr("campaign.browsing.DEEPEST", 40)
    FacetCount.objects.create(campaign=campaign, facet="total", count=100_000)
    PublicItemFactory.create_batch(45, campaign=campaign)
    response = client.get(f"{LIST}?page=100000")
    assert response.context["found"].page.number == 2
    page = response.content.decode()
    assert "The list ends here. Search or filter to see the others." in page
    assert "There is no page 100000." in page.replace(",", "")
    assert "The list ends here" not in client.get(LIST).content.decode()


def found_for(campaign, **wish) -> Found:
    return Found(campaign, Wish(**wish), read(campaign))


def test_totals_of_all_and_of_one_filter_come_from_the_counters(campaign, django_assert_num_queries):
    theme = ThemeFactory(campaign=campaign, slug="work")
    FacetCount.objects.create(campaign=campaign, facet="total", count=100_000)
    FacetCount.objects.create(campaign=campaign, facet="theme", value=str(theme.pk), count=40_000)
    everything, filtered = found_for(campaign), found_for(campaign, theme="work")
    with django_assert_num_queries(0):
        assert (everything.total, filtered.total) == (100_000, 40_000)
        assert not everything.is_more


def test_combined_totals_are_counted_to_a_bound(campaign):
    item = PublicItemFactory(campaign=campaign, search_text="soup")
    fields = {
        field.name: getattr(item, field.name) for field in PublicItem._meta.fields if field.name != "id"
    }
    PublicItem.objects.bulk_create(
        PublicItem(**fields | {"reference": f"KL-{number}"}) for number in range(MOST + 5)
    )
    found = found_for(campaign, q="soup", page=50)
    assert found.is_more
    assert found.total == MOST + 1
    assert found.page.paginator.num_pages == MOST // 20
    assert len(found.cards) == 20


def test_a_bounded_total_is_said_in_words(client, campaign, monkeypatch):
    monkeypatch.setattr("campaign.browsing.MOST", 2)
    PublicItemFactory.create_batch(4, campaign=campaign)
    assert "More than 1,000 found" in client.get(f"{LIST}?q=key").content.decode()


@pytest.mark.parametrize(
    ("query", "later"), [("", 4), ("?view=table", 4), ("?kind=pledge", 8), ("?q=key&kind=pledge", 10)]
)
def test_the_list_asks_the_same_few_questions_for_two_rows_and_for_twenty(
    client, campaign, django_assert_max_num_queries, query, later
):
    """The first reader after a change pays for the panel, the navigation and the other rounds; the others find them kept."""
    region = Region.objects.get(code=UUSIMAA)
    asked = []
    for rows in (2, 18):
        PublicItemFactory.create_batch(
            rows, campaign=campaign, regions=[region], tags=["home"], organisations=[]
        )
        for most in (later + 8, later):
            with django_assert_max_num_queries(most) as queries:
                client.get(f"{LIST}{query}")
            asked.append(len(queries))
    assert asked[:2] == asked[2:]


def test_no_more_rows_are_read_than_a_page_shows(client, campaign, django_assert_max_num_queries):
    PublicItemFactory.create_batch(25, campaign=campaign)
    client.get(LIST)
    with django_assert_max_num_queries(4) as queries:
        client.get(LIST)
    reads = [query["sql"] for query in queries if 'FROM "campaign_publicitem"' in query["sql"]]
    assert len(reads) == 1
    assert reads[0].endswith("LIMIT 20")
    assert "description" not in reads[0]


def test_a_change_of_what_is_public_is_seen_at_once(client, campaign):
    PublicItemFactory(campaign=campaign, title="First")
    assert titles(client) == ["First"]
    PublicItemFactory(campaign=campaign, title="Second")
    assert titles(client) == ["Second", "First"]
    theme = campaign.themes.get()
    theme.name = "Renamed"
    theme.save()
    assert "Renamed" in client.get(LIST).content.decode()


def test_pages_follow_each_other(client, campaign):
    PublicItemFactory.create_batch(41, campaign=campaign)
    pages = [titles(client, f"?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 1]
    assert len({title for page in pages for title in page}) == 41


def test_the_table_shows_the_same(client, three):
    page = client.get(f"{LIST}?view=table").content.decode()
    assert "<table" in page
    assert page.index("Chess") < page.index("Apples") < page.index("Bread")


def test_only_the_asked_campaigns_items_are_listed(client, three):
    other = CampaignFactory(slug="earlier")
    PublicItemFactory(campaign=other, title="Old")
    response = client.get("/en/c/earlier/pledges/")
    assert [str(card.title) for card in response.context["found"].cards] == ["Old"]
    assert "Old" not in titles(client)


def test_the_current_campaign_has_one_address(client, three, campaign):
    response = client.get(f"/en/c/{campaign.slug}/pledges/?q=bread")
    assert (response.status_code, response["Location"]) == (302, "/en/pledges/?q=bread")


def test_an_unknown_campaign_is_not_found(client, campaign):
    assert client.get("/en/c/no-such/pledges/").status_code == 404


def test_the_list_speaks_every_language_and_keeps_the_filters(client, three):
    page = client.get(f"{LIST}?theme=work").content.decode()
    for code in ("fi", "sv", "en"):
        assert f'href="/{code}/pledges/?theme=work"' in page
        assert f'hreflang="{code}" href="http://localhost/{code}/pledges/"' in page
    assert '<link rel="canonical" href="http://localhost/en/pledges/">' in page


def test_a_filtered_list_is_not_for_search_engines(client, three):
    assert 'content="noindex, follow"' in client.get(f"{LIST}?q=bread").content.decode()
    assert "noindex" not in client.get(LIST).content.decode()


def test_texts_carry_their_language(client, campaign):
    PublicItemFactory(campaign=campaign, language="fi", title="Avain")
    page = client.get(LIST).content.decode()
    assert re.search(r'<a href="/en/pledges/[^"]+/avain/" lang="fi" dir="auto">Avain</a>', page)


def test_the_list_may_be_kept_for_everybody(client, three):
    assert client.get(LIST).is_public_page
    assert reverse("submissions").endswith("/pledges/")


def test_items_published_at_the_same_moment_keep_one_order(client, campaign):
    moment = AT - timedelta(days=2)
    items = PublicItemFactory.create_batch(30, campaign=campaign, published_at=moment)
    shown = titles(client) + titles(client, "?page=2")
    assert shown == [item.title for item in reversed(items)]
