"""The rounds beside the one that a page speaks of."""

from django.db.models import Exists, Max, OuterRef
from django.http import HttpRequest
from django.utils.translation import get_language

from campaign.models import Campaign, PublicItem
from home.kept import kept


def other_rounds(request: HttpRequest, campaign: Campaign) -> list[dict]:
    """The other campaigns of which something is public, as links to their front pages, the latest first."""
    return kept(request, f"rounds:{campaign.pk}:{get_language()}", lambda: _read(campaign))


def _read(campaign: Campaign) -> list[dict]:
    """One query."""
    others = Campaign.objects.exclude(pk=campaign.pk)
    public = others.filter(Exists(PublicItem.objects.filter(campaign=OuterRef("pk"))))
    by_date = public.annotate(last=Max("phases__opens_at")).order_by("-last", "-pk")
    return [{"name": other.name, "url": other.address("front")} for other in by_date]
