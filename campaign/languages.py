"""The languages that people write in: what they are called, and a public text in the reader's language.

A translation is read field by field: where it says nothing in a field, the original stands there.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.kinds import TEXT_LANGUAGES
from campaign.models import PublicItem
from campaign.models.text import TRANSLATED, UNNAMED

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


@dataclass(frozen=True)
class Reading:
    """A public item's words for one reader. `is_translated` says whether any of them are a translation."""

    title: Piece
    summary: Piece
    plain_summary: Piece
    description: Piece
    novelty: Piece
    target_groups: Piece
    participation: Piece
    is_translated: bool


def read(item: PublicItem, language: str) -> Reading:
    """The item in a language where it is translated into it, else as it was written."""
    translation = item.translations.get(language, {})
    pieces = {
        name: Piece(translation[name], language)
        if translation.get(name)
        else Piece(getattr(item, name), item.lang)
        for name in TRANSLATED
    }
    return Reading(**pieces, is_translated=any(translation.get(name) for name in TRANSLATED))


def translated(name: str, language: str, *, of: str = "") -> KeyTextTransform:
    """A field's translation as a column of items, or of rows that point to items by `of`; NULL without one."""
    return KeyTextTransform(name, KeyTransform(language, f"{of}translations"))


def original_in(code: str) -> str:
    if code == UNNAMED:
        return _("The original is in another language than ours")
    return _("Original in %(language)s") % {"language": named(code)}
