"""The reviewers of a campaign: what each takes on, has and has done."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from home.models import User
from review import calibration, dropping_out, permissions, profiles, proposals
from review.models import ReviewerProfile
from review.profile_forms import ProfileForm
from review.profiles import Row
from review.views.desk import Desk, desk, go
from review.views.proposals import work_out


@desk(permissions.ASSIGN)
def overview(desk: Desk) -> HttpResponse:
    context = {
        "page": desk.page(profiles.rows(desk.campaign, at=desk.at)),
        "proposal": proposals.open_proposal(desk.campaign),
        "in_round": calibration.chosen(desk.campaign).count(),
    }
    return desk.render("reviewers", context, tab="reviewers")


def row_of(desk: Desk, person: int) -> Row:
    """One of the campaign's reviewers; 404 for anybody else."""
    found = next((row for row in profiles.rows(desk.campaign, at=desk.at) if row.person.pk == person), None)
    if found is None:
        raise Http404
    return found


@desk(permissions.ASSIGN)
def profile(desk: Desk, person: int) -> HttpResponse:
    """What one reviewer can take on."""
    row = row_of(desk, person)
    data = desk.request.POST if desk.request.method == "POST" else None
    own = profiles.of(desk.campaign, row.person)
    form = ProfileForm(data, campaign=desk.campaign, profile=own)
    if data is not None and form.is_valid():
        profiles.save(desk.campaign, row.person, by=desk.user, at=desk.at, **form.cleaned_data)
        desk.say(_("The profile is saved."))
        return go("reviewer", row.person.pk)
    status = 200 if data is None else 422
    return desk.render("profile", {"row": row, "form": form}, tab="reviewers", status=status)


@desk(permissions.ASSIGN)
def drop_out(desk: Desk, person: int) -> HttpResponse:
    """Ask first; then take back what is not reviewed, and propose who could review it instead."""
    row = row_of(desk, person)
    if desk.request.method != "POST":
        waiting = dropping_out.left_behind(desk.campaign, row.person).count()
        return desk.render("drop_out", {"row": row, "waiting": waiting}, tab="reviewers")
    number = dropping_out.drop_out(desk.campaign, row.person, by=desk.user, at=desk.at)
    desk.say(_taken_back(row.person, number))
    if not number:
        return go("reviewers")
    return work_out(desk)


def _taken_back(person: User, number: int) -> str:
    sentence = ngettext(
        "%(person)s has dropped out. %(number)d submission is taken back.",
        "%(person)s has dropped out. %(number)d submissions are taken back.",
        number,
    )
    return sentence % {"person": person, "number": number}


@require_POST
@desk(permissions.ASSIGN)
def come_back(desk: Desk, person: int) -> HttpResponse:
    row = row_of(desk, person)
    try:
        dropping_out.come_back(desk.campaign, row.person, by=desk.user, at=desk.at)
    except ReviewerProfile.DoesNotExist as missing:
        raise Http404 from missing
    desk.say(_("%(person)s can be given submissions again.") % {"person": row.person})
    return go("reviewer", row.person.pk)
