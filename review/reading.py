"""A version as the desk shows it, and what changed from one version to the next."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.languages import Reading, read, reader_s
from campaign.models.text import WORDS
from pledges import publishing, receipt
from pledges.models import Exchange, Translation, Version
from pledges.receipt import action_in_words, bounded

DATES = ("starts_on", "ends_on")
SETS = ("other_themes", "regions", "municipalities")


def whole(ids: Iterable[int | None]) -> dict[int, Version]:
    """Versions with everything that the desk prints of them, by id (seven queries for any number)."""
    versions = Version.objects.filter(pk__in=[pk for pk in ids if pk])
    return {version.pk: version for version in receipt.whole(versions)}


def words(
    version: Version, *, language: str = "", translations: Mapping[str, dict[str, Any]] = MappingProxyType({})
) -> Reading:
    """A version as it is read: in a language where it is translated into it, else as it was written."""
    rows = publishing.rows(version)
    return read(version, rows, language=language or version.language, translations=translations)


@dataclass(frozen=True)
class Other:
    """A reading of the same text beside the one that is open."""

    code: str
    is_original: bool


def readings(version: Version, translations: Iterable[Translation], *, asked: str) -> dict[str, Any]:
    """What somebody who judges it reads: the language that was asked for, or their own, where a coordinator has
    passed a translation of this version into it; else the original. And the other readings that there are.
    """
    passed = publishing.passed_words(translations, version)
    codes = [version.language, *sorted(passed)]
    own = reader_s()
    chosen = asked if asked in codes else own if own in codes else version.language
    return {
        "words": words(version, language=chosen, translations=passed),
        "readings": [Other(code, code == version.language) for code in codes if code != chosen],
    }


@dataclass(frozen=True)
class Change:
    """One field that differs. `pieces` are (kind, text), the kind being "same", "added" or "removed"."""

    label: str
    pieces: list[tuple[str, str]]


def changes(old: Version, new: Version) -> list[Change]:
    """The fields in which two versions differ, word by word."""
    before, after = _fields(old), _fields(new)
    return [
        Change(label, compare(before[label], text)) for label, text in after.items() if before[label] != text
    ]


def compare(old: str, new: str) -> list[tuple[str, str]]:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    pieces: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(after[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(("removed", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(("added", "".join(after[j1:j2])))
    return pieces


def _fields(version: Version) -> dict[str, str]:
    """What people read of a version, by the name of the field."""
    texts = {_label(name): getattr(version, name) for name in WORDS}
    days = {name: getattr(version, name) for name in DATES}
    sets = {name: sorted(map(str, getattr(version, name).all())) for name in SETS}
    return texts | {
        _label("language"): version.get_language_display(),
        _label("theme"): str(version.theme),
        _label("scope"): version.get_scope_display(),
        **{_label(name): date_format(day) if day else "" for name, day in days.items()},
        **{_label(name): ", ".join(names) for name, names in sets.items()},
        _("hashtags"): " ".join(sorted(f"#{tag.name}" for tag in version.tags.all())),
        _("actions"): "\n".join(action_in_words(action) for action in version.actions.all()),
        _("needs and offers"): "\n".join(exchange_in_words(row) for row in version.exchanges.all()),
    }


def _label(name: str) -> str:
    return str(Version._meta.get_field(name).verbose_name)


def exchange_in_words(row: Exchange) -> str:
    return f"{row.get_direction_display()}: {bounded(row)}"


def facts(version: Version) -> list[dict]:
    """Where and when it happens, and whom it is tagged for; rows without a value are left out in print."""
    fields = _fields(version)
    names = ("scope", "regions", "municipalities", "starts_on", "ends_on", "other_themes", "language")
    labels = [*(_label(name) for name in names), _("hashtags")]
    return [{"label": label[:1].upper() + label[1:], "value": fields[label]} for label in labels]
