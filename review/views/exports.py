"""Taking the records of the review out of the desk as files.

Observers do not: to observe is to read here, and a file carries the contact data of people away.
"""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from home import sheets
from review import permissions
from review.exports import whole
from review.views.desk import Desk, desk


@desk(permissions.SCREEN, observed=False)
def overview(desk: Desk) -> HttpResponseBase:
    tables = [
        {
            "name": sheet.name,
            "label": sheet.label,
            "number": sheet.number(),
            "explained": whole.EXPLAINED[sheet.name],
            "forms": whole.forms_of(sheet.name),
        }
        for sheet in whole.sheets(whole.EVERYTHING, desk.campaign, desk.user)
    ]
    context = {"tables": tables, "everything": whole.forms_of(whole.EVERYTHING)}
    return desk.render("exports", context, tab="overview")


@require_safe
@desk(permissions.SCREEN, observed=False)
def take(desk: Desk, *, what: str, form: str) -> HttpResponseBase:
    """One table, or all of them, as a file."""
    if form not in whole.forms_of(what):
        raise Http404
    taken = whole.sheets(what, desk.campaign, desk.user)
    if desk.request.method == "GET":
        whole.record(taken, desk.campaign, what=what, form=form, by=desk.user, at=desk.at)
    return sheets.answer(taken, form, filename=f"{desk.campaign.slug}-{what}", facts=facts(desk))


def facts(desk: Desk) -> dict[str, str]:
    """What every JSON document tells of itself first."""
    zone = timezone.get_current_timezone()
    return {"campaign": desk.campaign.slug, "exported_at": desk.at.astimezone(zone).isoformat()}
