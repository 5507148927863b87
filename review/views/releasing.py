"""Releasing the decisions: the letters first, then one press for all of them."""

from django.core.mail import EmailMultiAlternatives
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.languages import named
from home.languages import CODES
from pledges.lifecycle import Refused
from pledges.models.submission import SubmissionQuerySet
from review import decisions, letters, permissions, releasing
from review.assignments import with_few_reviews
from review.models import Decision
from review.views.decisions import rows_of, without_consent
from review.views.desk import Desk, desk, go

MOST_LISTED = 50


@desk(permissions.DECIDE)
def release(desk: Desk) -> HttpResponse:
    """Look at the letters first, then make the pending decisions known, all of them with one press."""
    waiting = releasing.waiting(desk.campaign, desk.user)
    few = with_few_reviews(rows_of(desk).filter(decision__in=waiting))
    if desk.request.method != "POST":
        return _show_release(desk, few)
    if "seen" not in desk.request.POST and few.exists():
        desk.refuse(
            _("Look at the decisions that rest on too few reviews, and check that you have seen them.")
        )
        return _show_release(desk, few, status=422)
    try:
        releasing.expect(waiting, desk.request.POST.get("digest", ""))
        if waiting.count() > releasing.MOST_AT_ONCE or _ordered(desk).exists():
            return _order(desk)
        number = sum(releasing.release(desk.campaign, by=desk.user, at=desk.at).values())
    except Refused as refused:
        desk.refuse(str(refused))
        return go("release_decisions")
    done = ngettext("%(number)d decision is released.", "%(number)d decisions are released.", number)
    desk.say(done % {"number": number})
    if astray := waiting.count():
        desk.refuse(_not_released(astray))
    if held := _held_back(desk):
        desk.refuse(held)
    return go("decisions", query="tab=released")


def _order(desk: Desk) -> HttpResponse:
    """So many that the worker releases them, one after the other. The page says how many those are."""
    releasing.order(desk.campaign, by=desk.user, at=desk.at)
    return go("release_decisions")


def _ordered(desk: Desk) -> QuerySet[Decision]:
    return releasing.ordered().filter(submission__in=rows_of(desk))


def _show_release(desk: Desk, few: SubmissionQuerySet, *, status: int = 200) -> HttpResponse:
    pending = releasing.waiting(desk.campaign, desk.user)
    context = {
        "held_back": _held_back(desk),
        "ordered": _ordered(desk).count(),
        "outcomes": [_outcome(pending.filter(outcome=outcome), outcome) for outcome in decisions.Outcome],
        "total": pending.count(),
        "digest": releasing.digest(pending),
        "few": few.count(),
        "few_rows": few.select_related("screened", "decision")[:MOST_LISTED],
        "missing": without_consent(desk).count(),
        "foreign": decisions.in_another_language(pending).count(),
    }
    return desk.render("release_decisions", context, tab="decisions", status=status)


def _not_released(number: int) -> str:
    return ngettext(
        "%(number)d decision could not be released and stays pending. The log says which.",
        "%(number)d decisions could not be released and stay pending. The log says which.",
        number,
    ) % {"number": number}


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
    """How many are told of one outcome, and the first letter in each language."""
    rows = pending.order_by().values_list("submission__mail_language")
    numbers = dict(rows.annotate(number=Count("pk")))
    return {
        "label": outcome.label,
        "number": sum(numbers.values()),
        "letters": [
            {
                "language": code,
                "name": named(code),
                "number": numbers[code],
                "letter": _example(pending, code),
            }
            for code in CODES
            if code in numbers
        ],
    }


def _example(pending: QuerySet[Decision], language: str) -> EmailMultiAlternatives | None:
    in_it = pending.filter(submission__mail_language=language).select_related("submission")
    first = in_it.order_by("submission").first()
    return letters.of_decision(first) if first else None
