"""The rules by which the W3C feed validator judges, each under the validator's own name, for what our feeds contain.

The validator itself cannot be installed here. Read beside its `feed`, `entry`, `channel`, `item`, `link` and `validators`.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ADDRESS = re.compile(r"https?://[^/][0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+$")
TAG = re.compile(r"tag:[a-z0-9\-.]+,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*$")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
RFC_2822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$")
LANGUAGES = {"fi", "sv", "en"}
BAD = re.compile("[\x80-\x9f\ufffd]")
ATOM_FEED = {"title", "link", "id", "updated", "author", "subtitle", "entry"}
ATOM_ENTRY = {"title", "link", "id", "published", "updated", "summary", "category"}
CHANNEL = {"title", "link", "description", f"{ATOM}link", "language", "lastBuildDate", "item"}
ITEM = {"title", "link", "description", "pubDate", "guid", "category"}
OFTEN = {"link", "entry", "item", "category"}

Broken = Iterator[str]


def broken_in_atom(content: bytes, address: str, *, now: datetime) -> list[str]:
    """The rules that an Atom feed read at this address breaks; none when it is well."""
    return list(_atom(ElementTree.fromstring(content), address, now))


def broken_in_rss(content: bytes, address: str, *, now: datetime) -> list[str]:
    """The same of an RSS 2.0 feed."""
    return list(_rss(content.decode(), ElementTree.fromstring(content), address, now))


def _atom(feed: Element, address: str, now: datetime) -> Broken:
    entries = feed.findall(f"{ATOM}entry")
    yield from _children(feed, {ATOM + name for name in ATOM_FEED})
    if feed.get(LANG) not in LANGUAGES:
        yield "InvalidLanguage: feed"
    if [child.tag for child in feed][-len(entries) or len(feed) :] != [f"{ATOM}entry"] * len(entries):
        yield "MisplacedMetadata: feed"
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        yield "MissingElement: author name"
    yield from _links(feed, address)
    for entry in entries:
        yield from _entry(entry)
    for part in (feed, *entries):
        yield from _atom_values(part, now)
    yield from _unique("DuplicateEntries", [part.findtext(f"{ATOM}id") for part in (feed, *entries)])
    yield from _unique("DuplicateUpdated", [entry.findtext(f"{ATOM}updated") for entry in entries])


def _entry(entry: Element) -> Broken:
    yield from _children(entry, {ATOM + name for name in ATOM_ENTRY})
    links = [link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    yield from _addresses("MissingContentOrAlternate", links)
    terms = [category.get("term") for category in entry.findall(f"{ATOM}category")]
    yield from ["NotBlank: category"] * terms.count("")


def _atom_values(part: Element, now: datetime) -> Broken:
    if not TAG.match(part.findtext(f"{ATOM}id") or ""):
        yield f"InvalidTAG: {part.findtext(f'{ATOM}id')}"
    for name in ("published", "updated"):
        for element in part.findall(ATOM + name):
            yield from _date(element.text, RFC_3339, datetime.fromisoformat, now)
    for name in ("title", "subtitle", "summary"):
        for element in part.findall(ATOM + name):
            yield from _text(element)
            if element.get("type", "text") != "text":
                yield f"InvalidTextType: {name}"
            if element.get(LANG, "fi") not in LANGUAGES:
                yield f"InvalidLanguage: {name}"


def _rss(text: str, root: Element, address: str, now: datetime) -> Broken:
    channel = root.find("channel")
    yield from _children(channel, CHANNEL)
    yield from [] if root.get("version") == "2.0" else ["ObsoleteVersion"]
    yield from [] if channel.findtext("language") in LANGUAGES else ["InvalidLanguage: channel"]
    yield from _addresses("InvalidFullLink", [channel.findtext("link")])
    yield from _self(channel, address)
    tags = [child.tag for child in channel]
    if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
        yield "MisplacedItem"
    if re.search("&(amp|lt);", text):
        yield "CharacterData: & and < are to be written as numbers"
    yield from _text(channel.find("description"))
    yield from _date(channel.findtext("lastBuildDate"), RFC_2822, parsedate_to_datetime, now)
    for item in channel.findall("item"):
        yield from _item(item, now)
    yield from _unique("DuplicateValue: guid", [item.findtext("guid") for item in channel.findall("item")])


def _item(item: Element, now: datetime) -> Broken:
    yield from _children(item, ITEM)
    yield from _addresses("InvalidFullLink", [item.findtext("link")])
    yield from _date(item.findtext("pubDate"), RFC_2822, parsedate_to_datetime, now)
    for name in ("title", "description", "category"):
        yield from _text(item.find(name))
    if item.find("guid").get("isPermaLink") != "false":
        yield "InvalidPermalink: a tag is no address"
    if not TAG.match(item.findtext("guid")):
        yield "InvalidTAG: guid"
    described = item.findtext("description")
    if re.search(r"<|&(?!(amp|lt|gt|quot|#x?[0-9a-fA-F]+);)", described):
        yield f"NotHtml: {described}"


def _children(parent: Element, names: set[str]) -> Broken:
    """What has to be there is, and nothing else, and once."""
    tags = [child.tag for child in parent]
    once = {name for name in names if name.removeprefix(ATOM) not in OFTEN}
    yield from (f"UndefinedElement: {tag} in {parent.tag}" for tag in set(tags) - names)
    yield from (f"MissingElement: {tag} in {parent.tag}" for tag in once if tag not in tags)
    yield from (f"DuplicateElement: {tag} in {parent.tag}" for tag in once if tags.count(tag) > 1)


def _links(feed: Element, address: str) -> Broken:
    links = feed.findall(f"{ATOM}link")
    yield from _self(feed, address)
    yield from _addresses(
        "MissingAlternateLink", [e.get("href") for e in links if e.get("rel") == "alternate"]
    )


def _self(parent: Element, address: str) -> Broken:
    found = [link.get("href") for link in parent.findall(f"{ATOM}link") if link.get("rel") == "self"]
    yield from ["MissingSelf"] if not found else []
    yield from (f"SelfDoesntMatchLocation: {href}" for href in found if href != address)


def _addresses(rule: str, found: list[str | None]) -> Broken:
    yield from [] if len(found) == 1 else [f"{rule}: {len(found)} addresses"]
    yield from (f"InvalidFullLink: {address}" for address in found if not ADDRESS.match(address or ""))


def _date(text: str, form: re.Pattern, read, now: datetime) -> Broken:
    if not form.match(text):
        yield f"InvalidRFC2822Date or InvalidRFC3339Date: {text}"
    elif not datetime(1990, 1, 1, tzinfo=UTC) < read(text) <= now + timedelta(minutes=10):
        yield f"ImplausibleDate: {text}"


def _text(element: Element) -> Broken:
    text = element.text or ""
    if not text.strip():
        yield f"NotBlank: {element.tag}"
    if BAD.search(html.unescape(text)):
        yield f"BadCharacters: {element.tag}"


def _unique(rule: str, values: list[str | None]) -> Broken:
    yield from (f"{rule}: {value}" for value in sorted(set(values)) if values.count(value) > 1)
