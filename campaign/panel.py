"""The side panel of the list: what may be filtered by, with the counts kept beside the public copies."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign import facets
from campaign.cards import ThemeName, names_of
from campaign.kinds import Kind, OrganisationKind
from campaign.models import Campaign, Region, Theme
from home.kept import kept

MOST_TAGS = 12


@dataclass(frozen=True)
class Option:
    """One value to filter by. `value` stands in addresses, `counted` is what the counters call it."""

    value: str
    counted: str
    label: str
    count: int
    hue: str = ""


@dataclass(frozen=True)
class Panel:
    """Every filter's options, by the filter's name; `total` counts the whole campaign. Of tags only the most used."""

    options: Mapping[str, list[Option]]
    themes: Mapping[int, ThemeName]
    total: int

    def option(self, name: str, value: str) -> Option | None:
        """The option of this value; a theme answers to its number as well."""
        found = (option for option in self.options[name] if value in (option.value, option.counted))
        return next(found, None)


def panel_of(request: HttpRequest, campaign: Campaign) -> Panel:
    """The panel in the reader's language, kept until something public changes."""
    return kept(request, f"panel:{campaign.pk}:{get_language()}", lambda: read(campaign))


def read(campaign: Campaign) -> Panel:
    """All filters of a campaign in the reader's language, in four queries."""
    counts = facets.counts(campaign)
    themes = list(campaign.themes.all())
    options = {
        "kind": _choices(Kind.choices, counts.get("kind", {})),
        "theme": _themes(themes, counts.get("theme", {})),
        "organisation_kind": _choices(OrganisationKind.choices, counts.get("organisation_kind", {})),
        "region": _regions(counts.get("region", {})),
        "tag": [tag(slug, uses) for slug, uses in facets.tags(campaign, most=MOST_TAGS).items()],
    }
    return Panel(options, names_of(themes), counts.get("total", {}).get("", 0))


def titles() -> dict[str, str]:
    return {
        "kind": _("Kind"),
        "theme": _("Theme"),
        "organisation_kind": _("Who"),
        "region": _("Region"),
        "tag": _("Hashtag"),
    }


def _choices(choices, counts: Mapping[str, int]) -> list[Option]:
    return [Option(value, value, str(label), counts.get(value, 0)) for value, label in choices]


def _themes(themes: list[Theme], counts: Mapping[str, int]) -> list[Option]:
    return [
        Option(theme.slug, str(theme.pk), theme.name, counts.get(str(theme.pk), 0), theme.hue)
        for theme in themes
    ]


def _regions(counts: Mapping[str, int]) -> list[Option]:
    options = [Option(r.code, r.code, r.name, counts.get(r.code, 0)) for r in Region.objects.all()]
    return sorted(options, key=lambda option: option.label)


def tag(slug: str, uses: int) -> Option:
    return Option(slug, slug, f"#{slug}", uses)
