"""The coordinators' list of submissions: tabs by what is to be done, filters, pages, assignment in bulk."""

from itertools import product

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.kinds import Kind
from home.asked import whole_number
from pledges.models import Participation, Submission
from pledges.models.submission import SubmissionQuerySet
from review import permissions
from review.asked import references
from review.assignments import give
from review.forms import AssignForm
from review.sight import visible_to
from review.views.access import show_late_drafts
from review.views.desk import Desk, desk, go
from review.views.spam import BULK_OF, SPAM, explained
from review.views.tabs import LATE, TABS, chosen, tabs_of
from review.views.telling import tell

# The tabs whose rows can be checked and given to reviewers.
ASSIGNED_FROM = ("unassigned", "review")


@desk(permissions.SCREEN)
def submissions(desk: Desk) -> HttpResponse:
    asked = desk.request.GET
    tab = chosen(desk, [*TABS, LATE] if desk.may_write else TABS)
    if tab == LATE:
        return show_late_drafts(desk)
    visible = visible_to(desk.user).filter(campaign=desk.campaign)
    rows = _filtered(TABS[tab][1](visible), asked)
    if tab != "screen":
        rows = rows.order_by("-status_at" if tab == SPAM else "-submitted_at", "-pk")
    page = desk.page(rows.with_text().select_related("standing"))
    context = {
        "page": page,
        "tab": tab,
        **tabs_of(desk, tab),
        "kinds": Kind.choices,
        "themes": desk.campaign.themes.all(),
        "asked": {name: asked.get(name, "") for name in ("kind", "theme", "q")},
        "querystring": _without_page(asked),
        "form": AssignForm() if desk.may_write and tab in ASSIGNED_FROM else None,
        "bulk": BULK_OF.get(tab) if desk.may_write else None,
        "checked": asked.getlist("checked"),
    }
    _add_givers_and_reviewers(page.object_list)
    if tab == SPAM:
        context |= explained(desk)
        _add_reasons(page.object_list)
    return desk.render("submissions", context, tab="submissions")


def _filtered(rows: SubmissionQuerySet, asked: QueryDict) -> SubmissionQuerySet:
    if asked.get("kind") in Kind.values:
        rows = rows.filter(kind=asked["kind"])
    if theme := whole_number(asked.get("theme", "")):
        rows = rows.filter(latest__theme=theme)
    if words := asked.get("q", "").replace("\0", "").strip()[:100]:
        named = Participation.objects.filter(submission=OuterRef("pk"), organisation__name__icontains=words)
        rows = rows.filter(Q(reference__icontains=words) | Q(latest__title__icontains=words) | Exists(named))
    return rows


def _without_page(asked: QueryDict) -> str:
    others = asked.copy()
    others.pop("page", None)
    return others.urlencode()


def _add_givers_and_reviewers(rows: QuerySet[Submission] | list[Submission]) -> None:
    """Give each row of a page its `giver` and its number of reviewers (two queries)."""
    ids = [row.pk for row in rows]
    leads = Participation.objects.filter(submission__in=ids, role=Participation.Role.LEAD)
    givers = dict(leads.values_list("submission", "organisation__name"))
    counted = Submission.objects.filter(pk__in=ids).values_list("pk").annotate(number=Count("assignments"))
    numbers = dict(counted.order_by())
    for row in rows:
        row.giver, row.reviewers = givers.get(row.pk, ""), numbers[row.pk]


def _add_reasons(rows: QuerySet[Submission] | list[Submission]) -> None:
    for row in rows:
        row.note = row.get_suspicion_display() or _("A coordinator marked it")


@require_POST
@desk(permissions.ASSIGN)
def assign_checked(desk: Desk) -> HttpResponse:
    """Give the checked submissions to the checked reviewers; what may not be is told, pair by pair."""
    asked = desk.request.POST.get("tab", "")
    tab = asked if asked in ASSIGNED_FROM else "unassigned"
    form = AssignForm(desk.request.POST)
    checked = desk.request.POST.getlist("submission")
    rows = visible_to(desk.user).filter(campaign=desk.campaign, reference__in=references(checked[:200]))
    if not checked or not form.is_valid():
        desk.refuse(_("Check at least one submission and one reviewer."))
        return go("submissions", query=f"tab={tab}")
    pairs = list(product(rows, form.cleaned_data["reviewers"]))
    tell(desk, give(pairs, by=desk.user, at=desk.at))
    return go("submissions", query=f"tab={tab}")
