"""Ties to organisations: asked beforehand; and the conflicts of interest, listed and lifted."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from pledges.lifecycle import Refused
from review import interests, permissions
from review.fairness_forms import InterestsForm, LiftForm
from review.models import ConflictOfInterest
from review.sight import register_of
from review.views.desk import Desk, desk, go


@desk(*permissions.JUDGES)
def interests_beforehand(desk: Desk) -> HttpResponse:
    """Ask a person which organisations they have ties to, without telling what those take part in."""
    names, answer = interests.names(desk.campaign), interests.declaration_of(desk.user, desk.campaign)
    data = desk.request.POST if desk.request.method == "POST" else None
    form = InterestsForm(data, names=names, initial=_answered(answer))
    if form.is_valid():
        interests.declare(desk.campaign, desk.user, form.cleaned_data["organisations"], at=desk.at)
        desk.say(
            _("Noted. What these organisations take part in is not shown to you, also when it comes later.")
        )
        return go("home")
    context = {"form": form, "answer": answer, "names": names}
    return desk.render("interests", context, tab="", status=200 if data is None else 422)


def _answered(answer) -> dict:
    if answer is None:
        return {}
    checked = list(answer.organisations.values_list("name", flat=True))
    return {"organisations": checked, "none": not checked}


def _conflicts(desk: Desk):
    """Those of the campaign that this person may look at: none of submissions in which they have one."""
    rows = ConflictOfInterest.objects.filter(submission__campaign=desk.campaign)
    return rows.filter(submission__in=register_of(desk.user)).select_related(
        "submission", "person", "lifted_by"
    )


@desk(permissions.SCREEN)
def conflicts(desk: Desk) -> HttpResponse:
    page = desk.page(_conflicts(desk).order_by("lifted_at", "-since", "-pk"))
    return desk.render("conflicts", {"page": page}, tab="submissions")


@desk(permissions.SCREEN, observed=False)
def lift_conflict(desk: Desk, conflict: int) -> HttpResponse:
    found = _conflicts(desk).filter(pk=conflict).first()
    if found is None:
        raise Http404
    form = LiftForm(desk.request.POST if desk.request.method == "POST" else None)
    refused = interests.lift_refusal(found, by=desk.user)
    if form.is_valid():
        try:
            interests.lift(found, because=form.cleaned_data["reason"], by=desk.user, at=desk.at)
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            desk.say(
                _("The conflict of interest is lifted. %(person)s can be given it.")
                % {"person": found.person}
            )
            return go("submission", found.submission.reference)
    context = {"conflict": found, "form": form, "refused": refused}
    return desk.render("lift_conflict", context, tab="submissions", status=422 if form.is_bound else 200)
