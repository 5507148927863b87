"""Organisations that may be the same: merged, and the merging taken back."""

from collections import defaultdict
from collections.abc import Collection
from itertools import chain

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.asked import whole_number
from pledges import organisations
from pledges.lifecycle import Refused
from pledges.models import Organisation, Participation
from review import permissions
from review.sight import visible_to
from review.views.desk import Desk, desk, go

MOST_GROUPS, MOST_FOUND, MOST_TOLD = 50, 20, 3


@desk(permissions.SCREEN)
def overview(desk: Desk) -> HttpResponse:
    """What looks double, what a search finds, and what was merged."""
    asked = desk.request.GET.get("q", "").replace("\0", "").strip()[:160]
    named = organisations.in_use().filter(name__icontains=asked).order_by("name", "pk") if asked else []
    found, groups = list(named[:MOST_FOUND]), organisations.doubles(most=MOST_GROUPS)
    _add_references([*found, *chain(*groups)], desk)
    merged = Organisation.objects.filter(merged_into__isnull=False).exclude(name="")
    context = {
        "q": asked,
        "found": found,
        "groups": groups,
        "page": desk.page(merged.select_related("merged_into").order_by("-pk")),
    }
    return desk.render("organisations", context, tab="submissions")


def _add_references(rows: Collection[Organisation], desk: Desk) -> None:
    """Give each the `references` of some submissions that it takes part in, and how many `more` there are."""
    seen = visible_to(desk.user).order_by().values("pk")
    parts = Participation.objects.filter(organisation__in=rows, submission__in=seen).order_by("-submission")
    known: dict[int, list[str]] = defaultdict(list)
    for pk, reference in parts.values_list("organisation", "submission__reference"):
        known[pk].append(reference)
    for row in rows:
        row.references, row.more = known[row.pk][:MOST_TOLD], max(0, len(known[row.pk]) - MOST_TOLD)


@require_POST
@desk(permissions.SCREEN)
def merge(desk: Desk) -> HttpResponse:
    """Let one of the checked organisations stand for all of them."""
    asked = {whole_number(pk) for pk in desk.request.POST.getlist("organisation")}
    rows = {row.pk: row for row in Organisation.objects.filter(pk__in=asked - {None})}
    kept = rows.get(whole_number(desk.request.POST.get("kept", "")))
    try:
        if kept is None:
            raise Refused(_("Choose which of the checked organisations stands for all."))
        organisations.merge(kept, rows.values(), by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("%(name)s stands for all of them now.") % {"name": kept.name})
    return go("organisations")


@require_POST
@desk(permissions.SCREEN)
def part_again(desk: Desk, organisation: int) -> HttpResponse:
    row = Organisation.objects.filter(pk=organisation, merged_into__isnull=False).first()
    if row is None:
        raise Http404
    try:
        organisations.part_again(row, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("%(name)s stands for itself again.") % {"name": row.name})
    return go("organisations")
