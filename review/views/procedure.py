"""How the campaign is reviewed, as its coordinators set it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from pledges.lifecycle import Refused
from review import permissions, procedures
from review.fairness_forms import ProcedureForm
from review.models import Procedure
from review.sight import visible_to
from review.views.desk import Desk, desk, go


@desk(permissions.SET_PROCEDURE)
def procedure(desk: Desk) -> HttpResponse:
    data = desk.request.POST if desk.request.method == "POST" else None
    submissions = visible_to(desk.user).filter(campaign=desk.campaign)
    form = ProcedureForm(data, procedure=Procedure.of(desk.campaign), submissions=submissions)
    if form.is_valid():
        chosen = form.cleaned_data["calibration"]
        try:
            changed = procedures.change(desk.campaign, form.values(), chosen, by=desk.user, at=desk.at)
        except Refused as refused:
            form.add_error("is_blind", str(refused))
        else:
            (desk.say if changed else desk.note)(_("Saved.") if changed else _("Nothing was changed."))
            return go("procedure")
    return desk.render("procedure", {"form": form}, tab="home", status=200 if data is None else 422)
