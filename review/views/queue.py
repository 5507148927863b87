"""The reviewer's queue, how one's points lie beside all, and how one works: by single keys or without."""

from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaign.models import Phase
from campaign.moments import time_left
from campaign.references import normalise
from pledges.views.unsent import wants_json
from review import blind, distribution, interests, permissions, progress
from review.sight import assigned_to
from review.views.desk import Desk, desk, go
from review.views.tabs import chosen

STEPS = {
    "to_do": progress.TO_DO,
    "draft": progress.DRAFT,
    "changed": progress.CHANGED,
    "done": progress.DONE,
    "abstained": progress.ABSTAINED,
    "closed": progress.CLOSED,
}
ALL = "all"
TABS = {
    "to_do": gettext_lazy("To do"),
    "draft": gettext_lazy("Drafts"),
    "changed": gettext_lazy("Newer text"),
    "done": gettext_lazy("Handed in"),
    "abstained": gettext_lazy("Abstained"),
    "closed": gettext_lazy("Closed"),
}
SELDOM = {"changed", "closed"}  # shown where there is something
LONGEST = 100  # characters of a search


@desk(permissions.REVIEW)
def queue(desk: Desk) -> HttpResponse:
    phase = desk.campaign.phase(Phase.Kind.REVIEW)
    done = progress.of(desk.user, desk.campaign)
    tab = chosen(desk, [ALL, *TABS])
    words = " ".join(desk.request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    rows = progress.tasks(desk.user, desk.campaign)
    if tab != ALL:
        rows = rows.filter(step=STEPS[tab])
    if words:
        rows = progress.named(rows, words, user=desk.user, campaign=desk.campaign)
    asked = desk.request.GET.copy()
    asked.pop("page", None)
    page = desk.page(rows.select_related("screened__theme"))
    blind.cover(page.object_list, desk.user, desk.campaign)
    context = {
        "page": page,
        "asks_interests": interests.asks(desk.user, desk.campaign),
        "tab": tab,
        "tabs": _tabs(done, tab),
        "words": words,
        "querystring": asked.urlencode(),
        **how_far(desk, done, closes_at=phase.closes_at if phase else None),
    }
    return desk.render("queue", context, tab="queue")


def _tabs(done: progress.Progress, current: str) -> list[dict]:
    """The states that a task can be in, each with how many are; rare ones only where there are some."""
    numbers = {code: done.numbers.get(step, 0) for code, step in STEPS.items()}
    shown = [code for code in TABS if code not in SELDOM or numbers[code] or code == current]
    states = [
        {"code": code, "label": f"{TABS[code]} ({numbers[code]})", "current": code == current}
        for code in shown
    ]
    return [{"code": ALL, "label": _("All"), "current": current == ALL}, *states]


def how_far(desk: Desk, done: progress.Progress, *, closes_at: datetime | None) -> dict:
    """How far the reviewer is and how long there is left."""
    return {
        "progress": done,
        "closes_at": closes_at,
        "left": time_left(closes_at, desk.at) if closes_at else "",
        "steps": STEPS,
    }


@desk(permissions.REVIEW)
def next_review(desk: Desk) -> HttpResponse:
    """Go to the next submission to review, or to the queue when all is done."""
    after = normalise(desk.request.GET.get("after", ""))
    before = assigned_to(desk.user).filter(reference=after).values_list("pk", flat=True).first()
    following = progress.next_task(desk.user, desk.campaign, after=before)
    return go("review", following) if following else go("queue")


@desk(permissions.REVIEW)
def mine(desk: Desk) -> HttpResponse:
    """How one's own points lie beside all."""
    return desk.render("mine", {"found": distribution.of(desk.user, desk.campaign)}, tab="queue")


@require_POST
@desk(permissions.REVIEW, observed=False)
def single_keys(desk: Desk) -> HttpResponse:
    """Switch one's single-key shortcuts on or off."""
    user = desk.user
    user.single_keys = "single_keys" in desk.request.POST
    user.save(update_fields=["single_keys"])
    sentence = _("Single keys are on.") if user.single_keys else _("Single keys are off.")
    if wants_json(desk.request):
        return JsonResponse({"sentence": sentence})
    desk.say(sentence)
    return go("queue")
