"""Awards: give, change, take back, announce."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaign.languages import named
from home.asked import whole_number
from home.models import Picture
from pledges.lifecycle import Refused
from review import awards, permissions
from review.award_forms import AnnouncingForm, AwardForm
from review.models import Award
from review.sight import visible_to
from review.views.desk import Desk, desk, go


@desk(permissions.AWARD)
def overview(desk: Desk) -> HttpResponse:
    if desk.request.method == "POST":
        return _give(desk)
    asked = desk.request.GET
    award = _awards(desk).filter(pk=whole_number(asked.get("award", ""))).first()
    named = {"reference": asked.get("reference", ""), "category": whole_number(asked.get("category", ""))}
    initial = AwardForm.filled_from(award) if award else named
    return show(desk, _form(desk, initial=initial))


def _form(desk: Desk, *data, **kwargs) -> AwardForm:
    submissions = visible_to(desk.user).filter(campaign=desk.campaign)
    return AwardForm(*data, campaign=desk.campaign, submissions=submissions, **kwargs)


def _awards(desk: Desk):
    rows = Award.objects.filter(category__campaign=desk.campaign, submission__in=visible_to(desk.user))
    return rows.select_related("submission__screened", "category", "public", "picture", "announce_by")


def _announcing(desk: Desk) -> AnnouncingForm | None:
    """The form of the moment, filled with the first that is set; none while no award waits."""
    waiting = _awards(desk).filter(announced_at=None)
    moments = list(waiting.order_by("announce_at").values_list("announce_at", flat=True))
    if not moments:
        return None
    return AnnouncingForm(at=desk.at, initial={"announce_at": next(filter(None, moments), None)})


def show(
    desk: Desk, form: AwardForm, *, announcing: AnnouncingForm | None = None, status: int = 200
) -> HttpResponse:
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
        "announcing_form": announcing or _announcing(desk),
        "to_announce": waiting.count(),
        "lacking": [{"language": named(code), "number": number} for code, number in lacking.items()],
    }
    return desk.render("awards", context, tab="awards", status=status)


def _picture(form: AwardForm) -> Picture | awards.NewPicture | None:
    """The picture that was chosen, or the new one, which then stands among the images."""
    if made := form.cleaned_data["upload"]:
        return awards.NewPicture(made=made, shows=form.cleaned_data["shows"])
    return form.cleaned_data["picture"]


def _give(desk: Desk) -> HttpResponse:
    form = _form(desk, desk.request.POST, desk.request.FILES)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            awards.give(
                facts["category"],
                facts["reference"],
                citations=form.citations(),
                picture=_picture(form),
                by=desk.user,
                at=desk.at,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return show(desk, form, status=422)
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
def set_moment(desk: Desk) -> HttpResponse:
    """Say when the awards that wait are announced by themselves."""
    form = AnnouncingForm(desk.request.POST, at=desk.at)
    if not form.is_valid():
        return show(desk, _form(desk), announcing=form, status=422)
    moment = form.cleaned_data["announce_at"]
    number = awards.set_moment(desk.campaign, moment, by=desk.user, at=desk.at)
    sentence = ngettext(
        "%(number)d award waits for this moment.", "%(number)d awards wait for this moment.", number
    )
    desk.say(sentence % {"number": number} if moment else _("No award is announced by itself."))
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
