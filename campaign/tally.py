"""What the options of the panel carry among some submissions, where the counters, which know no search, do not tell."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campaign.models import PublicItem


class Row(NamedTuple):
    """What is read of a submission to count it."""

    pk: int
    kind: str
    organisation_kind: str
    theme: int


# A submission's values of these stand in rows of their own: where, by what it is named there, and the value.
LINKS = {
    "theme": (PublicItem.other_themes.through, "publicitem", "theme"),
    "region": (PublicItem.regions.through, "publicitem", "region__code"),
    "tag": (PublicItem.tags.through, "content_object", "tag__slug"),
}


def tally(rows: Sequence[Row], names: Iterable[str]) -> dict[str, Counter[str]]:
    """How many of these submissions carry each value, by the filter's name: as the counters count, in a query each at most."""
    return {name: Counter(value for _pk, value in _carried(rows, name)) for name in names}


def _carried(rows: Sequence[Row], name: str) -> set[tuple[int, str]]:
    """Each submission with each of its values; a theme is counted once, be it main or other."""
    own = {(row.pk, str(getattr(row, name))) for row in rows} if name in Row._fields else set()
    if name not in LINKS:
        return own
    through, item, value = LINKS[name]
    links = through.objects.filter(**{f"{item}__in": [row.pk for row in rows]})
    return own | {(pk, str(carried)) for pk, carried in links.values_list(item, value)}
