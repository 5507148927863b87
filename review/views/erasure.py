"""Erasing a submission that has ended."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pledges import actors, endings
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import permissions
from review.sight import visible_to
from review.views.desk import Desk, desk, go


@require_POST
@desk(permissions.SCREEN, sees=visible_to)
def erase(desk: Desk, found: Submission) -> HttpResponse:
    """Empty everything that people wrote of it; the reference is typed to show that it is meant."""
    typed = desk.request.POST.get("reference", "").strip().upper()
    if typed != found.reference:
        desk.refuse(_("Type the reference of the submission that you want to erase."))
        return go("submission", found.reference)
    try:
        endings.erase(found, by=actors.coordinator(desk.user), at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
        return go("submission", found.reference)
    desk.say(_("%(reference)s is erased. Its entry in the register stays.") % {"reference": found.reference})
    return go("submissions")
