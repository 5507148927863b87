"""Decisions: pending ones by submission and in bulk, missing consents, and their release."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from home.models import Mail
from pledges import publishing
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import decisions, letters, permissions
from review.asked import references
from review.assignments import with_few_reviews, with_reviews_counted
from review.forms import DecisionForm
from review.models import Decision
from review.scoring import as_ranked
from review.sight import visible_to
from review.views.desk import Desk, desk, go
from review.views.tabs import chosen

MOST_CHECKED = 200
MOST_LISTED = 50
TABS = {
    "undecided": (gettext_lazy("Undecided"), decisions.undecided),
    "pending": (gettext_lazy("Pending"), decisions.decided),
    "few": (gettext_lazy("Too few reviews"), lambda rows: with_few_reviews(decisions.to_decide(rows))),
    "released": (gettext_lazy("Released"), decisions.released),
}


@desk(permissions.DECIDE)
def overview(desk: Desk) -> HttpResponse:
    return _show(desk, DecisionForm())


def _rows(desk: Desk) -> SubmissionQuerySet:
    return visible_to(desk.user).filter(campaign=desk.campaign)


def _show(
    desk: Desk, form: DecisionForm, *, checked: list[str] | None = None, status: int = 200
) -> HttpResponse:
    tab = chosen(desk, TABS)
    found = with_reviews_counted(TABS[tab][1](_rows(desk)))
    rows = found.select_related("screened", "standing", "decision__decided_by")
    page = desk.page(as_ranked(rows.annotate(may_be_published=publishing.lead_allows_the_text())))
    context = {
        "tab": tab,
        "tabs": [
            {"code": code, "label": label, "current": code == tab} for code, (label, _rows) in TABS.items()
        ],
        "page": page,
        "form": form if tab != "released" else None,
        "checked": checked or [],
        "pending": decisions.releasable(desk.campaign, desk.user).count(),
        "few": with_few_reviews(TABS[tab][1](_rows(desk))).count() if tab in {"undecided", "pending"} else 0,
        "missing": _missing(desk),
    }
    return desk.render("decisions", context, tab="decisions", status=status)


def _without_consent(desk: Desk) -> QuerySet[Submission]:
    return decisions.chosen_without_consent(desk.campaign).filter(pk__in=_rows(desk))


def _missing(desk: Desk) -> list[Submission]:
    """The first of those that are chosen and may not be published, with when they were last asked."""
    rows = list(_without_consent(desk).select_related("screened")[:50])
    mails = Mail.objects.filter(letter="consent_wanted", reference__in=[row.reference for row in rows])
    asked = dict(mails.order_by("created_at").values_list("reference", "created_at"))
    for row in rows:
        row.asked_at = asked.get(row.reference)
    return rows


@require_POST
@desk(permissions.DECIDE)
def decide_checked(desk: Desk) -> HttpResponse:
    """The same decision for every checked submission."""
    form = DecisionForm(desk.request.POST)
    checked = references(desk.request.POST.getlist("submission")[:MOST_CHECKED])
    if not checked:
        form.add_error(None, _("Check at least one submission in the list."))
    if form.is_valid():
        rows = _rows(desk).filter(reference__in=checked).order_by("pk")
        try:
            number = decisions.decide_many(rows, **form.cleaned_data, by=desk.user, at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return _show(desk, form, checked=checked, status=422)
    done = ngettext("%(number)d decision is pending.", "%(number)d decisions are pending.", number)
    desk.say(done % {"number": number})
    _warn_of_few_reviews(desk, rows)
    return go("decisions")


def _warn_of_few_reviews(desk: Desk, decided: SubmissionQuerySet) -> None:
    if few := with_few_reviews(decided).count():
        sentence = ngettext(
            "%(number)d of them rests on no review or on fewer than were asked for. It is listed under “Too few reviews”.",
            "%(number)d of them rest on no review or on fewer than were asked for. They are listed under “Too few reviews”.",
            few,
        )
        desk.warn(sentence % {"number": few})


@require_POST
@desk(permissions.DECIDE, sees=visible_to)
def decide_one(desk: Desk, found: Submission) -> HttpResponse:
    """Decide on one submission, or change openly what became of one in reserve."""
    form = DecisionForm(desk.request.POST)
    if not form.is_valid():
        desk.refuse(_("A decision needs an outcome and reasons. They are told to the sender."))
        return go("submission", found.reference)
    act = decisions.change if decisions.is_in_reserve(found) else decisions.decide
    try:
        act(found, **form.cleaned_data, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The decision on %(reference)s is stored.") % {"reference": found.reference})
        _warn_of_few_reviews(desk, _rows(desk).filter(pk=found.pk))
    return go("submission", found.reference)


@require_POST
@desk(permissions.DECIDE, sees=visible_to)
def undo(desk: Desk, found: Submission) -> HttpResponse:
    try:
        decisions.undo(found, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.refuse(str(refused))
    else:
        desk.say(_("The decision on %(reference)s is taken away.") % {"reference": found.reference})
    return go("decisions")


@desk(permissions.DECIDE)
def release(desk: Desk) -> HttpResponse:
    """Look at the letters first, then make the pending decisions known, a good number in one go."""
    few = with_few_reviews(_rows(desk).filter(decision__in=decisions.releasable(desk.campaign, desk.user)))
    if desk.request.method != "POST":
        return _show_release(desk, few)
    if "seen" not in desk.request.POST and few.exists():
        desk.refuse(
            _("Look at the decisions that rest on too few reviews, and check that you have seen them.")
        )
        return _show_release(desk, few, status=422)
    try:
        number = sum(decisions.release(desk.campaign, by=desk.user, at=desk.at).values())
    except Refused as refused:
        desk.refuse(str(refused))
        return go("release_decisions")
    done = ngettext("%(number)d decision is released.", "%(number)d decisions are released.", number)
    desk.say(done % {"number": number})
    if held := _held_back(desk):
        desk.refuse(held)
    if rest := decisions.releasable(desk.campaign, desk.user).count():
        more = ngettext(
            "%(number)d is still pending.", "%(number)d are still pending. Release the next ones.", rest
        )
        desk.note(more % {"number": rest})
        return go("release_decisions")
    return go("decisions", query="tab=released")


def _show_release(desk: Desk, few: SubmissionQuerySet, *, status: int = 200) -> HttpResponse:
    pending = decisions.releasable(desk.campaign, desk.user)
    total = pending.count()
    context = {
        "held_back": _held_back(desk),
        "outcomes": [_outcome(pending.filter(outcome=outcome), outcome) for outcome in decisions.Outcome],
        "total": total,
        "now": min(total, decisions.MOST_AT_ONCE),
        "few": few.count(),
        "few_rows": few.select_related("screened", "decision")[:MOST_LISTED],
        "missing": _without_consent(desk).count(),
    }
    return desk.render("release_decisions", context, tab="decisions", status=status)


def _held_back(desk: Desk) -> str:
    """That decisions stay pending because this person may not release them; empty where none does."""
    campaign = desk.campaign
    number = decisions.pending(campaign).count() - decisions.releasable(campaign, desk.user).count()
    if not number:
        return ""
    return ngettext(
        "%(number)d decision stays pending, because you have a conflict of interest in it. Somebody else must release it.",
        "%(number)d decisions stay pending, because you have a conflict of interest in them. Somebody else must release them.",
        number,
    ) % {"number": number}


def _outcome(pending: QuerySet[Decision], outcome: Decision.Outcome) -> dict:
    """How many are told of one outcome, and the first one's letter."""
    first = pending.select_related("submission").order_by("submission").first()
    return {
        "label": outcome.label,
        "number": pending.count(),
        "letter": letters.of_decision(first) if first else None,
    }


@require_POST
@desk(permissions.DECIDE)
def ask_for_consents(desk: Desk) -> HttpResponse:
    """Ask every chosen submission's givers that have not agreed to be published."""
    number = sum(decisions.ask_for_consent(row, by=desk.user, at=desk.at) for row in _without_consent(desk))
    done = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", number)
    desk.say(done % {"number": number})
    return go("decisions")
