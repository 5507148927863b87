"""How the hashtag feed is written: Atom by RFC 4287, RSS 2.0 by the profile of its advisory board."""

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator


class AtomFeed(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"
    mime_type = content_type

    def latest_post_date(self):
        return self.feed["updated"]

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict) -> None:
        """An entry in plain text, which Django would call HTML, its title in the language that it was written in."""
        handler.addQuickElement("title", item["title"], _language(item["title_language"]))
        handler.addQuickElement("link", "", {"rel": "alternate", "href": item["link"]})
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("summary", item["description"], _language(item["text_language"]))
        for category in item["categories"]:
            handler.addQuickElement("category", "", {"term": category})


class RssFeed(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"
    mime_type = content_type

    def latest_post_date(self):
        return self.feed["updated"]

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict) -> None:
        """A description is HTML by definition; ours is plain text."""
        super().add_item_elements(handler, item | {"description": escape(item["description"])})

    def writeString(self, encoding: str) -> str:  # noqa: N802
        """With `&` and `<` as numbers: the profile asks for them, since readers take `&lt;` in a title for HTML."""
        return super().writeString(encoding).replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;")


def _language(code: str) -> dict[str, str]:
    return {"xml:lang": code} if code else {}
