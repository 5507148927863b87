"""The dates of the campaign, and extending its call."""

from django.http import HttpResponse
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry

from campaign.extending import Asked, CannotExtend, refusal
from campaign.models import Campaign, Extension, Phase
from campaign.models.campaign import instant
from pledges.extending import extend_call, holders
from review import permissions
from review.date_forms import ExtendForm
from review.views.desk import Desk, desk, go


@desk(permissions.EXTEND)
def dates(desk: Desk) -> HttpResponse:
    """All dates; what is typed into the form is shown once more before it holds."""
    if desk.request.method != "POST":
        return _show(desk, ExtendForm(campaign=desk.campaign))
    form = ExtendForm(desk.request.POST, campaign=desk.campaign)
    if form.is_valid():
        asked = form.asked()
        if sentence := refusal(desk.campaign, asked, at=desk.at):
            form.refuse(sentence)
        elif "sure" not in desk.request.POST:
            return _ask(desk, form, asked)
        elif response := _extend(desk, form, asked):
            return response
    return _show(desk, form)


def _extend(desk: Desk, form: ExtendForm, asked: Asked) -> HttpResponse | None:
    try:
        letters = extend_call(desk.campaign, asked, by=desk.user, at=desk.at)
    except CannotExtend as refused:
        form.refuse(str(refused))
        return None
    sentence = ngettext(
        "The call is extended. %(number)d person with a draft gets a letter.",
        "The call is extended. %(number)d people with a draft get a letter.",
        letters,
    )
    desk.say(sentence % {"number": letters})
    return go("dates")


def _show(desk: Desk, form: ExtendForm) -> HttpResponse:
    context = {
        "form": form,
        "phases": desk.campaign.phases.all(),
        "kinds": [field for field in form.visible_fields() if field.name.endswith("_closes_at")][1:],
        "extensions": _extensions(desk.campaign),
    }
    return desk.render("dates", context, tab="home", status=422 if form.errors else 200)


def _extensions(campaign: Campaign) -> list[Extension]:
    """Each with `decided_by`, as the history has it."""
    acts = ModelLogEntry.objects.for_instance(campaign).filter(action="campaign.extend")
    deciders = {act.timestamp: act.user for act in acts.select_related("user")}
    rows = list(campaign.extensions.all())
    for row in rows:
        row.decided_by = deciders.get(row.decided_at)
    return rows


def _ask(desk: Desk, form: ExtendForm, asked: Asked) -> HttpResponse:
    """One more page: what will hold from then on, and who is told."""
    review = desk.campaign.phase(Phase.Kind.REVIEW)
    closes_at = instant(asked.closings[""])
    later = [kind for kind, before in form.present.items() if instant(asked.closings[kind]) > before]
    context = {
        "rows": [(form.LABELS[kind], form.present[kind], asked.closings[kind]) for kind in later],
        "review": review if review and review.opens_at < closes_at else None,
        "closes_at": closes_at,
        "letters": holders(desk.campaign, later),
        "typed": [(name, form.data.get(name)) for name in form.fields if form.data.get(name)],
    }
    return desk.render("extend", context, tab="home")
