"""Counts beside the public copies, so that no page counts rows."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import F

from campaign.models import Campaign, FacetCount, PublicItem

Facets = Counter[tuple[str, str]]


def facets_of(item: PublicItem) -> Facets:
    """What one item counts for. Reads its themes, regions and tags from the database."""
    facets = Counter(
        {("total", ""): 1, ("kind", item.kind): 1, ("organisation_kind", item.organisation_kind): 1}
    )
    themes = {item.theme_id, *item.other_themes.values_list("pk", flat=True)}
    facets.update(("theme", str(pk)) for pk in themes)
    facets.update(("region", code) for code in item.regions.values_list("code", flat=True))
    facets.update(("tag", slug) for slug in item.tags.slugs())
    return facets


def count(campaign: Campaign, *, before: Facets, after: Facets) -> None:
    """Move the counters by the difference. Rows are touched in one order, so that writers never wait in a ring."""
    change = {key: after[key] - before[key] for key in before.keys() | after.keys()}
    for (facet, value), difference in sorted(change.items()):
        if not difference:
            continue
        row = FacetCount.objects.filter(campaign=campaign, facet=facet, value=value)
        if not row.update(count=F("count") + difference):
            FacetCount.objects.get_or_create(campaign=campaign, facet=facet, value=value)
            row.update(count=F("count") + difference)


def counts(campaign: Campaign) -> Mapping[str, dict[str, int]]:
    """All counts of a campaign, by facet and value, in one query."""
    result: dict[str, dict[str, int]] = {}
    for facet, value, number in campaign.facet_counts.values_list("facet", "value", "count"):
        if number:
            result.setdefault(facet, {})[value] = number
    return result
