"""The pictures and documents of a submission: added, described, ordered and removed by its owner, passed by coordinators.

A file is written before the row that names it, and deleted after the row is gone; never inside a transaction. What
is left over where a process dies in between is cleared by a timer (`pledges.sweeping`).
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core import signing
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from pledges import correcting, publishing
from pledges.actors import Actor, Role
from pledges.files import MOST_FILES, Found
from pledges.lifecycle import Refused, lock, when_erased
from pledges.models import Attachment, Submission
from pledges.models.attachment import AttachmentQuerySet, path_of, private_storage
from pledges.models.submission import AFTER_SCREENING
from pledges.revisions import edit_refusal

# How long a file is kept whose form was not right yet.
KEPT_FOR = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file that lies in the private storage and belongs to no submission yet."""

    path: str
    kind: str
    name: str
    size: int
    sha256: str
    width: int | None
    height: int | None


@dataclass(frozen=True, kw_only=True)
class Described:
    """What its owner says of a file."""

    description: str
    shows_minors: bool


def store(found: Found) -> Stored:
    """Write a file that was looked into."""
    path = private_storage().save(
        path_of(Attachment(kind=found.kind), found.name), ContentFile(found.content)
    )
    return Stored(
        path=path,
        kind=found.kind,
        name=found.name,
        size=len(found.content),
        sha256=found.sha256,
        width=found.width,
        height=found.height,
    )


def kept_token(submission: Submission, stored: Stored) -> str:
    """What brings a stored file back with the corrected form, so that it need not be chosen again."""
    return _signer(submission).sign_object(asdict(stored))


def kept(submission: Submission, token: str) -> Stored | None:
    """The file that a form has kept; None when it is not this submission's, too old or gone."""
    try:
        stored = Stored(**_signer(submission).unsign_object(token, max_age=KEPT_FOR))
    except signing.BadSignature:
        return None
    return stored if private_storage().exists(stored.path) else None


def _signer(submission: Submission) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"pledges.attachments.{submission.pk}.{submission.link_key}")


def change_refusal(submission: Submission, *, at: datetime) -> str | None:
    """Why its files may not be changed now, as a sentence; None when they may."""
    return edit_refusal(submission, at=at) or correcting.refusal(submission, {"files"})


def add_refusal(submission: Submission, *, at: datetime) -> str | None:
    """Why no file may be added now, as a sentence; None when one may."""
    if sentence := change_refusal(submission, at=at):
        return sentence
    if submission.attachments.count() >= MOST_FILES:
        return _("There are %(most)d files already. Remove one before you add another.") % {
            "most": MOST_FILES
        }
    return None


@transaction.atomic
def add(submission: Submission, stored: Stored, described: Described, *, at: datetime) -> Attachment:
    """Let a stored file belong to the submission; its owner has declared the rights just now. Raises Refused."""
    locked = lock(submission)
    if sentence := add_refusal(locked, at=at):
        raise Refused(sentence)
    if locked.attachments.filter(sha256=stored.sha256).exists():
        raise Refused(_("This file is there already."))
    last = locked.attachments.aggregate(last=Max("position"))["last"]
    attachment = Attachment.objects.create(
        submission=locked,
        file=stored.path,
        kind=stored.kind,
        name=stored.name,
        size=stored.size,
        sha256=stored.sha256,
        width=stored.width,
        height=stored.height,
        rights_declared_at=at,
        added_at=at,
        position=0 if last is None else last + 1,
        **_said(described, at),
    )
    log(locked, "pledges.add_file", data={"file": attachment.pk}, timestamp=at)
    return attachment


def _said(described: Described, at: datetime) -> dict:
    return asdict(described) | {"guardians_agreed_at": at if described.shows_minors else None}


@transaction.atomic
def describe(attachment: Attachment, described: Described, *, at: datetime) -> bool:
    """Change what is said of a file; whether anything was. A coordinator has to pass it anew. Raises Refused."""
    locked = _editable(attachment.submission, at)
    row = locked.attachments.filter(pk=attachment.pk).first()
    if row is None:
        raise Refused(_("This file has been removed."))
    if (row.description, row.shows_minors) == (described.description, described.shows_minors):
        return False
    for name, value in (_said(described, at) | {"passed_at": None}).items():
        setattr(row, name, value)
    row.save(update_fields=["description", "shows_minors", "guardians_agreed_at", "passed_at"])
    log(locked, "pledges.describe_file", data={"file": row.pk}, timestamp=at)
    publishing.refresh_locked(locked, at=at)
    return True


@transaction.atomic
def move(attachment: Attachment, *, up: bool, at: datetime) -> None:
    """Let a file change places with the one before it, or behind it. Raises Refused."""
    locked = _editable(attachment.submission, at)
    rows = list(locked.attachments.all())
    place = next((place for place, row in enumerate(rows) if row.pk == attachment.pk), None)
    if place is None:
        raise Refused(_("This file has been removed."))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.position = position
    Attachment.objects.bulk_update(rows, ["position"])
    publishing.refresh_locked(locked, at=at)


@transaction.atomic
def remove(attachment: Attachment, *, at: datetime) -> None:
    """Delete a file here and wherever it is public: what was given may be taken back at any time. Raises Refused."""
    locked = lock(attachment.submission)
    if sentence := when_erased(locked):
        raise Refused(sentence)
    log(locked, "pledges.remove_file", data={"file": attachment.pk}, timestamp=at)
    _delete(locked.attachments.filter(pk=attachment.pk))
    publishing.refresh_locked(locked, at=at)


def _editable(submission: Submission, at: datetime) -> Submission:
    locked = lock(submission)
    if sentence := change_refusal(locked, at=at):
        raise Refused(sentence)
    return locked


def erase(submission: Submission) -> None:
    """Delete all files of a submission whose row the running transaction has locked."""
    _delete(submission.attachments.all())


def _delete(rows: AttachmentQuerySet) -> None:
    paths = list(rows.values_list("file", flat=True))
    rows.delete()
    for path in paths:
        transaction.on_commit(partial(private_storage().delete, path), robust=True)


def pass_refusal(submission: Submission, *, by: Actor) -> str | None:
    """Why files may not be passed or taken back now, as a sentence; None when they may."""
    if sentence := when_erased(submission):
        return sentence
    if by.role is not Role.COORDINATOR:
        return _("This is not yours to do.")
    if submission.status not in AFTER_SCREENING:
        return _("Only files of a submission that has been screened can be passed.")
    return None


@transaction.atomic
def pass_files(submission: Submission, ids: Collection[int], *, by: Actor, at: datetime) -> int:
    """Let reviewers and, with consent, the public see the files that a coordinator has looked at; how many are new.

    Raises Refused.
    """
    locked = lock(submission)
    if sentence := pass_refusal(locked, by=by):
        raise Refused(sentence)
    passed = locked.attachments.let_pass(ids, at=at)
    if passed:
        log(locked, "pledges.pass_files", user=by.user, data={"files": passed}, timestamp=at)
        publishing.refresh_locked(locked, at=at)
    return passed


@transaction.atomic
def take_back(attachment: Attachment, *, by: Actor, at: datetime) -> None:
    """Let only the owner and coordinators see a file again. Raises Refused."""
    locked = lock(attachment.submission)
    if sentence := pass_refusal(locked, by=by):
        raise Refused(sentence)
    if locked.attachments.passed().filter(pk=attachment.pk).update(passed_at=None):
        log(locked, "pledges.take_back_file", user=by.user, data={"file": attachment.pk}, timestamp=at)
        publishing.refresh_locked(locked, at=at)
