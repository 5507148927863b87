"""Erasure: the last of the three endings, after which nothing that people wrote is left in the database.

Withdrawing consent (`consent.record`) and withdrawing a submission (`lifecycle.perform`) empty the public side.
Erasure empties the private side as well and leaves the bare register entry: reference, kind, status, moments,
which consents were given when. What must be kept as an official record is exported before; see
docs/decisions/0008-what-erasure-leaves.md.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from campaign.models.text import WORDS
from pledges import attachments, links, organisations, partners, publishing, unsent
from pledges.actors import Actor, Role
from pledges.lifecycle import Refused, lock, when_erased
from pledges.models import Action, Exchange, Organisation, Status, Submission, Version
from pledges.signals import submission_changed
from pledges.versions import PLACES

logger = logging.getLogger(__name__)

SEARCHED = "wagtailsearch_indexentry_fts"
ENDED = frozenset({Status.DRAFT, Status.WITHDRAWN, Status.INELIGIBLE, Status.DECLINED, Status.SPAM})
PRIVATE = (
    "contact_name",
    "contact_email",
    "contact_phone",
    "second_name",
    "second_email",
    "reason",
    "authority_check",
)


def erasure_refusal(submission: Submission, *, by: Actor) -> str | None:
    """Why this may not be erased now, as a sentence; None when it may."""
    if by.role not in {Role.COORDINATOR, Role.SYSTEM}:
        return _("This is not yours to do.")
    if sentence := when_erased(submission):
        return sentence
    if submission.status not in ENDED:
        return _("Only what has ended can be erased. Ask its owner to withdraw it first.")
    return None


@transaction.atomic
def erase(submission: Submission, *, by: Actor, at: datetime, scrubs: bool = True) -> Submission:
    """Empty everything that people wrote of a submission that has ended. It cannot be undone. Raises Refused.

    Who erases many scrubs once, after the last.
    """
    locked = lock(submission)
    if sentence := erasure_refusal(locked, by=by):
        raise Refused(sentence)
    locked.translations.all().delete()
    tags = _erase_versions(locked)
    attachments.erase(locked)
    _erase_organisations(locked)
    partners.forget(locked)
    unsent.begun_from(locked).delete()
    for name in PRIVATE:
        setattr(locked, name, "")
    locked.erased_at = at
    locked.save(update_fields=[*PRIVATE, "erased_at"])
    locked.refresh_from_db(fields=["latest", "screened"])  # they still hold the words
    links.shut_out(locked)
    log(locked, "pledges.erase", user=by.user, timestamp=at)
    publishing.refresh_locked(locked, at=at)
    _forget_tags(tags)  # after the public copy, which uses them too
    submission_changed.send(Submission, submission=locked, what="erasure", at=at)
    if scrubs:
        transaction.on_commit(scrub)
    return locked


def _erase_versions(submission: Submission) -> list[Tag]:
    """Empty every version; the hashtags that they had."""
    versions = submission.versions.all()
    tags = list(Tag.objects.filter(pledges_versiontag_items__content_object__in=versions).distinct())
    for rows in (Action, Exchange, Version.tags.through):
        name = "content_object" if rows is Version.tags.through else "version"
        rows.objects.filter(**{f"{name}__in": versions}).delete()
    for name in PLACES:
        getattr(Version, name).through.objects.filter(version__in=versions).delete()
    versions.update(**dict.fromkeys(WORDS, ""), starts_on=None, ends_on=None)
    return tags


def _forget_tags(tags: Iterable[Tag]) -> None:
    """Delete the hashtags that nobody else uses."""
    relations = [field for field in Tag._meta.related_objects if field.one_to_many]
    for tag in tags:
        used = any(field.related_model.objects.filter(tag=tag).exists() for field in relations)
        if not used:
            tag.delete()


def _erase_organisations(submission: Submission) -> None:
    """Empty the organisations that nothing else knows, and what the audit log calls them."""
    ids = organisations.only_in(submission)
    Organisation.objects.filter(pk__in=ids).update(name="", business_id="", municipality=None, website="")
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Organisation), object_id__in=[str(pk) for pk in ids]
    )
    entries.update(label=submission.reference)


def scrub() -> None:
    """On SQLite, write the file anew, so that no free page or log of it holds what was erased."""
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            if SEARCHED in connection.introspection.table_names(cursor):
                # The index of the search keeps the words of deleted rows until its pieces are merged.
                cursor.execute(f"INSERT INTO {SEARCHED} ({SEARCHED}) VALUES ('optimize')")  # noqa: S608
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError:
        logger.warning("The database was busy; what was erased leaves its file at the next scrub.")
