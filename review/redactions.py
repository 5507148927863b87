"""Passages that a coordinator hides from the reviewers of a blind review."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import User
from pledges.lifecycle import Refused
from pledges.models import Submission
from review.giveaways import literally
from review.models import Redaction

LEAST = 3


def refusal(passage: str, texts: list[str]) -> str | None:
    """Why this passage is not hidden, as a sentence; None where it stands in one of the texts."""
    if len(passage) < LEAST:
        return _("Mark at least %(least)d letters.") % {"least": LEAST}
    if not any(literally(passage).search(text) for text in texts):
        return _("This passage does not stand in the text. Copy it from there.")
    return None


@transaction.atomic
def mark(submission: Submission, passage: str, *, by: User, at: datetime) -> Redaction:
    """Hide a passage wherever it stands in the submission. Again, it stays as it is. Raises Refused once it was erased."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    if locked.erased_at:
        raise Refused(_("This has been erased already."))
    redaction, created = Redaction.objects.get_or_create(
        submission=locked, passage=passage, defaults={"marked_by": by, "marked_at": at}
    )
    if created:
        log(locked, "review.redact", user=by, data={"redaction": redaction.pk}, timestamp=at)
    return redaction


@transaction.atomic
def remove(redaction: Redaction, *, by: User, at: datetime) -> None:
    """Let reviewers read the passage again."""
    log(redaction.submission, "review.show_again", user=by, data={"redaction": redaction.pk}, timestamp=at)
    redaction.delete()
