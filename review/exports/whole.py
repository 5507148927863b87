"""What can be taken out of the desk as files, and the line of the log that says who took it."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail.log_actions import log

from campaign.models import Campaign
from home.models import User
from home.sheets import Sheet
from pledges.models.submission import SubmissionQuerySet
from review.exports.judgements import comments, decisions, reviews, scores
from review.exports.submissions import participants, submissions
from review.sight import visible_to

TABLES: dict[str, Callable[[SubmissionQuerySet], Sheet]] = {
    "submissions": submissions,
    "participants": participants,
    "reviews": reviews,
    "scores": scores,
    "comments": comments,
    "decisions": decisions,
}
EVERYTHING = "everything"
EXPLAINED: dict[str, StrOrPromise] = {
    "submissions": _(
        "A row for each submission: its state, its contact persons, the text that is read, who gives it, the consents, and what its reviews add up to."
    ),
    "participants": _("A row for each organisation that takes part, with its role and its consents."),
    "reviews": _("A row for each review. Drafts are listed without their points and words."),
    "scores": _("A row for each criterion of each review that was handed in."),
    "comments": _("The comments of the reviews that were handed in."),
    "decisions": _("A row for each decision with its reasons, the pending ones too."),
}


def forms_of(what: str) -> tuple[str, ...]:
    """The kinds of file; everything as CSV is a ZIP with a file for each table. Empty where there is no such table."""
    if what == EVERYTHING:
        return ("zip", "xlsx", "json")
    return forms_of_one() if what in TABLES else ()


def forms_of_one() -> tuple[str, ...]:
    """The kinds of file that one table is taken as."""
    return ("csv", "xlsx", "json")


def sheets(what: str, campaign: Campaign, user: User) -> list[Sheet]:
    """The tables with what this person may see of the campaign."""
    seen = visible_to(user).filter(campaign=campaign)
    names = TABLES if what == EVERYTHING else (what,)
    return [TABLES[name](seen) for name in names]


def record(
    taken: list[Sheet], campaign: Campaign, *, what: str, form: str, by: User, at: datetime
) -> dict[str, int]:
    """Write into the log who takes what, and how many rows of it."""
    numbers = {sheet.name: sheet.number() for sheet in taken}
    data = {"what": what, "form": form, "rows": numbers}
    log(campaign, "review.export", user=by, data=data, timestamp=at)
    return numbers
