"""The desk's first page: what waits for this person, and the campaign in numbers."""

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaign.models import Campaign, Report
from campaign.moments import time_left
from pledges.models import Status
from review import decisions, permissions, progress
from review.assignments import unreviewed
from review.screening import newer_texts, unassigned
from review.sight import visible_to
from review.views.desk import CHOSEN, Desk, desk, go

COUNTED = (Status.SUBMITTED, Status.IN_REVIEW, Status.SELECTED, Status.RESERVE, Status.DECLINED)


@desk(*permissions.DESK)
def home(desk: Desk) -> HttpResponse:
    phase = desk.campaign.phase_at(desk.at)
    screens = desk.user.has_perm(permissions.SCREEN)
    tasks = [*_reviewing(desk), *(_coordinating(desk) if screens else [])]
    context = {
        "phase": phase,
        "left": time_left(phase.closes_at, desk.at) if phase else "",
        "tasks": [task for task in tasks if task["number"]],
        "numbers": _numbers(desk) if screens else [],
        "campaigns": Campaign.objects.all() if screens else [],
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


def _task(number: int, sentence: str, url_name: str, query: str = "") -> dict:
    return {"number": number, "sentence": sentence, "url": f"{go(url_name).url}{query}"}


def _reviewing(desk: Desk) -> list[dict]:
    if not desk.user.has_perm(permissions.REVIEW):
        return []
    left = progress.of(desk.user, desk.campaign).left
    return [_task(left, ngettext("submission to review", "submissions to review", left), "queue")]


def _coordinating(desk: Desk) -> list[dict]:
    visible = visible_to(desk.user).filter(campaign=desk.campaign)
    screen = visible.to_screen().order_by().count()
    reports = Report.objects.filter(item__campaign=desk.campaign, handled_at__isnull=True).count()
    alone = unassigned(visible).count()
    missing = unreviewed(desk.campaign).count()
    pending = decisions.releasable(desk.campaign, desk.user).count()
    consents = decisions.chosen_without_consent(desk.campaign).filter(pk__in=visible).count()
    newer = newer_texts(visible).count()
    return [
        _task(screen, ngettext("submission to screen", "submissions to screen", screen), "submissions"),
        _task(
            newer, ngettext("newer text to pass", "newer texts to pass", newer), "submissions", "?tab=newer"
        ),
        _task(
            alone,
            ngettext("submission without a reviewer", "submissions without a reviewer", alone),
            "submissions",
            "?tab=unassigned",
        ),
        _task(
            missing,
            ngettext("review not handed in yet", "reviews not handed in yet", missing),
            "submissions",
            "?tab=review",
        ),
        _task(pending, ngettext("decision to release", "decisions to release", pending), "decisions"),
        _task(consents, ngettext("missing consent", "missing consents", consents), "decisions", "#consents"),
        _task(
            reports,
            ngettext("report from readers", "reports from readers", reports),
            "submissions",
            "?tab=reported",
        ),
    ]


def _numbers(desk: Desk) -> list[dict]:
    rows = visible_to(desk.user).filter(campaign=desk.campaign).values_list("status")
    counts = dict(rows.annotate(number=Count("pk")).order_by())
    total = {"label": _("Sent in all"), "value": sum(counts.values())}
    return [total, *({"label": status.label, "value": counts.get(status, 0)} for status in COUNTED)]
