"""The public copies of passed files, in the public storage.

`follow()` and `take_down()` belong into the transaction of `publishing.refresh`: they write rows only. Files are
copied and deleted after its commit; `pledges.sweeping` heals what a process leaves undone that dies in between.
"""

import logging
import uuid
from collections.abc import Iterable
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef

from campaign.models import PublicFile, PublicItem
from home.models import PublicVersion
from pledges.models import Attachment, Submission
from pledges.models.attachment import AttachmentQuerySet

logger = logging.getLogger(__name__)


def follow(item: PublicItem, submission: Submission) -> None:
    """Let the public rows say what the passed files say now. Files not copied yet are, after the commit."""
    passed = {each.sha256: each for each in submission.attachments.passed()}
    public = {each.sha256: each for each in item.files.all()}
    _delete(file for sha256, file in public.items() if sha256 not in passed)
    for number, attachment in enumerate(passed.values(), start=1):
        if file := public.get(attachment.sha256):
            _write(file, _said(attachment, item, number))
    if passed.keys() - public.keys():
        transaction.on_commit(partial(copy_missing, submission.pk), robust=True)


def take_down(item: PublicItem) -> None:
    """Delete the rows of an item that is about to go, and after the commit their files."""
    _delete(item.files.all())


def _delete(files: Iterable[PublicFile]) -> None:
    for file in list(files):
        path = str(file.file.name)
        file.delete()
        transaction.on_commit(partial(default_storage.delete, path), robust=True)


def _said(attachment: Attachment, item: PublicItem, number: int) -> dict:
    """What is public of a file beside its content. It is called by its reference, never as its owner called it."""
    return {
        "name": f"{item.reference}-{number}{Attachment.Kind(attachment.kind).ending}",
        "description": attachment.description,
        "position": attachment.position,
    }


def _write(file: PublicFile, said: dict) -> None:
    if any(getattr(file, name) != value for name, value in said.items()):
        PublicFile.objects.filter(pk=file.pk).update(**said)


def waiting() -> AttachmentQuerySet:
    """The passed files of public submissions that have no public copy yet."""
    items = PublicItem.objects.filter(reference=OuterRef("submission__reference"))
    copies = PublicFile.objects.filter(
        item__reference=OuterRef("submission__reference"), sha256=OuterRef("sha256")
    )
    return Attachment.objects.passed().filter(Exists(items), ~Exists(copies))


def copy_missing(submission: int) -> None:
    """Copy the files of one submission that are public and not copied yet; outside transactions."""
    for attachment in waiting().filter(submission=submission):
        path = _copied(attachment)
        if path and not _write_row(attachment, path):
            default_storage.delete(path)


def _copied(attachment: Attachment) -> str | None:
    name = f"submissions/{attachment.added_at:%Y}/{uuid.uuid4().hex}{Attachment.Kind(attachment.kind).ending}"
    try:
        with attachment.file.open("rb") as content:
            return default_storage.save(name, content)
    except FileNotFoundError:
        logger.error("The file of attachment %s is lost, so it is not published.", attachment.pk)
        return None


@transaction.atomic
def _write_row(attachment: Attachment, path: str) -> bool:
    """Publish a copied file, unless it was taken down, removed or published meanwhile; whether it is."""
    locked = Submission.objects.select_for_update().get(pk=attachment.submission_id)
    still = waiting().filter(pk=attachment.pk).first()
    if still is None:
        return False
    PublicVersion.move()
    item = PublicItem.objects.get(reference=locked.reference)
    number = list(locked.attachments.passed().values_list("pk", flat=True)).index(still.pk) + 1
    PublicFile.objects.create(
        item=item,
        file=path,
        is_picture=still.is_picture,
        width=still.width,
        height=still.height,
        size=still.size,
        sha256=still.sha256,
        **_said(still, item, number),
    )
    return True
