"""The sitemap: every public page once a language, and files that stay within their bound."""

from xml.etree import ElementTree

import pytest

from campaign import sitemaps
from campaign.models import FacetCount
from tests.factories import CampaignFactory, PublicItemFactory

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def addresses(client, path: str = "/sitemap.xml") -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    return [loc.text.removeprefix("http://localhost") for loc in root.iter(f"{SPACE}loc")]


def test_it_names_pages_and_submissions_in_every_language(client, pages, campaign):
    item = PublicItemFactory(campaign=campaign, title="A key")
    old = PublicItemFactory(campaign=CampaignFactory(slug="earlier"), title="Old")
    found = addresses(client)
    assert len(found) == len(set(found))
    for code in ("fi", "sv", "en"):
        for path in ("", "programme/", "faq/", "pledges/", f"pledges/{item.reference}/a-key/"):
            assert f"/{code}/{path}" in found
        assert f"/{code}/c/earlier/pledges/{old.reference}/old/" in found


def test_each_address_names_its_translations(client, pages, campaign):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    entry = next(url for url in root if url.findtext(f"{SPACE}loc") == "http://localhost/en/faq/")
    links = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
    assert links == {
        "fi": "http://localhost/fi/faq/",
        "sv": "http://localhost/sv/faq/",
        "en": "http://localhost/en/faq/",
        "x-default": "http://localhost/fi/faq/",
    }


def test_unpublished_pages_are_not_named(client, pages, campaign):
    pages["faq"]["sv"].unpublish()
    assert "/sv/faq/" not in addresses(client)


def test_a_large_portal_has_an_index_of_bounded_files(client, pages, campaign, monkeypatch):
    monkeypatch.setattr(sitemaps, "ITEMS_A_FILE", 2)
    PublicItemFactory.create_batch(5, campaign=campaign)
    index = addresses(client)
    assert index == [f"/sitemap.xml?file={number}" for number in range(4)]
    files = [addresses(client, path) for path in index]
    assert [len(file) for file in files[1:]] == [6, 6, 3]
    assert len({address for file in files for address in file}) == sum(map(len, files))


@pytest.mark.parametrize("file", ["9", "-1", "abc", "9" * 400, "%00"])
def test_a_file_that_is_not_there_is_not_found(client, pages, campaign, file):
    assert client.get(f"/sitemap.xml?file={file}").status_code == 404


def test_the_number_of_items_is_not_counted_row_by_row(
    client, pages, campaign, django_assert_max_num_queries
):
    FacetCount.objects.create(campaign=campaign, facet="total", count=100_000)
    with django_assert_max_num_queries(5) as queries:
        client.get("/sitemap.xml")
    assert not any("COUNT(" in query["sql"] for query in queries)
