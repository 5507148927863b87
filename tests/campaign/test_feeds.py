"""The machine feeds: what other readers make of them, and when they answer that nothing changed."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest

from campaign import stream
from campaign.models import PublicAward, PublicItem, StreamItem
from home.models import PublicVersion
from tests.factories import AT, CampaignFactory, PublicItemFactory

FEEDS = ("/en/feed/atom.xml", "/en/feed/rss.xml", "/en/feed/feed.json")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def item(campaign):
    return PublicItemFactory(
        campaign=campaign, shareable=True, language="fi", title="Äidit & <tyttäret>", published_at=AT
    )


def test_only_shared_items_are_told(client, campaign, item):
    PublicItemFactory(campaign=campaign, shareable=False, title="Silent")
    for address in FEEDS[:2]:
        feed = feedparser.parse(client.get(address).content)
        assert [entry.title for entry in feed.entries] == ["Äidit & <tyttäret>"]


@pytest.mark.parametrize("address", FEEDS[:2])
def test_a_feed_reader_finds_nothing_odd(client, campaign, item, address):
    feed = feedparser.parse(client.get(address).content)
    assert not feed.bozo
    assert feed.feed.title == f"#{campaign.hashtag}: {campaign.name}"
    assert feed.feed.language == "en"
    assert any(link.rel == "self" and link.href == f"http://localhost{address}" for link in feed.feed.links)
    entry = feed.entries[0]
    assert entry.link == f"http://localhost{item.get_absolute_url()}"
    assert entry.id == f"tag:localhost,2026:en/published:{item.reference}"
    assert entry.published_parsed[:5] == AT.utctimetuple()[:5]


def test_the_atom_feed_has_what_the_standard_requires(client, item):
    root = ElementTree.fromstring(client.get(FEEDS[0]).content)
    assert [root.findtext(ATOM + name) is not None for name in ("id", "title", "updated")] == [True] * 3
    assert root.find(f"{ATOM}author/{ATOM}name").text
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2026-11-24T12:00:00+02:00"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "fi"
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))


def test_the_rss_feed_has_rfc_dates_and_lasting_ids(client, item):
    channel = ElementTree.fromstring(client.get(FEEDS[1]).content).find("channel")
    entry = channel.find("item")
    assert entry.findtext("pubDate") == "Tue, 24 Nov 2026 12:00:00 +0200"
    assert entry.find("guid").get("isPermaLink") == "false"


def test_the_json_feed_follows_its_standard(client, campaign, item):
    response = client.get(FEEDS[2])
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    document = json.loads(response.content)
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == f"http://localhost{FEEDS[2]}"
    assert document["items"] == [
        {
            "id": f"tag:localhost,2026:en/published:{item.reference}",
            "url": f"http://localhost{item.get_absolute_url()}",
            "title": "Äidit & <tyttäret>",
            "content_text": f"New pledge: {item.giver}",
            "date_published": "2026-11-24T12:00:00+02:00",
            "tags": ["New pledge"],
            "language": "fi",
        }
    ]


@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_that_has_it_is_told_so(client, item, address):
    first = client.get(address)
    assert first["Last-Modified"]
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304


@pytest.mark.parametrize("address", FEEDS)
def test_an_event_taken_back_changes_the_feed(client, campaign, item, address):
    PublicItemFactory(campaign=campaign, shareable=True, published_at=AT - timedelta(days=1))
    first = client.get(address)
    before = PublicVersion.objects.get(pk=1).moved_at - timedelta(hours=1)
    PublicVersion.objects.update(moved_at=before)
    since = client.get(address)["Last-Modified"]
    item.delete()
    PublicVersion.move()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get(address, headers={"If-Modified-Since": since}).status_code == 200


@pytest.mark.parametrize(("language", "label"), [("en", "New pledge"), ("fi", None), ("sv", None)])
def test_every_language_has_its_own_feed(client, item, language, label):
    feed = feedparser.parse(client.get(f"/{language}/feed/atom.xml").content)
    assert feed.feed.language == language
    assert feed.entries[0].id == f"tag:localhost,2026:{language}/published:{item.reference}"
    assert label is None or feed.entries[0].tags[0].term == label


def test_another_campaigns_feed_stands_at_its_own_address(client, item):
    earlier = CampaignFactory(slug="earlier", hashtag="earlier")
    PublicItemFactory(campaign=earlier, shareable=True, title="Old")
    feed = feedparser.parse(client.get("/en/c/earlier/feed/atom.xml").content)
    assert [entry.title for entry in feed.entries] == ["Old"]
    assert feed.feed.links[0].href.endswith("/en/c/earlier/feed/")


def test_without_a_campaign_there_is_no_feed(db, client):
    assert client.get(FEEDS[0]).status_code == 404


def test_a_selection_and_an_award_are_events_of_their_own(client, item):
    PublicItem.objects.update(selected=True)
    PublicAward.objects.create(
        item=item, category="Pledge of the year", citation="It opens.", announced_at=AT
    )
    item.refresh_from_db()
    stream.tell(item, at=AT + timedelta(days=1))
    labels = [entry.tags[0].term for entry in feedparser.parse(client.get(FEEDS[0]).content).entries]
    assert sorted(labels) == ["New pledge", "Pledge of the year", "Selected for the programme"]


def test_an_award_taken_back_takes_its_event_along(item):
    award = PublicAward.objects.create(item=item, category="Prize", citation="Good.", announced_at=AT)
    stream.tell(item, at=AT)
    award.delete()
    assert [event.kind for event in item.events.all()] == [StreamItem.Kind.PUBLISHED]


def test_telling_twice_tells_once(item):
    stream.tell(item, at=AT)
    stream.tell(item, at=AT + timedelta(days=1))
    assert item.events.count() == 1


def test_an_item_that_may_not_be_shared_any_more_leaves_the_stream(item):
    item.shareable = False
    stream.tell(item, at=AT)
    assert not item.events.exists()


def test_the_questions_to_the_database_are_the_same_for_two_events_and_for_twenty(
    client, campaign, django_assert_max_num_queries
):
    asked = []
    for rows in (2, 18):
        PublicItemFactory.create_batch(rows, campaign=campaign, shareable=True, organisations=[])
        with django_assert_max_num_queries(6) as queries:
            client.get(FEEDS[0])
        asked.append(len(queries))
    assert asked[0] == asked[1]
