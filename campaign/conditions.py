"""What a filter of the public list asks of the public copies."""

from django.db.models import Q

from campaign.models import PublicItem


def _with_theme(pk: str) -> Q:
    others = PublicItem.other_themes.through.objects.filter(theme=pk)
    return Q(theme=pk) | Q(pk__in=others.values("publicitem"))


def _in_region(code: str) -> Q:
    there = PublicItem.regions.through.objects.filter(region__code=code)
    return Q(pk__in=there.values("publicitem"))


def _tagged(slug: str) -> Q:
    return Q(pk__in=PublicItem.tags.through.objects.filter(tag__slug=slug).values("content_object"))


CONDITIONS = {
    "kind": lambda value: Q(kind=value),
    "theme": _with_theme,
    "region": _in_region,
    "organisation_kind": lambda value: Q(organisation_kind=value),
    "tag": _tagged,
}
