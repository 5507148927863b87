"""Awards: give, change, take back, announce."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaign.languages import named
from home.asked import whole_number
from pledges.lifecycle import Refused
from review import awards, permissions
from review.forms import AwardForm
from review.models import Award
from review.sight import visible_to
from review.views.desk import Desk, desk, go


@desk(permissions.AWARD)
def overview(desk: Desk) -> HttpResponse:
    if desk.request.method == "POST":
        return _give(desk)
    asked = desk.request.GET
    award = _awards(desk).filter(pk=whole_number(asked.get("award", ""))).first()
    initial = AwardForm.filled_from(award) if award else {"reference": asked.get("reference", "")}
    return _show(desk, _form(desk, initial=initial))


def _form(desk: Desk, *data, **kwargs) -> AwardForm:
    submissions = visible_to(desk.user).filter(campaign=desk.campaign)
    return AwardForm(*data, campaign=desk.campaign, submissions=submissions, **kwargs)


def _awards(desk: Desk):
    rows = Award.objects.filter(category__campaign=desk.campaign, submission__in=visible_to(desk.user))
    return rows.select_related("submission__screened", "category", "public")


def _show(desk: Desk, form: AwardForm, *, status: int = 200) -> HttpResponse:
    given: dict[int, list[Award]] = {}
    for award in _awards(desk).order_by("pk")[:200]:
        given.setdefault(award.category_id, []).append(award)
    categories = list(desk.campaign.award_categories.all())
    waiting = awards.announceable(desk.campaign, desk.user)
    lacking = awards.lacking_languages(waiting)
    context = {
        "categories": [
            {"category": category, "awards": given.get(category.pk, [])} for category in categories
        ],
        "form": form,
        "to_announce": waiting.count(),
        "lacking": [{"language": named(code), "number": number} for code, number in lacking.items()],
    }
    return desk.render("awards", context, tab="awards", status=status)


def _give(desk: Desk) -> HttpResponse:
    form = _form(desk, desk.request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            awards.give(
                facts["category"], facts["reference"], citations=form.citations(), by=desk.user, at=desk.at
            )
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return _show(desk, form, status=422)
    desk.say(_("The award is stored. Nobody is told before you announce it."))
    return go("awards")


@require_POST
@desk(permissions.AWARD)
def take_back(desk: Desk, award: int) -> HttpResponse:
    found = _awards(desk).filter(pk=award).first()
    if found is None:
        raise Http404
    try:
        awards.take_back(found, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The award is taken back."))
    return go("awards")


@require_POST
@desk(permissions.AWARD)
def announce(desk: Desk) -> HttpResponse:
    number = awards.announce(desk.campaign, by=desk.user, at=desk.at)
    done = ngettext("%(number)d award is announced.", "%(number)d awards are announced.", number)
    desk.say(done % {"number": number})
    if held := awards.to_announce(desk.campaign).count():
        sentence = ngettext(
            "%(number)d award waits, because you have a conflict of interest in it. Somebody else must announce it.",
            "%(number)d awards wait, because you have a conflict of interest in them. Somebody else must announce them.",
            held,
        )
        desk.refuse(sentence % {"number": held})
    return go("awards")
