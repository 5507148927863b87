"""Public submissions as cards print them: plain values, since a list shows many and prints little of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from campaign.kinds import Kind
from campaign.languages import Piece, foreign, reader_s, translated
from campaign.models import Campaign, PublicItem, Theme
from campaign.models.public import PublicItemQuerySet, giver_of, slug_of
from campaign.models.text import lang_of

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
    """A submission in the reader's language where it is translated. `language_name` is given where it is not."""

    reference: str
    url: str
    title: Piece
    summary: Piece
    language_name: str
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
    language = reader_s()
    own = {f"own_{name}": translated(name, language) for name in ("title", "summary")}
    rows = list(items.annotate(**own).values_list(*PRINTED, *own, named=True))
    regions = _region_names([row.pk for row in rows], language)
    base = campaign.address("submissions")
    return [_card(row, base, themes[row.theme_id], regions[row.pk], language) for row in rows]


def _card(row, base: str, theme: ThemeName, regions: list[str], language: str) -> Card:
    slug = slug_of(row.title)
    lang = lang_of(row.language)
    title = Piece(row.own_title, language) if row.own_title else Piece(row.title, lang)
    summary = Piece(row.own_summary, language) if row.own_summary else Piece(row.summary, lang)
    return Card(
        reference=row.reference,
        url=f"{base}{row.reference}/{slug}/" if slug else f"{base}{row.reference}/",
        title=title,
        summary=summary,
        language_name="" if title.lang == language else foreign(row.language),
        giver=giver_of(row.organisations, row.organisation_kind, regions),
        kind=str(Kind(row.kind).label),
        theme=theme,
        regions=regions,
        selected=row.selected,
        awarded=row.awarded,
    )


def _region_names(pks: list[int], language: str) -> Mapping[int, list[str]]:
    names: Mapping[int, list[str]] = defaultdict(list)
    links = PublicItem.regions.through.objects.filter(publicitem__in=pks).order_by("region__code")
    for pk, name in links.values_list("publicitem", f"region__name_{language}"):
        names[pk].append(name)
    return names
