"""Public submissions as cards print them: plain values, since a list shows many and prints little of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from campaign.kinds import Kind
from campaign.models import Campaign, PublicItem, Theme
from campaign.models.public import PublicItemQuerySet, giver_of, slug_of

PRINTED = (
    "pk",
    "reference",
    "language",
    "title",
    "summary",
    "kind",
    "organisation_kind",
    "organisations",
    "theme_id",
    "selected",
    "awarded",
)


@dataclass(frozen=True, slots=True)
class ThemeName:
    name: str
    hue: str


@dataclass(frozen=True, slots=True)
class Card:
    reference: str
    url: str
    language: str
    title: str
    summary: str
    giver: str
    kind: str
    theme: ThemeName
    regions: list[str]
    selected: bool
    awarded: bool

    @property
    def first_regions(self) -> list[str]:
        """As many regions as a card has room for."""
        return self.regions[:2]


def names_of(themes: Iterable[Theme]) -> dict[int, ThemeName]:
    return {theme.pk: ThemeName(theme.name, theme.hue) for theme in themes}


def cards(items: PublicItemQuerySet, *, campaign: Campaign, themes: Mapping[int, ThemeName]) -> list[Card]:
    """The cards of one campaign's items, in their order, by two queries."""
    rows = list(items.values_list(*PRINTED, named=True))
    regions = _region_names([row.pk for row in rows])
    base = campaign.address("submissions")
    return [_card(row, base, themes[row.theme_id], regions[row.pk]) for row in rows]


def _card(row, base: str, theme: ThemeName, regions: list[str]) -> Card:
    slug = slug_of(row.title)
    return Card(
        reference=row.reference,
        url=f"{base}{row.reference}/{slug}/" if slug else f"{base}{row.reference}/",
        language=row.language,
        title=row.title,
        summary=row.summary,
        giver=giver_of(row.organisations, row.organisation_kind, regions),
        kind=str(Kind(row.kind).label),
        theme=theme,
        regions=regions,
        selected=row.selected,
        awarded=row.awarded,
    )


def _region_names(pks: list[int]) -> Mapping[int, list[str]]:
    names: Mapping[int, list[str]] = defaultdict(list)
    links = PublicItem.regions.through.objects.filter(publicitem__in=pks).order_by("region__code")
    for pk, name in links.values_list("publicitem", f"region__name_{(get_language() or 'fi')[:2]}"):
        names[pk].append(name)
    return names
