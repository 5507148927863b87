"""The hashtag feed's events."""

from datetime import datetime
from uuid import UUID

from campaign.models import Campaign, ProgrammeRelease, PublicAward, PublicItem, StreamItem
from home.models import PublicVersion


def record(
    kind: StreamItem.Kind,
    *,
    campaign: Campaign,
    key: str,
    at: datetime,
    item: PublicItem | None = None,
    award: PublicAward | None = None,
    release: ProgrammeRelease | None = None,
    news_key: UUID | None = None,
) -> StreamItem:
    """Tell of an event once; the same key again changes nothing."""
    things = {"item": item, "award": award, "release": release, "news_key": news_key}
    event, created = StreamItem.objects.get_or_create(
        key=f"{kind}:{key}", defaults={"campaign": campaign, "kind": kind, "happened_at": at} | things
    )
    if created:
        PublicVersion.move()
    return event


def tell(item: PublicItem, *, at: datetime) -> None:
    """Make the stream say of one item what its giver lets be shared: published, selected, awarded."""
    if not item.shareable:
        item.events.all().delete()
        return
    kinds = StreamItem.Kind
    campaign = item.campaign
    record(kinds.PUBLISHED, campaign=campaign, key=item.reference, at=item.published_at, item=item)
    if item.selected:
        record(kinds.SELECTED, campaign=campaign, key=item.reference, at=at, item=item)
    else:
        item.events.filter(kind=kinds.SELECTED).delete()
    for award in item.awards.all():
        record(
            kinds.AWARD,
            campaign=campaign,
            key=f"{item.reference}:{award.pk}",
            at=award.announced_at,
            item=item,
            award=award,
        )


def retract(kind: StreamItem.Kind, *, key: str) -> None:
    """Take an event back, as when its news page is unpublished."""
    if StreamItem.objects.filter(key=f"{kind}:{key}").delete()[0]:
        PublicVersion.move()
