"""What lists on the form offer: kinds with a word of explanation, and Finland's regions and municipalities."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise, cached_property

from campaign.models import Municipality, Region


@dataclass(frozen=True)
class Described:
    """A choice's label with a line of explanation, both in the reader's language."""

    label: Promise | str
    description: Promise | str

    def __str__(self) -> str:
        return str(self.label)


class Geography:
    """Regions, and the municipalities of a day; read once a form and only when asked for (two queries)."""

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def regions(self) -> list[Region]:
        return list(Region.objects.all())

    @cached_property
    def municipalities(self) -> list[Municipality]:
        return list(Municipality.objects.valid_on(self.day).order_by("name"))

    def region_choices(self) -> list[tuple[int, str]]:
        return [(region.pk, region.name) for region in self.regions]

    def municipality_choices(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """In groups by region."""
        groups: dict[int, list[tuple[int, str]]] = {region.pk: [] for region in self.regions}
        for municipality in self.municipalities:
            groups[municipality.region_id].append((municipality.pk, municipality.name))
        return [(region.name, groups[region.pk]) for region in self.regions]

    def names(self) -> list[str]:
        return [municipality.name for municipality in self.municipalities]

    def named(self, name: str) -> int | None:
        """The id of the municipality that bears this name in either language."""
        wanted = name.casefold()
        for municipality in self.municipalities:
            if wanted in {municipality.name_fi.casefold(), (municipality.name_sv or "").casefold()}:
                return municipality.pk
        return None

    def regions_of(self, municipalities: Iterable[int]) -> frozenset[int]:
        wanted = set(municipalities)
        if not wanted:
            return frozenset()
        return frozenset(each.region_id for each in self.municipalities if each.pk in wanted)
