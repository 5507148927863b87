"""The audit log for what happens often."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from home.models import User
from pledges.models import Submission


def note(submission: Submission, action: str, *, by: User, at: datetime) -> None:
    """The line that Wagtail's `log()` writes, in one query.

    `log()` asks the database first whether the person and the kind of row exist; here the running transaction
    has read both.
    """
    kind = ContentType.objects.get_for_model(submission, for_concrete_model=False)
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=kind,
                object_id=str(submission.pk),
                label=str(submission),
                action=action,
                user=by,
                timestamp=at,
                content_changed=False,
            )
        ]
    )
