"""The languages that people write in: what they are called, and a public text in the reader's language.

A translation is read field by field: where it says nothing in a field, the original stands there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.kinds import TEXT_LANGUAGES
from campaign.models.text import ROW_WORDS, TRANSLATED, UNNAMED, SubmissionText

NAMES = dict(TEXT_LANGUAGES)
SPOKEN = frozenset(code for code, _name in settings.LANGUAGES)
CAPITALS = "en"  # this language writes the names of languages with a capital letter within a sentence, too


def name_of(code: str) -> str:
    """What a language is called, as it stands in a list: in the reader's language, with a capital letter."""
    name = str(NAMES.get(code, NAMES[UNNAMED]))
    return name[:1].upper() + name[1:]


def named(code: str) -> str:
    """What a language is called within a sentence."""
    name = name_of(code)
    keeps = get_language() == CAPITALS and code in NAMES and code != UNNAMED
    return name if keeps else name[:1].lower() + name[1:]


def reader_s() -> str:
    """The language of the reader, one of the portal's."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return language if language in SPOKEN else settings.LANGUAGE_CODE


def foreign(code: str) -> str:
    """What a language is called where it is not the reader's, else nothing."""
    return "" if code == reader_s() else named(code)


@dataclass(frozen=True, slots=True)
class Piece:
    """A field as it is read, with what `lang` says of it."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text


def in_reader_s(texts: Mapping[str, Any]) -> Piece:
    """What is kept in several languages, by code, in the reader's, or in the first of the portal's that has words."""
    codes = (reader_s(), *dict(settings.LANGUAGES))
    language = next((code for code in codes if texts.get(code)), "")
    return Piece(texts.get(language, ""), language)


Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Reading:
    """A text's words for one reader; in its rows, too, words are pieces. `is_translated` says whether any are a translation."""

    title: Piece
    summary: Piece
    plain_summary: Piece
    description: Piece
    novelty: Piece
    target_groups: Piece
    participation: Piece
    actions: Rows
    needs: Rows
    offers: Rows
    is_translated: bool


def read(
    text: SubmissionText, rows: Mapping[str, Rows], *, language: str, translations: Mapping[str, Any]
) -> Reading:
    """A text, with its rows by name, in a language where it is translated into it, else as it was written.

    `translations` are of the form of a public copy's.
    """
    said = translations.get(language, {})
    phrases = said.get("phrases", {})

    def piece(original: str, words: str | None) -> Piece:
        return Piece(words, language) if words else Piece(original, text.lang)

    def in_row(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
        own = {name: row.get(name, "") for name in names}
        return row | {name: piece(words, phrases.get(words)) for name, words in own.items()}

    def action(row: dict[str, Any]) -> dict[str, Any]:
        numbers = {name: number_format(Decimal(row[name])) for name in ("start", "target") if row.get(name)}
        return in_row(row, ROW_WORDS["actions"]) | numbers

    return Reading(
        **{name: piece(getattr(text, name), said.get(name)) for name in TRANSLATED},
        actions=[action(row) for row in rows["actions"]],
        needs=[in_row(row, ROW_WORDS["needs"]) for row in rows["needs"]],
        offers=[in_row(row, ROW_WORDS["offers"]) for row in rows["offers"]],
        is_translated=bool(said),
    )


def translated(name: str, language: str, *, of: str = "") -> KeyTextTransform:
    """A field's translation as a column of items, or of rows that point to items by `of`; NULL without one."""
    return KeyTextTransform(name, KeyTransform(language, f"{of}translations"))


def original_in(code: str) -> str:
    if code == UNNAMED:
        return _("The original is in another language than ours")
    return _("Original in %(language)s") % {"language": named(code)}
