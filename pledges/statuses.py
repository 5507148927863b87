"""A submission's status in the owner's words: how it stands, and what happens next."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.models import Purpose, Status, Submission

Words = Promise | str


@dataclass(frozen=True)
class Standing:
    """`tone` names the look of the status mark."""

    heading: Words
    next: Words
    tone: str


UNCONFIRMED = Standing(
    _("Waiting for your confirmation"),
    _("Nobody reads it before you have confirmed it."),
    "waiting",
)
IN_WORDS = {
    Status.DRAFT: Standing(_("Draft"), _("Only you see it. It counts once you have sent it."), "draft"),
    Status.SUBMITTED: Standing(
        _("With us for screening"), _("A coordinator reads it next, and you hear from us by mail."), "waiting"
    ),
    Status.RETURNED: Standing(
        _("Returned for correction"), _("Correct the text and send it again. The reasons are below."), "bad"
    ),
    Status.IN_REVIEW: Standing(
        _("In review"),
        _("Reviewers read and score it. We write to you when the decisions are made."),
        "waiting",
    ),
    Status.SELECTED: Standing(
        _("Selected for the programme"), _("Congratulations! We write to you about what comes next."), "good"
    ),
    Status.RESERVE: Standing(
        _("In reserve"),
        _("It may still be selected, if a place becomes free. We write to you then."),
        "waiting",
    ),
    Status.DECLINED: Standing(
        _("Not selected this time"),
        _("Thank you for taking part. The reasons are in the letter we sent."),
        "quiet",
    ),
    Status.WITHDRAWN: Standing(_("Withdrawn"), _("You withdrew it. It is public nowhere."), "quiet"),
    Status.INELIGIBLE: Standing(
        _("Outside the call"), _("It could not be taken to review. The reasons are below."), "quiet"
    ),
    Status.SPAM: Standing(_("Not accepted"), _("It was not taken to review."), "quiet"),
}


def in_words(submission: Submission) -> Standing:
    if submission.waits_for_confirmation:
        return UNCONFIRMED
    return IN_WORDS[Status(submission.status)]


def is_held_back(submission: Submission, given: Collection[Purpose]) -> bool:
    """Whether it was selected and yet is printed and published nowhere, since its giver has not allowed the text."""
    return submission.status == Status.SELECTED and Purpose.TEXT not in given
