"""The desk's first page: what waits for this person, the doors to the admin, and the campaign in numbers."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.closing import closings
from campaign.models import Campaign
from campaign.moments import time_left
from home.languages import CODES
from home.models import User
from pledges import unsent
from pledges.models import Status
from review import editing, interests, permissions
from review.views.desk import CHOSEN, Desk, SeeOther, desk, go
from review.views.waiting import seen, tasks

ALWAYS_COUNTED = (Status.SUBMITTED, Status.IN_REVIEW, Status.SELECTED, Status.RESERVE, Status.DECLINED)
MOST_PAGES = 10


@desk(*permissions.DESK)
def home(desk: Desk) -> HttpResponse:
    phase = desk.campaign.phase_at(desk.at)
    oversees = permissions.oversees(desk.user)
    context = {
        "phase": phase,
        "left": time_left(phase.closes_at, desk.at) if phase else "",
        "closings": [] if desk.campaign.closes_together else closings(desk.campaign, desk.at),
        "asks_interests": interests.asks(desk.user, desk.campaign),
        "tasks": tasks(desk),
        "numbers": _numbers(desk) if oversees else [],
        "unsent": unsent.number_of(desk.campaign) if oversees else 0,
        "campaigns": Campaign.objects.all() if oversees else [],
        "doors": _doors(desk),
        "unfinished": _unfinished(desk),
    }
    return desk.render("home", context, tab="home")


@require_POST
@desk(*permissions.DESK)
def choose_campaign(desk: Desk) -> HttpResponse:
    """Open another campaign at the desk."""
    campaign = Campaign.objects.filter(slug=desk.request.POST.get("campaign", "").replace("\0", "")).first()
    if campaign is None:
        raise Http404
    desk.request.session[CHOSEN] = campaign.pk
    return go("home")


@require_POST
@login_required
def choose_language(request: HttpRequest) -> HttpResponseRedirect:
    """Speak another language to this person from now on, and go back to the page they were on."""
    code = request.POST.get("language", "")
    if code not in CODES:
        raise Http404
    user = request.user
    assert isinstance(user, User)
    user.language = code
    user.save(update_fields=["language"])
    back, start = request.POST.get("back", ""), reverse("desk:home")
    is_ours = back.startswith(start) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return SeeOther(back if is_ours else start)


def _doors(desk: Desk) -> list[dict]:
    """The ways into the admin, for those whom it lets in."""
    if not desk.user.has_perm(editing.ADMIN):
        return []
    doors = [(_("Records and settings"), reverse("wagtailadmin_home"))]
    if editing.may_edit_pages(desk.user):
        news = editing.news_list(get_language() or "")
        doors = [
            (_("Pages"), reverse("wagtailadmin_explore_root")),
            *([(_("News"), reverse("wagtailadmin_explore", args=[news.pk]))] if news else []),
            (_("Images"), reverse("wagtailimages:index")),
            *doors,
        ]
    return [{"label": label, "url": url} for label, url in doors]


def _unfinished(desk: Desk) -> list[dict]:
    """The pages that wait for an editor, by why they do."""
    if not editing.may_edit_pages(desk.user):
        return []
    pages = editing.editable(desk.user)
    groups = [
        ("changed", _("Changes that are not published"), editing.changed),
        ("drafts", _("Drafts of news"), editing.news_drafts),
        ("untranslated", _("Pages that lack a language"), editing.untranslated),
    ]
    found = [
        {"id": name, "heading": heading, "pages": list(those(pages)[:MOST_PAGES])}
        for name, heading, those in groups
    ]
    return [group for group in found if group["pages"]]


def _numbers(desk: Desk) -> list[dict]:
    """How many were sent, and where they stand; together they add up."""
    rows = seen(desk).order_by().values_list("status")
    counted = rows.annotate(number=Count("pk"), unconfirmed=Count("pk", filter=Q(confirmed_at=None)))
    numbers = {status: (number, unconfirmed) for status, number, unconfirmed in counted}
    total = {"label": _("Sent in all"), "value": sum(number for number, _unconfirmed in numbers.values())}
    waiting = numbers.get(Status.SUBMITTED, (0, 0))[1]
    notes = {Status.SUBMITTED: _unconfirmed(waiting)} if waiting else {}
    return [total] + [
        {"label": status.label, "value": numbers.get(status, (0, 0))[0], "note": notes.get(status, "")}
        for status in Status
        if status in ALWAYS_COUNTED or status in numbers
    ]


def _unconfirmed(number: int) -> str:
    """Why more are sent than there are to screen."""
    return ngettext(
        "%(number)d of them waits for its sender to confirm the e-mail address",
        "%(number)d of them wait for their senders to confirm the e-mail address",
        number,
    ) % {"number": number}
