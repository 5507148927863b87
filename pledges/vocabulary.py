"""What words in a table's cells mean in the form: names in any of the portal's languages, codes, and yes or no."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime

from campaign.kinds import TEXT_LANGUAGES, Kind, OrganisationKind, Scope
from campaign.models import Campaign, Municipality, Region

YES = frozenset({"1", "x", "yes", "y", "true", "on", "kyllä", "k", "ja", "j"})
NO = frozenset({"", "0", "-", "no", "n", "false", "off", "ei", "e", "nej"})
SEVERAL = re.compile(r"\s*[;|,\n]\s*")
MANY = frozenset({"other_themes", "regions", "municipalities"})

Words = dict[str, str]


class Vocabulary:
    """The words of one campaign; reads its themes and the places of a day (three queries)."""

    def __init__(self, campaign: Campaign, at: datetime) -> None:
        themes = _named(campaign.themes.all(), "slug")
        places = Municipality.objects.valid_on(localtime(at, campaign.zone).date())
        self.words: dict[str, Words] = {
            "kind": _labelled(Kind.choices),
            "organisation_kind": _labelled(OrganisationKind.choices),
            "scope": _labelled(Scope.choices),
            "language": _labelled(TEXT_LANGUAGES),
            "theme": themes,
            "other_themes": themes,
            "regions": _named(Region.objects.all(), "code"),
            "municipalities": _named(places, "code"),
        }

    def typed(self, values: Mapping[str, str]) -> dict[str, str | list[str]]:
        """The values as somebody would have typed and chosen them; words that mean nothing stay, for the form to refuse."""
        return {name: self._typed(name, value) for name, value in values.items()}

    def _typed(self, name: str, value: str) -> str | list[str]:
        if name.startswith("consent_"):
            return _box(value)
        words = self.words.get(name)
        if words is None:
            return value
        if name in MANY:
            return [words.get(part.casefold(), part) for part in SEVERAL.split(value) if part]
        return words.get(value.casefold(), value)


def _box(value: str) -> str:
    folded = value.casefold()
    return "" if folded in NO else "on" if folded in YES else value


def _labelled(choices: Iterable[tuple[str, object]]) -> Words:
    words: Words = {}
    for value, label in choices:
        words[str(value).casefold()] = str(value)
        for code, _language in settings.LANGUAGES:
            with translation.override(code):
                words[str(label).casefold()] = str(value)
    return words


def _named(rows: Iterable, code: str) -> Words:
    words: Words = {}
    for row in rows:
        names = [getattr(row, f"name_{language}", "") for language, _name in settings.LANGUAGES]
        for word in (str(row.pk), getattr(row, code), *names):
            if word:
                words[word.casefold()] = str(row.pk)
    return words
