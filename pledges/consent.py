"""The ledger of consents: acts are added, never edited."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from pledges import publishing
from pledges.models import Consent, ConsentWording, Participation, Purpose, Submission
from pledges.signals import submission_changed
from pledges.surfaces import in_force


def current_wordings() -> dict[Purpose, ConsentWording]:
    """The newest wording of each purpose, in the order of the purposes."""
    newest = {wording.purpose: wording for wording in ConsentWording.objects.order_by("number")}
    return {purpose: newest[purpose] for purpose in Purpose if purpose in newest}


def first(participation: Participation, given: Iterable[str], *, language: str, at: datetime) -> None:
    """Record what was agreed to when the submission was sent. Nothing is public yet, so nothing else changes."""
    _add(participation, {Purpose(purpose) for purpose in given}, given=True, language=language, at=at)


@transaction.atomic
def record(participation: Participation, given: Iterable[str], *, language: str, at: datetime) -> bool:
    """Make the consents in force be exactly `given`, by adding acts for what changed; whether anything did."""
    wanted = {Purpose(purpose) for purpose in given}
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .get(pk=participation.submission_id)
    )
    before = in_force(submission).get(participation.pk, frozenset())
    changed = wanted ^ before
    if not changed:
        return False
    _add(participation, wanted - before, given=True, language=language, at=at)
    _add(participation, before - wanted, given=False, language=language, at=at)
    log(submission, "pledges.consent", data={"purposes": sorted(changed)}, timestamp=at)
    publishing.refresh(submission, at=at)
    submission_changed.send(Submission, submission=submission, what="consent", at=at)
    return True


def _add(
    participation: Participation, purposes: Iterable[Purpose], *, given: bool, language: str, at: datetime
) -> None:
    if not purposes:
        return
    wordings = current_wordings()
    Consent.objects.bulk_create(
        Consent(
            participation=participation,
            purpose=purpose,
            wording=wordings[purpose],
            language=language,
            given=given,
            at=at,
        )
        for purpose in sorted(purposes)
    )
