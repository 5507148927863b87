"""Decisions: pending ones by submission and in bulk, and missing consents."""

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from campaign.languages import named
from home.languages import CODES
from home.models import Mail
from pledges import publishing
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import correcting, decisions, letters, permissions, reserve
from review.asked import references
from review.assignments import with_few_reviews, with_reviews_counted
from review.decision_forms import DecisionForm
from review.models import Decision
from review.scoring import as_ranked
from review.sight import visible_to
from review.views.desk import Desk, desk, go
from review.views.submission import show, to_judge
from review.views.tabs import chosen

MOST_CHECKED = 200
TABS = {
    "undecided": (gettext_lazy("Undecided"), decisions.undecided),
    "pending": (gettext_lazy("Pending"), decisions.decided),
    "few": (gettext_lazy("Too few reviews"), lambda rows: with_few_reviews(decisions.to_decide(rows))),
    "reserve": (gettext_lazy("In reserve"), reserve.in_reserve),
    "released": (gettext_lazy("Released"), decisions.released),
}
# What stands under these is not decided on in the list.
ONLY_SHOWN = {"reserve", "released"}


@desk(permissions.DECIDE)
def overview(desk: Desk) -> HttpResponse:
    return _show(desk, DecisionForm(campaign=desk.campaign))


def rows_of(desk: Desk) -> SubmissionQuerySet:
    return visible_to(desk.user).filter(campaign=desk.campaign)


def _show(
    desk: Desk, form: DecisionForm, *, checked: list[str] | None = None, status: int = 200
) -> HttpResponse:
    tab = chosen(desk, TABS)
    found = with_reviews_counted(TABS[tab][1](rows_of(desk)))
    rows = found.select_related("screened", "standing", "decision__decided_by")
    rows = rows.annotate(may_be_published=publishing.lead_allows_the_text())
    page = desk.page(rows if tab == "reserve" else as_ranked(rows))
    context = {
        "tab": tab,
        "tabs": [
            {"code": code, "label": label, "current": code == tab} for code, (label, _rows) in TABS.items()
        ],
        "page": page,
        "form": form if desk.may_write and tab not in ONLY_SHOWN else None,
        "checked": checked or [],
        "next_to_lift": reserve.first_to_lift(rows_of(desk)) if tab == "reserve" else None,
        "pending": decisions.releasable(desk.campaign, desk.user).count(),
        "few": with_few_reviews(TABS[tab][1](rows_of(desk))).count()
        if tab in {"undecided", "pending"}
        else 0,
        "missing": _missing(desk),
        "readers": _readers(found),
    }
    return desk.render("decisions", context, tab="decisions", status=status)


def _readers(submissions: SubmissionQuerySet) -> str:
    """The languages that the senders get their letters in: "Finnish 13, Swedish 4"."""
    numbers = dict(submissions.order_by().values_list("mail_language").annotate(number=Count("pk")))
    return ", ".join(f"{named(code)} {numbers[code]}" for code in CODES if code in numbers)


def without_consent(desk: Desk) -> QuerySet[Submission]:
    return decisions.chosen_without_consent(desk.campaign).filter(pk__in=rows_of(desk))


def _missing(desk: Desk) -> list[Submission]:
    """The first of those that are chosen and may not be published, with when they were last asked."""
    rows = list(without_consent(desk).select_related("screened")[:50])
    mails = Mail.objects.filter(letter="consent_wanted", reference__in=[row.reference for row in rows])
    asked = dict(mails.order_by("created_at").values_list("reference", "created_at"))
    for row in rows:
        row.asked_at = asked.get(row.reference)
    return rows


@require_POST
@desk(permissions.DECIDE)
def decide_checked(desk: Desk) -> HttpResponse:
    """The same decision for every checked submission."""
    form = DecisionForm(desk.request.POST, campaign=desk.campaign)
    checked = references(desk.request.POST.getlist("submission")[:MOST_CHECKED])
    if not checked:
        form.add_error(None, _("Check at least one submission in the list."))
    if form.is_valid():
        rows = as_ranked(rows_of(desk).filter(reference__in=checked))
        try:
            number = decisions.decide_many(rows, **form.cleaned_data, by=desk.user, at=desk.at)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return _show(desk, form, checked=checked, status=422)
    done = ngettext("%(number)d decision is pending.", "%(number)d decisions are pending.", number)
    desk.say(done % {"number": number})
    _warn_of_few_reviews(desk, rows)
    _warn_of_languages(desk, rows)
    return go("decisions")


def _warn_of_few_reviews(desk: Desk, decided: SubmissionQuerySet) -> None:
    if few := with_few_reviews(decided).count():
        sentence = ngettext(
            "%(number)d of them rests on no review or on fewer than were asked for. It is listed under “Too few reviews”.",
            "%(number)d of them rest on no review or on fewer than were asked for. They are listed under “Too few reviews”.",
            few,
        )
        desk.warn(sentence % {"number": few})


def _warn_of_languages(desk: Desk, decided: SubmissionQuerySet) -> None:
    foreign = decisions.in_another_language(Decision.objects.filter(submission__in=decided)).count()
    if foreign:
        sentence = ngettext(
            "%(number)d letter will be in another language than its reasons.",
            "%(number)d letters will be in another language than their reasons.",
            foreign,
        )
        desk.warn(sentence % {"number": foreign})


@require_POST
@desk(permissions.DECIDE, sees=to_judge)
def decide_one(desk: Desk, found: Submission) -> HttpResponse:
    """Decide on one submission. What was typed stays in a refused form."""
    is_known = correcting.is_known(found)
    form = DecisionForm(desk.request.POST, campaign=desk.campaign, is_known=is_known)
    if form.is_valid():
        try:
            return _decided(desk, found, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    return show(desk, found, bound={"decision": form})


def _decided(desk: Desk, found: Submission, form: DecisionForm) -> HttpResponse:
    """Store the decision, or change openly one that the sender knows: that is asked once more. Raises Refused."""
    is_known = correcting.is_known(found)
    if is_known and "sure" not in desk.request.POST:
        letter = letters.of_change(found, **form.cleaned_data, by=desk.user, at=desk.at)
        context = {"submission": found, "form": form, "letter": letter}
        return desk.render("sure_of_change", context, tab="decisions")
    act = correcting.change if is_known else decisions.decide
    act(found, **form.cleaned_data, by=desk.user, at=desk.at)
    desk.say(_("The decision on %(reference)s is stored.") % {"reference": found.reference})
    _warn_of_few_reviews(desk, rows_of(desk).filter(pk=found.pk))
    _warn_of_languages(desk, rows_of(desk).filter(pk=found.pk))
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


@require_POST
@desk(permissions.DECIDE)
def ask_for_consents(desk: Desk) -> HttpResponse:
    """Ask every chosen submission's givers that have not agreed to be published."""
    number = sum(decisions.ask_for_consent(row, by=desk.user, at=desk.at) for row in without_consent(desk))
    done = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", number)
    desk.say(done % {"number": number})
    return go("decisions")
