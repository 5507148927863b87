"""Files and rows that lost each other, because a process died between the two or a form was never finished."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage, default_storage

from campaign.models import PublicFile
from home.models import PublicVersion
from pledges import public_files
from pledges.attachments import KEPT_FOR
from pledges.models import Attachment
from pledges.models.attachment import private_storage

logger = logging.getLogger(__name__)

# A file is younger than this while its row is still being written.
BEING_WRITTEN = timedelta(minutes=15)


def sweep(at: datetime) -> None:
    """Delete files without a row, in both storages, and copy or tell of files that are missing."""
    _delete_orphans(private_storage(), "attachments", Attachment, at - KEPT_FOR - BEING_WRITTEN)
    _delete_orphans(default_storage, "submissions", PublicFile, at - BEING_WRITTEN)
    _forget_lost_copies()
    for submission in set(public_files.waiting().values_list("submission", flat=True)):
        public_files.copy_missing(submission)


def _delete_orphans(storage: Storage, folder: str, model: type, before: datetime) -> None:
    lying = {path for path in paths(storage, folder) if storage.get_modified_time(path) < before}
    # The rows are read after the files: what was written meanwhile has one.
    orphans = lying - set(model.objects.values_list("file", flat=True))
    for path in sorted(orphans):
        storage.delete(path)
        logger.info("A file without a row was deleted: %s", path)


def paths(storage: Storage, folder: str) -> Iterator[str]:
    """Every file below a folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever written there
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from paths(storage, f"{folder}/{name}")


def _forget_lost_copies() -> None:
    """A public row whose file is gone goes too: the file is then copied anew. Of private ones we can only tell."""
    lying = set(paths(default_storage, "submissions"))
    for file in PublicFile.objects.all():
        if file.file.name not in lying and not default_storage.exists(file.file.name):
            PublicVersion.move()
            file.delete()
            logger.warning("The public file %s was lost and is copied anew.", file.file.name)
    lying = set(paths(private_storage(), "attachments"))
    for pk, path in Attachment.objects.values_list("pk", "file"):
        if path not in lying and not private_storage().exists(path):
            logger.error("The file of attachment %s is lost.", pk)
