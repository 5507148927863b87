"""Erasing a submission that has ended."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pledges import actors, endings
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import permissions
from review.forms import EraseForm
from review.views.desk import Desk, desk, go
from review.views.submission import show, to_judge


@require_POST
@desk(permissions.SCREEN, sees=to_judge)
def erase(desk: Desk, found: Submission) -> HttpResponse:
    """Empty everything that people wrote of it."""
    form = EraseForm(desk.request.POST, submission=found)
    if not form.is_valid():
        return show(desk, found, bound={"erase": form})
    try:
        endings.erase(found, by=actors.coordinator(desk.user), at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
        return go("submission", found.reference)
    desk.say(_("%(reference)s is erased. Its entry in the register stays.") % {"reference": found.reference})
    return go("submissions")
