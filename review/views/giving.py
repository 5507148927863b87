"""Giving submissions to one reviewer by hand, and taking them back: one reviewer's page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from campaign.languages import name_of
from campaign.models import Region
from home.asked import whole_number
from pledges.lifecycle import Refused
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import permissions
from review.asked import references
from review.assignments import give, unassign
from review.matching import Facts, Text, facts
from review.models import Review
from review.profiles import Row
from review.sight import visible_to
from review.views.desk import PAGE_SIZE, Desk, desk, go
from review.views.reviewers import row_of
from review.views.tabs import chosen
from review.views.telling import tell

TABS = {"held": gettext_lazy("Their submissions"), "more": gettext_lazy("Give more")}


@desk(permissions.ASSIGN)
def reviewer(desk: Desk, person: int) -> HttpResponse:
    """One reviewer: the profile, what they have, and what they could be given."""
    row = row_of(desk, person)
    tab = chosen(desk, TABS)
    rest = _held(desk, row) if tab == "held" else _more(desk, row)
    tabs = [{"code": code, "label": label, "current": code == tab} for code, label in TABS.items()]
    return desk.render("reviewer", {"row": row, "tab": tab, "tabs": tabs} | rest, tab="reviewers")


def _held(desk: Desk, row: Row) -> dict:
    """What they have, what waits first, each with their review."""
    mine = visible_to(desk.user).filter(campaign=desk.campaign, assignments__reviewer=row.person)
    page = desk.page(mine.with_text().order_by("pk"))
    reviews = Review.objects.filter(
        reviewer=row.person, submission__in=[each.pk for each in page.object_list]
    )
    own = {review.submission_id: review for review in reviews}
    for submission in page.object_list:
        submission.review = own.get(submission.pk)
    return {"page": page, "querystring": "tab=held"}


@dataclass(frozen=True)
class _Fit:
    """How a text fits a reviewer, and how many reviewers it lacks."""

    theme: bool
    region: bool
    original: bool
    lacking: int


def _more(desk: Desk, row: Row) -> dict:
    """What they could be given: what lacks most first, and of that what fits best."""
    now, pk, asked = facts(desk.campaign, at=desk.at), row.person.pk, desk.request.GET
    possible = [one for one, text in now.texts.items() if _asked_for(text, asked) and _may(now, one, pk)]
    seen = visible_to(desk.user).filter(campaign=desk.campaign)
    visible = set(seen.values_list("pk", flat=True))
    lacking = now.lacking()
    candidate = now.candidates.get(pk)
    shown = [one for one in possible if one in visible]
    shown.sort(key=lambda one: (-lacking[one], candidate.misfit(now.texts[one]), one))
    page = desk.page(shown)
    rows = seen.with_text().in_bulk(list(page.object_list))
    for one, submission in rows.items():
        text = now.texts[one]
        fits = (candidate.fits_theme(text), candidate.fits_region(text), candidate.reads_original(text))
        submission.fit = _Fit(*fits, lacking[one])
    others = asked.copy()
    others.pop("page", None)
    return {
        "page": page,
        "submissions": [rows[one] for one in page.object_list],
        "querystring": others.urlencode(),
        "takes": candidate is not None,
        **_filters(desk, now),
    }


def _may(now: Facts, submission: int, reviewer: int) -> bool:
    return reviewer in now.candidates and now.may(submission, reviewer)


def _asked_for(text: Text, asked: Mapping[str, str]) -> bool:
    theme, region = (whole_number(asked.get(name, "")) for name in ("theme", "region"))
    language = asked.get("language", "")
    return (
        (theme is None or theme in text.themes)
        and (region is None or region in text.regions)
        and (not language or language == text.original)
    )


def _filters(desk: Desk, now: Facts) -> dict:
    written = Counter(text.original for text in now.texts.values())
    return {
        "themes": desk.campaign.themes.all(),
        "regions": Region.objects.all(),
        "languages": [(code, name_of(code)) for code, _number in written.most_common()],
        "asked": {name: desk.request.GET.get(name, "") for name in ("theme", "region", "language")},
    }


def _checked(desk: Desk) -> SubmissionQuerySet:
    asked = references(desk.request.POST.getlist("submission")[:PAGE_SIZE])
    return visible_to(desk.user).filter(campaign=desk.campaign, reference__in=asked)


@require_POST
@desk(permissions.ASSIGN)
def give_to(desk: Desk, person: int) -> HttpResponse:
    """Give the checked submissions to this reviewer."""
    row, submissions = row_of(desk, person), _checked(desk)
    if not submissions:
        desk.refuse(_("Check at least one submission."))
    else:
        tell(desk, give([(each, row.person) for each in submissions], by=desk.user, at=desk.at))
    return go("reviewer", row.person.pk, query="tab=more")


@require_POST
@desk(permissions.ASSIGN)
def take_from(desk: Desk, person: int) -> HttpResponse:
    """Take the checked submissions back from this reviewer."""
    row, submissions = row_of(desk, person), _checked(desk)
    if not submissions:
        desk.refuse(_("Check at least one submission."))
    taken = [each for each in submissions if _is_taken_back(desk, row, each)]
    if taken:
        sentence = ngettext(
            "%(number)d assignment is taken back.", "%(number)d assignments are taken back.", len(taken)
        )
        desk.say(sentence % {"number": len(taken)})
    return go("reviewer", row.person.pk)


def _is_taken_back(desk: Desk, row: Row, submission: Submission) -> bool:
    try:
        unassign(submission, row.person, by=desk.user, at=desk.at)
    except Refused as refused:
        desk.warn(f"{submission.reference}: {refused}")
        return False
    return True
