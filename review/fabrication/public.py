"""Writing a batch of fabricated submissions: the public copies, as `pledges.publishing.refresh` would write them."""

from campaign import facets
from campaign.models import PublicItem, StreamItem
from campaign.models.public import PublicItemTag
from home.models import PublicVersion
from pledges import publishing
from pledges.models import Participation, Purpose, Status
from pledges.models.submission import AFTER_SCREENING
from review.fabrication.facts import Facts
from review.fabrication.inserting import insert, link
from review.fabrication.world import World

Role = Participation.Role


def write(batch: list[Facts], world: World) -> None:
    """The copies with their tags, counters and events, of what status, consent and timing let be public."""
    shown = [facts for facts in batch if _is_shown(facts, world)]
    items = PublicItem.objects.bulk_create([_copy(facts) for facts in shown])
    pairs = list(zip(items, shown, strict=True))
    for name in publishing.COPIED_RELATIONS:
        link(PublicItem, name, ((item.pk, row.pk) for item, facts in pairs for row in getattr(facts, name)))
    tags = ((item.pk, world.tags[name].pk) for item, facts in pairs for name in facts.tags)
    insert(PublicItemTag, ("content_object_id", "tag_id"), tags)
    _tell(items, shown)
    _count(shown, world)
    PublicVersion.move()


def _is_shown(facts: Facts, world: World) -> bool:
    status = facts.submission.status
    return (
        status in AFTER_SCREENING
        and Purpose.TEXT in facts.consents
        and publishing.is_time(facts.submission, world.at)
    )


def _copy(facts: Facts) -> PublicItem:
    submission, version, consents = facts.submission, facts.version, facts.consents
    what, unit, target = facts.aim
    item = PublicItem(
        campaign=submission.campaign,
        reference=submission.reference,
        kind=submission.kind,
        organisation_kind=facts.lead.kind,
        organisations=_named(facts),
        actions=[{"what": what, "unit": unit, "start": "0", "target": str(target)}],
        needs=[{"what": facts.need, "amount": "", "where": "", "until": ""}] if facts.need else [],
        offers=[],
        selected=submission.status == Status.SELECTED,
        shareable=Purpose.SOCIAL in consents,
        contactable=Purpose.CONTACT in consents,
        reusable=Purpose.REUSE in consents,
        published_at=submission.status_at,
        **{name: getattr(version, name) for name in publishing.COPIED_FIELDS},
    )
    item.search_text = publishing.search_text(item, _places(facts), facts.tags)
    return item


def _named(facts: Facts) -> list[dict[str, str]]:
    parts = [(facts.lead, Role.LEAD)] if Purpose.ORGANISATION in facts.consents else []
    if facts.partner:
        parts.append((facts.partner, Role.PARTNER))
    return [
        {"name": organisation.name, "kind": organisation.kind, "role": role, "website": organisation.website}
        for organisation, role in parts
    ]


def _places(facts: Facts) -> list[str]:
    names = [name for region in facts.regions for name in (region.name_fi, region.name_sv, region.name_en)]
    names += [name for place in facts.municipalities for name in (place.name_fi, place.name_sv)]
    return [name for name in names if name]


def _tell(items: list[PublicItem], shown: list[Facts]) -> None:
    kinds = StreamItem.Kind
    events = []
    for item, facts in zip(items, shown, strict=True):
        moments = {kinds.PUBLISHED: item.published_at}
        if item.selected:
            moments[kinds.SELECTED] = facts.submission.status_at
        for kind, moment in moments.items() if item.shareable else ():
            key = f"{kind}:{item.reference}"
            events.append(
                StreamItem(campaign=item.campaign, kind=kind, key=key, item=item, happened_at=moment)
            )
    StreamItem.objects.bulk_create(events)


def _count(shown: list[Facts], world: World) -> None:
    """As `facets.facets_of` counts each of them."""
    after = facets.Facets()
    for facts in shown:
        values = {("total", ""), ("kind", facts.submission.kind), ("organisation_kind", facts.lead.kind)}
        values |= {("theme", str(theme.pk)) for theme in (facts.version.theme, *facts.other_themes)}
        values |= {("region", region.code) for region in facts.regions}
        values |= {("tag", world.tags[name].slug) for name in facts.tags}
        after.update(values)
    facets.count(world.campaign, before=facets.Facets(), after=after)
