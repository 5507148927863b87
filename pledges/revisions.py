"""New versions of a submission's text: the owner's corrections, and what a coordinator lets through."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from pledges import correcting, organisations, publishing, versions
from pledges.actors import Actor, Role
from pledges.changes import differing, update
from pledges.deadlines import when_settled
from pledges.lifecycle import Refused, lock, lock_by_link, when_erased, while_the_call_is_open
from pledges.models import Participation, Status, Submission, Version
from pledges.models.submission import AFTER_SCREENING
from pledges.racing import through_races
from pledges.signals import submission_changed
from pledges.substance import tell_of_change
from pledges.unsent import Draft, give_way
from pledges.versions import Text


@dataclass(frozen=True)
class Revision:
    """What came of an edit. `overtaken` is a version that was saved elsewhere since the editor opened the text."""

    version: Version
    is_new: bool
    overtaken: Version | None = None


def edit_refusal(submission: Submission, *, at: datetime) -> str | None:
    """Why the owner may not change the text now, as a sentence; None when it may be changed.

    A draft may always be edited: whether it can be sent is another question.
    """
    if sentence := when_settled(submission):
        return sentence
    if submission.is_draft:
        return None
    sentence = while_the_call_is_open(submission, at)
    if sentence is None or submission.status == Status.RETURNED:
        return sentence
    return _("The call has closed, so the text can no longer be changed.")


def kind_refusal(submission: Submission, kind: str, *, at: datetime) -> str | None:
    """Why it may not be made another kind now, as a sentence; None when it may, or is of that kind.

    What was screened keeps its kind: reviewers judge it as that, and it may be public as that.
    """
    if kind == submission.kind:
        return None
    if submission.screened_id:
        return _("It has been screened meanwhile, so it stays what it was: a pledge or an initiative.")
    if submission.is_draft or submission.may_be_corrected(at) or submission.campaign.accepts(kind, at):
        return None
    return _("The call does not take this kind now.")


@transaction.atomic
def revise(submission: Submission, text: Text, *, base: int | None, at: datetime) -> Revision:
    """Save the owner's changed text as a new version. Raises Refused with a sentence for the reader.

    `base` is the number of the version that the editor was opened on. Where another was saved since, both are
    kept, the later one counts, and the result names the one that it overtook.
    """
    locked = lock(submission)
    latest = locked.latest
    before = versions.read(latest) if latest else None
    if latest and before and before.says_the_same_as(text):
        return Revision(latest, is_new=False)
    changed = correcting.differing(before, text) if before else set()
    if sentence := edit_refusal(locked, at=at) or correcting.refusal(locked, changed):
        raise Refused(sentence)
    version = versions.write(locked, text, at=at)
    log(locked, "pledges.revise", data={"version": version.number}, timestamp=at)
    tell_of_change(locked, latest, version, at=at)
    submission_changed.send(Submission, submission=locked, what="text", at=at)
    overtaken = latest if latest and base is not None and latest.number > base else None
    return Revision(version, is_new=True, overtaken=overtaken)


def correct(
    submission: Submission,
    text: Text,
    *,
    people: Mapping[str, Any],
    giver: Mapping[str, Any],
    base: int | None,
    at: datetime,
    kind: str = "",
    draft: Draft | None = None,
) -> Revision:
    """Save what the owner changed on the edit page: text, contact people, and kind and giver where it asks for them.

    What was kept of the change unsent (`draft`) goes. Raises Refused with a sentence for the reader.
    """

    def act() -> Revision:
        locked = lock_by_link(submission)
        if draft:
            give_way(draft)
        return _correct(locked, text, people, giver, base, at, kind)

    return through_races(act)


def _correct(
    locked: Submission,
    text: Text,
    people: Mapping[str, Any],
    giver: Mapping[str, Any],
    base: int | None,
    at: datetime,
    kind: str,
) -> Revision:
    kind = kind or locked.kind
    lead = _lead_to_correct(locked) if giver else None
    changed = {"kind"} if kind != locked.kind else set()
    if lead and differing(lead.organisation, giver):
        changed |= {"organisation_name"}
    sentence = edit_refusal(locked, at=at) or kind_refusal(locked, kind, at=at)
    if sentence := sentence or correcting.refusal(locked, changed):
        raise Refused(sentence)
    revision = revise(locked, text, base=base, at=at)
    if kind != locked.kind:
        log(locked, "pledges.correct_kind", data={"fields": ["kind"]}, timestamp=at)
    update(locked, {**people, "kind": kind})
    if lead:
        organisations.correct(lead, giver, at=at)
    return revision


def _lead_to_correct(submission: Submission) -> Participation | None:
    """The giver, until it has been checked at the screening."""
    if submission.screened_id:
        return None
    return submission.participations.select_related("organisation").get(role=Participation.Role.LEAD)


@transaction.atomic
def correct_people(submission: Submission, people: Mapping[str, Any], *, at: datetime) -> bool:
    """Save who can be asked, which the owner may correct after the call too; whether anything changed.

    Raises Refused with a sentence for the reader.
    """
    locked = lock(submission)
    if not locked.has_correspondence:
        raise Refused(_("This has ended, so its contact persons are no longer changed."))
    changed = differing(locked, people)
    if changed:
        update(locked, changed)
        log(locked, "pledges.correct_people", data={"fields": sorted(changed)}, timestamp=at)
    return bool(changed)


def pass_refusal(submission: Submission, *, by: Actor) -> str | None:
    """Why a newer text may not be passed now, as a sentence; None when it may."""
    if sentence := when_erased(submission):
        return sentence
    if by.role is not Role.COORDINATOR:
        return _("This is not yours to do.")
    if submission.status not in AFTER_SCREENING:
        return _("Only a submission that has been screened can have a newer text passed.")
    if not submission.is_unread():
        return _("There is no newer text to pass.")
    return None


@transaction.atomic
def pass_version(
    submission: Submission, version: Version, *, by: Actor, at: datetime, files: Collection[int] = ()
) -> Submission:
    """Let a newer version be what reviewers, the programme and the public read. Raises Refused.

    `version` is the one that the coordinator has read, so a text that came a second ago is never passed unread.
    `files` are the ids of the new files beside it.
    """
    locked = lock(submission)
    if sentence := pass_refusal(locked, by=by):
        raise Refused(sentence)
    if version.pk != locked.latest_id:
        raise Refused(_("A newer text has come meanwhile. Read it before you pass it."))
    tell_of_change(locked, locked.screened, version, at=at)
    locked.screened = version
    locked.save(update_fields=["screened"])
    if files:
        locked.attachments.let_pass(files, at=at)
    log(locked, "pledges.pass_version", user=by.user, data={"version": version.number}, timestamp=at)
    publishing.refresh_locked(locked, at=at)
    submission_changed.send(Submission, submission=locked, what="text", at=at)
    return locked
