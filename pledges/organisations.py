"""Organisations are known once: found again by their business ID, corrected by who takes part, merged by coordinators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from campaign.models import PublicItem
from home.models import User
from pledges import publishing
from pledges.changes import differing, update
from pledges.lifecycle import Refused
from pledges.models import Organisation, Participation, Purpose, Submission
from pledges.signals import submission_changed
from pledges.surfaces import in_force

MERGE = "pledges.merge_organisation"
# What participants say of their organisation.
SAID = ("name", "kind", "business_id", "municipality_id", "website")
State = Participation.State
# Parts that another row of the same organisation may have beside its own.
ENDED = frozenset({State.DECLINED, State.REMOVED})


def known(values: Mapping[str, Any]) -> Organisation | None:
    """The organisation that is described by the same business ID, name and kind, and by nothing that differs.

    Who types a business ID does not prove to be that organisation, so nothing of the known one is changed by it.
    """
    if not values.get("business_id"):
        return None
    for row in Organisation.objects.filter(business_id=values["business_id"], merged_into=None):
        same_name = row.name.casefold() == values["name"].casefold()
        differing = [name for name, value in values.items() if value and value != getattr(row, name)]
        if same_name and set(differing) <= {"name"}:
            return row
    return None


def known_or_new(values: Mapping[str, Any]) -> Organisation:
    """The organisation of these values: the one that is known, or a new row, perhaps a double for a coordinator."""
    return known(values) or Organisation.objects.create(**values)


def lead_of(submission: Submission) -> Organisation:
    """The organisation that gives it, with its municipality."""
    rows = Organisation.objects.select_related("municipality")
    return rows.get(participations__submission=submission, participations__role=Participation.Role.LEAD)


def correct(part: Participation, values: Mapping[str, Any], *, at: datetime) -> bool:
    """Write what a participant says of its organisation; whether anything changed.

    A name or website that a partner gives itself waits for a coordinator, unless it is one that is public already:
    the lead's were screened with the text, and so was whom the lead had invited by name until then.
    """
    before = part.organisation
    changed = differing(before, values)
    if not changed:
        return False
    shown = before.name, before.website
    is_public = _write(part, changed)
    if part.role != Participation.Role.LEAD and shown != (part.organisation.name, part.organisation.website):
        part.name_waits_since = None if is_public else at
        part.save(update_fields=["name_waits_since"])
    submission_changed.send(Submission, submission=part.submission, what="participants", at=at)
    return True


def _write(part: Participation, changed: Mapping[str, Any]) -> bool:
    """Write what changed; whether it says now that it is an organisation which is named in public already.

    What it describes may be one that is known: then it takes part as that, and the row it had goes. What takes part
    elsewhere too is left as it is there, and this part gets its own row.
    """
    before = part.organisation
    said = {name: getattr(before, name) for name in SAID} | {**changed}
    is_shared = before.participations.exclude(pk=part.pk).exists()
    same = known(said)
    if same:  # which a coordinator may be merging into another just now
        same = (
            Organisation.objects.select_for_update(no_key=True).filter(pk=same.pk, merged_into=None).first()
        )
    if same and not same.participations.filter(submission=part.submission_id).exists():
        is_public = same == public_by_business_id(same.business_id)
        _take_part_as(part, same)
        if not is_shared and not before.merged.exists():
            before.delete()
        return is_public
    if is_shared:
        _take_part_as(part, Organisation.objects.create(**said))
    else:
        update(before, changed)
    return False


def _take_part_as(part: Participation, organisation: Organisation) -> None:
    part.organisation = organisation
    part.save(update_fields=["organisation"])


def public_by_business_id(business_id: str) -> Organisation | None:
    """The organisation of this business ID, where it is named in public: what a form may offer to anybody."""
    parts = Participation.objects.filter(
        organisation__business_id=business_id,
        organisation__merged_into=None,
        state=State.CONFIRMED,
        name_waits_since=None,
    ).select_related("organisation__municipality", "submission")
    for part in parts.order_by("-pk")[:10]:
        agreed = in_force(part.submission).get(part.pk, frozenset())
        is_public = PublicItem.objects.filter(reference=part.submission.reference).exists()
        if is_public and Purpose.ORGANISATION in agreed:
            return part.organisation
    return None


def in_use() -> QuerySet[Organisation]:
    """Those that take part in something and are not merged into another."""
    return Organisation.objects.filter(merged_into=None).exclude(name="").select_related("municipality")


def doubles(*, most: int) -> list[list[Organisation]]:
    """Groups that may be the same organisation, by business ID or by name; those of different business IDs are not.

    At most `most` groups of each sort, in four queries.
    """
    rows = in_use().annotate(folded=Lower("name")).order_by("pk")
    bare = rows.select_related(None).order_by()
    ids = bare.exclude(business_id="").values("business_id").annotate(rows=Count("pk")).filter(rows__gt=1)
    known = Count("business_id", distinct=True, filter=~Q(business_id=""))
    names = bare.values("folded").annotate(rows=Count("pk"), known=known).filter(rows__gt=1, known__lte=1)
    groups: dict[str, list[Organisation]] = defaultdict(list)
    for field, twice in (("business_id", ids), ("folded", names)):
        values = list(twice.order_by(field).values_list(field, flat=True)[:most])
        for row in rows.filter(**{f"{field}__in": values}):
            groups[f"{field} {getattr(row, field)}"].append(row)
    return list({tuple(row.pk for row in group): group for group in groups.values()}.values())


@transaction.atomic
def merge(kept: Organisation, others: Iterable[Organisation], *, by: User, at: datetime) -> None:
    """Let `kept` stand for the others everywhere. Their rows stay, with what they were. Raises Refused.

    In a submission that several of them know, one has taken part at most; the part that ended there stays with a row
    that is merged.
    """
    pks = {each.pk for each in others} - {kept.pk}
    _lock_submissions(Participation.objects.filter(organisation__in={kept.pk, *pks}))
    rows = {
        row.pk: row
        for row in Organisation.objects.select_for_update(no_key=True)
        .filter(pk__in={kept.pk, *pks})
        .order_by("pk")
    }
    if not pks or any(rows[pk].merged_into_id or not rows[pk].name for pk in (kept.pk, *pks)):
        raise Refused(_("Choose at least two organisations that stand for themselves."))
    parts = Participation.objects.filter(organisation__in=rows).order_by("submission", "pk")
    standing = _standing(kept, parts)
    if ended := [part for part in parts if part.organisation_id == kept.pk and part not in standing]:
        former = Organisation.objects.create(**{name: getattr(kept, name) for name in SAID})
        Participation.objects.filter(pk__in=[part.pk for part in ended]).update(organisation=former)
        _into(kept, former, ended, by=by, at=at)
    for pk in sorted(pks):
        moved = [part for part in standing if part.organisation_id == pk]
        Participation.objects.filter(pk__in=[part.pk for part in moved]).update(organisation=kept)
        _into(kept, rows[pk], moved, by=by, at=at)
    _refresh([part.submission_id for part in parts], at=at)


def _standing(kept: Organisation, parts: Iterable[Participation]) -> list[Participation]:
    """Of each submission the part that counts there from now on. Raises Refused where two of them take part."""
    groups: dict[int, list[Participation]] = defaultdict(list)
    for part in parts:
        groups[part.submission_id].append(part)
    twice = [pk for pk, group in groups.items() if sum(part.state not in ENDED for part in group) > 1]
    if twice:
        references = Submission.objects.filter(pk__in=twice).values_list("reference", flat=True)
        raise Refused(
            _("Both take part in %(reference)s. One of them has to leave it first.")
            % {"reference": ", ".join(references)}
        )
    return [
        max(group, key=lambda part: (part.state not in ENDED, part.organisation_id == kept.pk))
        for group in groups.values()
    ]


def _into(
    kept: Organisation, row: Organisation, parts: Iterable[Participation], *, by: User, at: datetime
) -> None:
    """Merge one row, and note the parts that it brings."""
    Organisation.objects.filter(pk=row.pk).update(merged_into=kept)
    brought = [part.pk for part in parts]
    log(row, MERGE, user=by, data={"into": kept.pk, "participations": brought}, timestamp=at)


@transaction.atomic
def part_again(organisation: Organisation, *, by: User, at: datetime) -> None:
    """Take a merging back: the organisation gets back the parts that it had. Raises Refused.

    What it is merged into may have been merged in turn, and have taken the parts along.
    """
    _lock_submissions(Participation.objects.filter(pk__in=_brought(organisation)))
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if row.merged_into_id is None:
        raise Refused(_("This organisation stands for itself."))
    above, top = [], row
    while top.merged_into_id:
        top = Organisation.objects.select_for_update(no_key=True).get(pk=top.merged_into_id)
        above.append(top.pk)
    parts = Participation.objects.filter(pk__in=_brought(row), organisation__in=above)
    submissions = list(parts.values_list("submission", flat=True))
    parts.update(organisation=row)
    row.merged_into = None
    row.save(update_fields=["merged_into"])
    log(row, "pledges.part_organisation", user=by, timestamp=at)
    _refresh(submissions, at=at)


def _brought(row: Organisation) -> set[int]:
    """The ids of the parts that a merged organisation had; none where it stands for itself."""
    if row.merged_into_id is None:
        return set()
    merges = ModelLogEntry.objects.for_instance(row).filter(action=MERGE)
    return set(merges.latest("timestamp", "pk").data["participations"])


def only_in(submission: Submission) -> list[int]:
    """The ids of the organisations that no other submission knows, as they are or under a name that was merged."""
    parts = set(submission.participations.values_list("pk", flat=True))
    found: list[int] = []
    rows = list(Organisation.objects.filter(participations__submission=submission))
    while rows:
        for row in rows:
            own = {*row.participations.values_list("pk", flat=True), *_brought(row)}
            if own <= parts and (own or row.merged_into_id in found):
                found.append(row.pk)
        rows = list(Organisation.objects.filter(merged_into__in=rows))
    return found


def _lock_submissions(parts: QuerySet[Participation]) -> None:
    """Lock them before their organisations, as everybody does who changes what a part says of its own."""
    rows = Submission.objects.filter(pk__in=parts.order_by().values("submission")).order_by("pk")
    list(rows.select_for_update().values_list("pk"))


def _refresh(submissions: Iterable[int], *, at: datetime) -> None:
    for submission in Submission.objects.filter(pk__in=submissions).order_by("pk"):
        publishing.refresh(submission, at=at)
