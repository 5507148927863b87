"""The machine feeds: what other readers make of them, and when they answer that nothing changed."""

import html
import json
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection

from campaign import stream
from campaign.models import PublicAward, PublicItem, StreamItem
from home.models import PublicVersion
from tests.campaign.feed_rules import ATOM, LANG, broken_in_atom, broken_in_rss
from tests.factories import AT, CampaignFactory, PublicItemFactory

FEEDS = ("/en/feed/atom.xml", "/en/feed/rss.xml", "/en/feed/feed.json")
RULES = {"atom.xml": broken_in_atom, "rss.xml": broken_in_rss}
ODD_TITLES = (
    "Äidit & <tyttäret>",
    "R&D <b>bold</b> &amp; &eacute;",
    "]]> <![CDATA[ --> \"quoted\" 'too'",
    "\x00nul\x08bell\x1bescape\x85next\ufffd\ufffe\uffff",
    "مفاتيح 🔑 \u202eright to left",
    "#",
)


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
    assert entry.findtext(f"{ATOM}published") == "2026-11-24T12:00:00+02:00"
    number = item.events.get().pk
    assert entry.findtext(f"{ATOM}updated") == f"2026-11-24T12:00:00.{number:06}+02:00"
    languages = {element.tag.removeprefix(ATOM): element.get(LANG) for element in entry}
    assert (languages["title"], languages["summary"]) == ("fi", None)
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


def broken(client, language: str, name: str, *, now) -> list[str]:
    address = f"/{language}/feed/{name}"
    response = client.get(address)
    assert response["Content-Type"] == f"application/{name.removesuffix('.xml')}+xml; charset=utf-8"
    return RULES[name](response.content, f"http://localhost{address}", now=now)


@pytest.fixture
def odd(campaign) -> list[PublicItem]:
    """Items of every odd title, all selected at one moment, and one with a prize."""
    organisations = [{"name": "Ähtäri & <Sons>", "kind": "company", "role": "lead", "website": ""}]
    items = [
        PublicItemFactory(campaign=campaign, shareable=True, title=title, organisations=organisations)
        for title in ODD_TITLES
        if connection.vendor == "sqlite" or "\x00" not in title
    ]
    award = {"category": "Pledge of the year", "citation": "<script>\x0c & more", "announced_at": AT}
    PublicAward.objects.create(item=items[0], **award)
    for item in items:
        item.selected = True
        item.save()
        stream.tell(item, at=AT)
    return items


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_rule_of_the_w3c_validator_is_broken(client, odd, language, name):
    assert broken(client, language, name, now=AT) == []


@pytest.mark.parametrize("name", RULES)
def test_an_empty_feed_breaks_no_rule_and_stays_the_same(client, campaign, name):
    moved_at = PublicVersion.last_moved()
    assert broken(client, "en", name, now=moved_at) == []
    first = client.get(f"/en/feed/{name}")
    assert first["ETag"] == client.get(f"/en/feed/{name}")["ETag"]


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("atom.xml", b'rel="self"', b'rel="related"', "MissingSelf"),
        ("atom.xml", b"feed/atom.xml", b"feed/other.xml", "SelfDoesntMatchLocation"),
        ("atom.xml", b"<id>tag:", b"<id>tig:", "InvalidTAG"),
        ("atom.xml", b"<updated>2026-", b"<updated>2036-", "ImplausibleDate"),
        ("atom.xml", b"T12:00:00+02:00</published>", b" 12:00</published>", "InvalidRFC"),
        ("atom.xml", b'xml:lang="en"', b"", "InvalidLanguage"),
        ("atom.xml", b"<summary>", b'<summary type="html">', "InvalidTextType"),
        ("rss.xml", b'isPermaLink="false"', b"", "InvalidPermalink"),
        ("rss.xml", b"<link>http://localhost", b"<link>", "InvalidFullLink"),
        ("rss.xml", b"&#x26;", b"&amp;", "CharacterData"),
        ("rss.xml", b"Tue, 24 Nov 2026 12:00:00 +0200", b"2026-11-24", "InvalidRFC"),
        ("rss.xml", b"<language>en</language>", b"", "InvalidLanguage"),
    ],
)
def test_the_rules_find_what_is_broken(client, item, name, old, new, rule):
    content = client.get(f"/en/feed/{name}").content
    assert old in content
    found = RULES[name](content.replace(old, new), f"http://localhost/en/feed/{name}", now=AT)
    assert any(line.startswith(rule) for line in found), found


@pytest.mark.parametrize("name", RULES)
def test_texts_arrive_as_they_were_written(client, odd, name):
    feed = feedparser.parse(client.get(f"/en/feed/{name}").content, sanitize_html=False)
    summaries = {html.unescape(entry.summary) for entry in feed.entries}
    assert "New pledge: Ähtäri & <Sons>" in summaries
    assert "Pledge of the year: <script> & more" in summaries


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
        with django_assert_max_num_queries(7) as queries:
            client.get(FEEDS[0])
        asked.append(len(queries))
    assert asked[0] == asked[1]
