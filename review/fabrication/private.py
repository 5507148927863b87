"""Writing a batch of fabricated submissions: their private rows."""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import OuterRef, Subquery

from pledges.models import (
    Action,
    Consent,
    Exchange,
    Organisation,
    Participation,
    Purpose,
    Status,
    Submission,
    Version,
)
from pledges.models.submission import AFTER_SCREENING
from pledges.models.version import VersionTag
from review.fabrication.facts import Facts
from review.fabrication.inserting import insert, link
from review.fabrication.world import World

SCREENED = AFTER_SCREENING | {Status.WITHDRAWN, Status.INELIGIBLE}
CONSENT = ("participation_id", "purpose", "wording_id", "language", "given", "at")


def write(batch: list[Facts], world: World) -> None:
    """Afterwards the rows in the facts know their ids."""
    Organisation.objects.bulk_create([row for facts in batch for row in (facts.lead, facts.partner) if row])
    Submission.objects.bulk_create([facts.submission for facts in batch])
    for facts in batch:
        facts.version.submission = facts.submission
    Version.objects.bulk_create([facts.version for facts in batch])
    _point_to_versions(batch)
    Action.objects.bulk_create([_action(facts) for facts in batch])
    Exchange.objects.bulk_create([_need(facts) for facts in batch if facts.need])
    _relate(batch, world)
    _take_part(batch, world)


def _point_to_versions(batch: list[Facts]) -> None:
    """Each submission has one version so far; what has come past the screening has it screened."""
    version = Version.objects.filter(submission=OuterRef("pk"))
    written = Submission.objects.filter(pk__in=[facts.submission.pk for facts in batch])
    written.update(latest=Subquery(version.values("pk")[:1]))
    written.filter(status__in=SCREENED).update(screened=Subquery(version.values("pk")[:1]))


def _action(facts: Facts) -> Action:
    what, unit, target = facts.aim
    return Action(version=facts.version, what=what, unit=unit, start=0, target=target)


def _need(facts: Facts) -> Exchange:
    return Exchange(version=facts.version, direction=Exchange.Direction.NEED, what=facts.need)


def _relate(batch: list[Facts], world: World) -> None:
    for name in ("other_themes", "regions", "municipalities"):
        link(Version, name, ((f.version.pk, row.pk) for f in batch for row in getattr(f, name)))
    tags = ((f.version.pk, world.tags[name].pk) for f in batch for name in f.tags)
    insert(VersionTag, ("content_object_id", "tag_id"), tags)


def _take_part(batch: list[Facts], world: World) -> None:
    role, confirmed = Participation.Role, Participation.State.CONFIRMED
    leads = [
        Participation(submission=f.submission, organisation=f.lead, role=role.LEAD, state=confirmed)
        for f in batch
    ]
    partners = [
        Participation(submission=f.submission, organisation=f.partner, role=role.PARTNER, state=confirmed)
        for f in batch
        if f.partner
    ]
    Participation.objects.bulk_create(leads + partners)
    given = [(part, facts.consents) for part, facts in zip(leads, batch, strict=True)]
    given += [(part, [Purpose.ORGANISATION]) for part in partners]
    insert(Consent, CONSENT, (row for part, purposes in given for row in _consents(part, purposes, world)))


def _consents(part: Participation, purposes: Iterable[Purpose], world: World) -> Iterator[tuple]:
    submission = part.submission
    at = connection.ops.adapt_datetimefield_value(submission.created_at)
    for purpose in sorted(purposes):
        yield part.pk, purpose.value, world.wordings[purpose].pk, submission.mail_language, True, at
