"""The shortlist of one award category, its jury, and what the jury gave."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pledges.lifecycle import Refused
from review import juries, permissions
from review.award_forms import JuryForm, NominateForm
from review.models import AwardCategory, Nominee
from review.sight import visible_to
from review.views.desk import Desk, desk, go


@require_safe
@desk(permissions.AWARD)
def shortlist(desk: Desk, category: int) -> HttpResponse:
    return _show(desk, _category(desk, category))


def _category(desk: Desk, category: int) -> AwardCategory:
    found = desk.campaign.award_categories.filter(pk=category).first()
    if found is None:
        raise Http404
    return found


def _show(
    desk: Desk,
    category: AwardCategory,
    *,
    nominating: NominateForm | None = None,
    jury: JuryForm | None = None,
) -> HttpResponse:
    rows = juries.shown_to(category, desk.user)
    nominees = list(rows.select_related("submission__screened", "submission__standing"))
    ended = juries.has_ended(category, desk.at)
    context = {
        "category": category,
        "results": juries.results(category, nominees) if ended else [],
        "nominees": nominees,
        "ended": ended,
        "hidden": juries.nominees_of(category).count() - len(nominees),
        "jurors": category.jury.count(),
        "voted": juries.voted(category),
        "nominate_form": nominating or NominateForm(submissions=juries.may_be_nominated(category, desk.user)),
        "jury_form": jury or JuryForm(people=permissions.jurors(), initial=JuryForm.filled_from(category)),
    }
    status = 422 if nominating or jury else 200
    return desk.render("shortlist", context, tab="awards", status=status)


@require_POST
@desk(permissions.AWARD)
def nominate(desk: Desk, category: int) -> HttpResponse:
    found = _category(desk, category)
    form = NominateForm(desk.request.POST, submissions=juries.may_be_nominated(found, desk.user))
    if form.is_valid():
        try:
            new = juries.nominate(found, form.chosen(), by=desk.user, at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return _show(desk, found, nominating=form)
    sentence = ngettext("%(number)d nominee is added.", "%(number)d nominees are added.", len(new))
    desk.say(sentence % {"number": len(new)})
    return go("shortlist", found.pk)


@require_POST
@desk(permissions.AWARD)
def set_jury(desk: Desk, category: int) -> HttpResponse:
    found = _category(desk, category)
    form = JuryForm(desk.request.POST, people=permissions.jurors())
    if form.is_valid():
        facts = form.cleaned_data
        try:
            juries.set_jury(found, facts["jury"], until=facts["votes_until"], by=desk.user, at=desk.at)
        except Refused as refused:
            form.add_error("votes_until", str(refused))
    if not form.is_valid():
        return _show(desk, found, jury=form)
    desk.say(_("The jury is stored."))
    return go("shortlist", found.pk)


@require_POST
@desk(permissions.AWARD)
def drop(desk: Desk, nominee: int) -> HttpResponse:
    rows = Nominee.objects.filter(category__campaign=desk.campaign, submission__in=visible_to(desk.user))
    found = rows.select_related("submission", "category").filter(pk=nominee).first()
    if found is None:
        raise Http404
    try:
        juries.drop(found, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("%(reference)s is off the shortlist.") % {"reference": found.submission.reference})
    return go("shortlist", found.category_id)
