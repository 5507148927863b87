"""The ledger of consents: acts are added, never edited."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from pledges import publishing
from pledges.models import Consent, ConsentWording, Participation, Purpose, Submission
from pledges.signals import submission_changed
from pledges.surfaces import agreements

Words = dict[Purpose, ConsentWording]


def current_wordings() -> Words:
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
    words = {Purpose(purpose): wordings[Purpose(purpose)] for purpose in given}
    Consent.objects.bulk_create(_acts(participation, words, given=True, language=language, at=at))


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

    `wordings` are the words that each purpose is agreed to in; the newest ones unless told. A purpose that is given
    in other words than before is an act too. One that they do not name stays as it was agreed to.
    """
    rows = Submission.objects.select_for_update(of=("self",)).select_related("campaign", "screened")
    submission = rows.get(pk=participation.submission_id)
    acts = agreements(submission).get(participation.pk, {})
    new, gone = _differences({purpose: act.wording for purpose, act in acts.items()}, given, wordings)
    if not new and not gone:
        return False
    how = {"language": language, "at": at}
    Consent.objects.bulk_create(
        [*_acts(participation, new, given=True, **how), *_acts(participation, gone, given=False, **how)]
    )
    log(submission, "pledges.consent", data={"purposes": sorted({*new, *gone})}, timestamp=at)
    publishing.refresh_locked(submission, at=at)
    submission_changed.send(Submission, submission=submission, what="consent", at=at)
    return True


def _differences(
    before: Words, given: Iterable[str], wordings: Mapping[Purpose, ConsentWording] | None
) -> tuple[Words, Words]:
    """What is agreed to anew and what is taken back, each in its words."""
    words = {**before, **(wordings or current_wordings())}
    wanted = {Purpose(purpose): words[Purpose(purpose)] for purpose in given}
    new = {purpose: wording for purpose, wording in wanted.items() if before.get(purpose) != wording}
    return new, {purpose: wording for purpose, wording in before.items() if purpose not in wanted}


def _acts(
    participation: Participation, words: Mapping[Purpose, ConsentWording], **what: Any
) -> list[Consent]:
    return [
        Consent(participation=participation, purpose=purpose, wording=words[purpose], **what)
        for purpose in sorted(words)
    ]


def history(participation: Participation) -> QuerySet[Consent]:
    """All acts of one participation with their words, the newest first."""
    return participation.consents.select_related("wording").order_by("-pk")
