"""Files and rows that lost each other, because a process died between the two or a form was never finished."""

import logging
from collections.abc import Iterable, Iterator
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
# What a process that dies leaves behind is a file or two. More than this, and more than a part of all, means that the
# storage does not belong to this database: an empty one, or one restored from an earlier day.
LEFT_BEHIND, PART = 10, 0.2


def sweep(at: datetime) -> None:
    """Delete files without a row, in both storages, and copy or tell of files that are missing."""
    private = Attachment.objects.values_list("file", "pk")
    for pk in _compare(private_storage(), "attachments", private, at - KEPT_FOR - BEING_WRITTEN):
        logger.error("The file of attachment %s is lost.", pk)
    public = PublicFile.objects.values_list("file", "pk")
    for pk in _compare(default_storage, "submissions", public, at - BEING_WRITTEN):
        logger.warning("The file of public file %s is lost and is copied anew.", pk)
        PublicVersion.move()
        PublicFile.objects.filter(pk=pk).delete()
    for submission in set(public_files.waiting().values_list("submission", flat=True)):
        public_files.copy_missing(submission)


def _compare(storage: Storage, folder: str, rows: Iterable[tuple[str, int]], before: datetime) -> list[int]:
    """Delete the files from before a moment that no row names; the ids of the rows whose file is gone."""
    lying = set(paths(storage, folder))
    known = dict(rows)  # read after the files: what was written meanwhile has a row or is young
    orphans = [path for path in sorted(lying - known.keys()) if _is_older(storage, path, before)]
    if len(orphans) > max(LEFT_BEHIND, PART * len(lying)):
        logger.error(
            "%d files in %s/ have no row; none is deleted. Is it this database's?", len(orphans), folder
        )
        orphans = []
    for path in orphans:
        storage.delete(path)
        logger.info("A file without a row was deleted: %s", path)
    return [known[path] for path in sorted(known.keys() - lying) if not storage.exists(path)]


def _is_older(storage: Storage, path: str, before: datetime) -> bool:
    try:
        return storage.get_modified_time(path) < before
    except FileNotFoundError:  # its owner has removed it meanwhile
        return False


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
