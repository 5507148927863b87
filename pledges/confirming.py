"""Proving that the sender's address is theirs: the confirmation, sending it again, correcting the address."""

from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import Mail
from home.throttle import allow
from pledges import links
from pledges.actors import OWNER
from pledges.deadlines import may_be_confirmed
from pledges.lifecycle import Refused, lock, perform, tell
from pledges.models import Status, Submission
from pledges.signals import submission_changed

# A receipt can ask for so many letters in all, and not faster than this.
MOST_LETTERS = 6
PAUSE = timedelta(seconds=60)
FIRST_LETTERS = ("confirm", "draft_kept")

# One official may send for a whole city and all its schools; who has a stranger's mailbox flooded sends more than this.
MOST_A_DAY, A_DAY = 50, timedelta(days=1)


def first_letter(submission: Submission) -> str:
    """The letter that leads on from the receipt."""
    return "draft_kept" if submission.is_draft else "confirm"


def write_first(submission: Submission, *, at: datetime) -> None:
    """Queue the first letter; none where the address has had too many today. Its receipt says so and offers it later."""
    if _may_be_written_to(submission.contact_email):
        tell(submission, first_letter(submission), at=at, key="1")


def is_written_to(submission: Submission) -> bool:
    """Whether a first letter has gone out, or is about to."""
    return first_letters(submission.reference).exists()


def first_letters(reference: str) -> QuerySet[Mail]:
    return Mail.objects.filter(reference=reference, letter__in=FIRST_LETTERS)


def _may_be_written_to(email: str) -> bool:
    return allow(f"first-letter:{email.lower()}", MOST_A_DAY, A_DAY)


class Case(Enum):
    """What the link in the first mail finds."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    EXPIRED = "expired"
    ENDED = "ended"


def case(submission: Submission, *, at: datetime) -> Case:
    """Whether there is something to confirm; EXPIRED is a draft again, or is about to be."""
    if submission.confirmed_at:
        return Case.CONFIRMED
    if not submission.waits_for_its_sender:
        return Case.ENDED
    if submission.waits_for_confirmation and may_be_confirmed(submission, at):
        return Case.WAITING
    return Case.EXPIRED


@transaction.atomic
def confirm(submission: Submission, *, at: datetime) -> Submission:
    """Take the address as proven, so that the submission comes to screening. A second time changes nothing.

    Raises Refused with a sentence when the link is too old or the submission is no longer waiting.
    """
    locked = lock(submission)
    if locked.confirmed_at:
        return locked
    if not locked.waits_for_confirmation:
        raise Refused(_("This submission is not waiting for a confirmation."))
    if not may_be_confirmed(locked, at):
        raise Refused(_("The link was valid for 72 hours, and that time has passed."))
    _confirmed(locked, at=at)
    submission_changed.send(Submission, submission=locked, what="status", at=at)
    return locked


@transaction.atomic
def send(submission: Submission, *, at: datetime) -> Submission:
    """Send a draft or a corrected text from the owner's page, whose link came by mail and so proves the address.

    A second press changes nothing. Raises Refused.
    """
    locked = lock(submission)
    if locked.status == Status.SUBMITTED:
        return confirm(locked, at=at)
    sent = perform(locked, "submit", by=OWNER, at=at)
    _confirmed(sent, at=at)
    return sent


def _confirmed(submission: Submission, *, at: datetime) -> None:
    if not submission.confirmed_at:
        submission.confirmed_at = at
        submission.save(update_fields=["confirmed_at"])
        log(submission, "pledges.confirm", timestamp=at)
    tell(submission, "received", at=at)


@transaction.atomic
def send_again(submission: Submission, *, at: datetime) -> None:
    """Queue the first letter once more. Raises Refused when that was too often, too soon, or is not needed."""
    locked = lock(submission)
    _refuse_unless_waiting(locked)
    write_again(locked, at=at, pause=PAUSE)


@transaction.atomic
def correct_address(submission: Submission, email: str, *, at: datetime) -> Submission:
    """Write to another address instead, from the receipt. Raises Refused."""
    locked = lock(submission)
    _refuse_unless_waiting(locked)
    if email != locked.contact_email:
        change_address(locked, email, at=at)
        write_again(locked, at=at)
    return locked


def change_address(submission: Submission, email: str, *, at: datetime) -> None:
    """Put another address on a locked submission; links that went to the first one no longer open anything."""
    submission.contact_email = email
    submission.save(update_fields=["contact_email"])
    links.revoke(submission)
    log(submission, "pledges.correct_address", timestamp=at)


def _refuse_unless_waiting(submission: Submission) -> None:
    if submission.confirmed_at:
        raise Refused(_("This address has been confirmed already. There is nothing more to do."))
    if not submission.waits_for_its_sender:
        raise Refused(_("This submission is not waiting for a confirmation."))


def write_again(submission: Submission, *, at: datetime, pause: timedelta = timedelta(0)) -> None:
    """Queue one more first letter for a locked submission. Raises Refused when that is too often or too soon."""
    moments = sorted(first_letters(submission.reference).values_list("created_at", flat=True))
    if len(moments) >= MOST_LETTERS:
        raise Refused(_("We have written several times already. Look in the spam folder, or write to us."))
    if pause and moments and at < moments[-1] + pause:
        raise Refused(_("We wrote a moment ago. Wait a minute, and look in the spam folder meanwhile."))
    if not _may_be_written_to(submission.contact_email):
        raise Refused(_("We have written to this address many times today. Try again tomorrow."))
    tell(submission, first_letter(submission), at=at, key=str(len(moments) + 1))
