"""The ledger of consents: acts are added, never edited."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

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


def first(
    participation: Participation,
    given: Iterable[str],
    *,
    wordings: Mapping[Purpose, ConsentWording],
    language: str,
    at: datetime,
) -> None:
    """Record what was agreed to when the submission was sent. Nothing is public yet, so nothing else changes."""
    Consent.objects.bulk_create(_acts(participation, given, wordings, given=True, language=language, at=at))


@transaction.atomic
def record(
    participation: Participation,
    given: Iterable[str],
    *,
    language: str,
    at: datetime,
    wordings: Mapping[Purpose, ConsentWording] | None = None,
) -> bool:
    """Make the consents in force be exactly `given`, by adding acts for what changed; whether anything did.

    `wordings` are the words that the giver had on the screen; the newest ones unless told.
    """
    wanted = {Purpose(purpose) for purpose in given}
    rows = Submission.objects.select_for_update(of=("self",)).select_related("campaign", "screened")
    submission = rows.get(pk=participation.submission_id)
    before = in_force(submission).get(participation.pk, frozenset())
    changed = wanted ^ before
    if not changed:
        return False
    wordings = wordings or current_wordings()
    acts = _acts(participation, wanted - before, wordings, given=True, language=language, at=at)
    acts += _acts(participation, before - wanted, wordings, given=False, language=language, at=at)
    Consent.objects.bulk_create(acts)
    log(submission, "pledges.consent", data={"purposes": sorted(changed)}, timestamp=at)
    publishing.refresh_locked(submission, at=at)
    submission_changed.send(Submission, submission=submission, what="consent", at=at)
    return True


def _acts(
    participation: Participation,
    purposes: Iterable[str],
    wordings: Mapping[Purpose, ConsentWording],
    **what: Any,
) -> list[Consent]:
    return [
        Consent(participation=participation, purpose=purpose, wording=wordings[Purpose(purpose)], **what)
        for purpose in sorted(purposes)
    ]
