"""Reading one public submission whole: its facts, targets, awards and where it may be shared."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaign.edition import release_url
from campaign.kinds import Scope
from campaign.languages import Piece, Reading, Rows, original_in, read, reader_s
from campaign.models import ProgrammeRelease, PublicFile, PublicItem
from campaign.models.text import ROW_WORDS
from campaign.sharing import share_links
from home.addresses import absolute


def detail(item: PublicItem, *, as_written: bool = False) -> dict:
    """What the page of a submission prints: in the reader's language where it is translated, or `as_written`.

    The item was asked for `with_files_told`.
    """
    url = absolute(item.get_absolute_url())
    language = reader_s()
    words = words_of(item, language=item.language if as_written else language)
    # Only the selected are in a programme and only the awarded have awards: the rest is spared the questions.
    release = _latest_release(item) if item.selected else None
    files = list(item.files.all()) if item.has_files else []
    pictures = [file for file in files if file.is_picture]
    return {
        "item": item,
        "words": words,
        "origin": _origin(item, words, language),
        "crumbs": [{"url": item.campaign.address("submissions"), "label": _("Pledges and initiatives")}],
        "facts": facts(item),
        "awards": list(item.awards.all()) if item.awarded else [],
        "release": release,
        "release_url": f"{release_url(item.campaign, release)}#{item.reference}" if release else "",
        "needs": exchanges(words.needs),
        "offers": exchanges(words.offers),
        "share_links": share_links(item, words.title.text, url) if item.shareable else [],
        "pictures": pictures,
        "documents": [file for file in files if not file.is_picture],
        "canonical": url,
        "og": _og(words, url, pictures) if item.shareable else None,
    }


def words_of(item: PublicItem, *, language: str) -> Reading:
    rows = {name: getattr(item, name) for name in ROW_WORDS}
    return read(item, rows, language=language, translations=item.translations)


def _origin(item: PublicItem, words: Reading, language: str) -> dict | None:
    """In which language it was written, and the link to the other reading; None where it is the reader's own."""
    if item.language == language:
        return None
    return {
        "sentence": original_in(item.language),
        "is_translated": words.is_translated,
        "may_be_translated": language in item.translations,
    }


def _og(words: Reading, url: str, pictures: list[PublicFile]) -> dict:
    """What others show of the page where it is shared, with its first picture."""
    shared = {"title": words.title, "description": words.summary, "url": url}
    return shared | {"image": absolute(pictures[0].file.url)} if pictures else shared


def _latest_release(item: PublicItem) -> ProgrammeRelease | None:
    return ProgrammeRelease.objects.filter(entries__item=item).order_by("-number").first()


def facts(item: PublicItem) -> list[dict]:
    theme = {"label": _("Theme"), "value": item.theme.name, "hue": item.theme.hue}
    others = ", ".join(theme.name for theme in item.other_themes.all())
    tags = " ".join(f"#{name}" for name in sorted(item.tags.names()))
    return [
        {"label": _("Kind"), "value": item.get_kind_display()},
        theme,
        {"label": _("Also about"), "value": others},
        {"label": _("Where"), "value": place(item)},
        {"label": _("When"), "value": span(item.starts_on, item.ends_on)},
        {"label": _("Done in"), "value": item.delivery_languages, "lang": item.lang},
        {"label": _("Hashtags"), "value": tags},
        {"label": _("Reference"), "value": item.reference},
    ]


def place(item: PublicItem) -> str:
    """Where, in words: the regions, and the municipalities where they are named."""
    if item.scope in {Scope.COUNTRY, Scope.ELSEWHERE}:
        return item.get_scope_display()
    regions = ", ".join(item.region_names)
    municipalities = ", ".join(municipality.name for municipality in item.municipalities.all())
    return ": ".join(part for part in (regions, municipalities) if part)


def span(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on and ends_on:
        return f"{_day(starts_on)} – {_day(ends_on)}"
    if starts_on:
        return pgettext("time", "from %(day)s") % {"day": _day(starts_on)}
    return pgettext("time", "until %(day)s") % {"day": _day(ends_on)} if ends_on else ""


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def exchanges(rows: Rows) -> Rows:
    """Needs or offers as they are read, each with the pieces that bound it: how much, where, until when."""
    return [{"what": row["what"], "bounds": _bounds(row)} for row in rows]


def _bounds(row: dict[str, Any]) -> list[Piece]:
    until = row.get("until")
    day = pgettext("time", "until %(day)s") % {"day": _day(date.fromisoformat(until))} if until else ""
    return [piece for piece in (row["amount"], row["where"], Piece(day, reader_s())) if piece.text]
