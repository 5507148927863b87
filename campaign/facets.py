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
    """Move the counters by the difference. Rows are touched in one order, so that writers never wait in a ring.

    A counter at nothing goes, so that no hashtag outlives what it was said of.
    """
    change = {key: after[key] - before[key] for key in before.keys() | after.keys()}
    for (facet, value), difference in sorted(change.items()):
        if not difference:
            continue
        row = FacetCount.objects.filter(campaign=campaign, facet=facet, value=value)
        if not row.update(count=F("count") + difference):
            FacetCount.objects.get_or_create(campaign=campaign, facet=facet, value=value)
            row.update(count=F("count") + difference)
        if difference < 0:
            row.filter(count=0).delete()


def counts(campaign: Campaign) -> Mapping[str, dict[str, int]]:
    """A campaign's counts by facet and value, in one query; tags, which are without number, are not among them."""
    result: dict[str, dict[str, int]] = {}
    rows = campaign.facet_counts.filter(count__gt=0).exclude(facet="tag")
    for facet, value, number in rows.values_list("facet", "value", "count"):
        result.setdefault(facet, {})[value] = number
    return result


def tags(campaign: Campaign, *, most: int) -> dict[str, int]:
    """The most used tags of a campaign and how often each is used."""
    rows = campaign.facet_counts.filter(facet="tag", count__gt=0).order_by("-count", "value")
    return dict(rows.values_list("value", "count")[:most])


def uses(campaign: Campaign, tag: str) -> int:
    """How often one tag is used."""
    row = campaign.facet_counts.filter(facet="tag", value=tag).values_list("count", flat=True)
    return row.first() or 0
