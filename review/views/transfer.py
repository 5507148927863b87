"""Giving a submission to another contact person, when the former has left."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pledges import actors, handover
from pledges.lifecycle import Refused
from pledges.models import Submission
from review import permissions
from review.forms import TransferForm
from review.views.desk import Desk, desk, go
from review.views.submission import show, to_judge


@require_POST
@desk(permissions.SCREEN, sees=to_judge)
def transfer(desk: Desk, found: Submission) -> HttpResponse:
    form = TransferForm(desk.request.POST, submission=found)
    if form.is_valid():
        try:
            handover.transfer(found, **form.cleaned_data, by=actors.coordinator(desk.user), at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return show(desk, found, bound={"transfer": form})
    desk.say(_("The new contact person gets a letter with the link. The old links do not work any more."))
    return go("submission", found.reference)
