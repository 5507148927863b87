"""The ledger of consents: acts are added, never edited."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from pledges import publishing
from pledges.models import Consent, ConsentWording, Participation, Purpose, Submission
from pledges.signals import submission_changed
from pledges.surfaces import in_force


def current_wordings() -> dict[str, ConsentWording]:
    """The newest wording of each purpose."""
    return {wording.purpose: wording for wording in ConsentWording.objects.order_by("number")}


@transaction.atomic
def record(participation: Participation, given: Iterable[str], *, language: str, at: datetime) -> None:
    """Make the consents in force be exactly `given`, by adding acts for what changed."""
    wanted = {Purpose(purpose) for purpose in given}
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .get(pk=participation.submission_id)
    )
    before = in_force(submission).get(participation.pk, frozenset())
    changed = wanted ^ before
    if not changed:
        return
    wordings = current_wordings()
    Consent.objects.bulk_create(
        Consent(
            participation=participation,
            purpose=purpose,
            wording=wordings[purpose],
            language=language,
            given=purpose in wanted,
            at=at,
        )
        for purpose in sorted(changed)
    )
    log(submission, "pledges.consent", data={"purposes": sorted(changed)}, timestamp=at)
    publishing.refresh(submission, at=at)
    submission_changed.send(Submission, submission=submission, what="consent", at=at)
