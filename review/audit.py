"""The audit log for what happens often."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry

from home.models import User
from pledges.models import Submission

Data = Mapping[int, dict[str, Any]]
NONE: Data = MappingProxyType({})
# What the lines of a deleted row name their campaign by.
OF_CAMPAIGN = "campaign"


def note(submission: Submission, action: str, *, by: User, at: datetime) -> None:
    """The line that Wagtail's `log()` writes, in one query.

    `log()` asks the database first whether the person and the kind of row exist; here the running transaction
    has read both.
    """
    note_all([submission], action, by=by, at=at)


def keep(row: Model, campaign: int) -> None:
    """Write into the lines of a row that is being deleted whose campaign's they are: with the row nothing else says so."""
    lines = list(ModelLogEntry.objects.for_instance(row))
    for line in lines:
        line.data = {**line.data, OF_CAMPAIGN: campaign}
    ModelLogEntry.objects.bulk_update(lines, ["data"], batch_size=500)


def note_all(
    submissions: Iterable[Submission], action: str, *, by: User, at: datetime, data: Data = NONE
) -> None:
    """The same line for each of many submissions; `data` holds what it tells of some of them, by their ids."""
    kind = ContentType.objects.get_for_model(Submission)
    lines = [
        ModelLogEntry(
            content_type=kind,
            object_id=str(submission.pk),
            label=str(submission),
            action=action,
            user=by,
            timestamp=at,
            data=data.get(submission.pk, {}),
            content_changed=False,
        )
        for submission in submissions
    ]
    ModelLogEntry.objects.bulk_create(lines, batch_size=500)
