"""Editing the draft of a programme: the order of its entries, and their texts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from campaign.models import Programme, ProgrammeEntry, ProgrammeEntryText
from home.models import User


@transaction.atomic
def place(entry: ProgrammeEntry, position: int, *, at: datetime, by: User | None = None) -> None:
    """Move an entry to a place in its chapter, counted from 1; beyond the ends it stops there."""
    programme = Programme.objects.select_for_update().select_related("campaign").get(pk=entry.programme_id)
    chapter = list(programme.entries.filter(theme=entry.theme_id).order_by("position", "pk"))
    others = [other for other in chapter if other.pk != entry.pk]
    place = min(max(position, 1), len(chapter)) - 1
    ordered = [*others[:place], entry, *others[place:]]
    moved = []
    for number, other in enumerate(ordered, start=1):
        if other.position != number:
            other.position = number
            moved.append(other)
    ProgrammeEntry.objects.bulk_update(moved, ["position"], batch_size=500)
    if moved:
        log(programme.campaign, "campaign.order", user=by, data={"entry": entry.pk}, timestamp=at)


@transaction.atomic
def write_texts(
    entry: ProgrammeEntry, texts: Mapping[str, Mapping[str, str]], *, at: datetime, by: User | None = None
) -> None:
    """Write an entry's title and body in several languages: all of them or none."""
    for language, text in texts.items():
        write_text(entry, language, title=text["title"], body=text["body"], at=at, by=by)


@transaction.atomic
def write_text(
    entry: ProgrammeEntry, language: str, *, title: str, body: str, at: datetime, by: User | None = None
) -> ProgrammeEntryText:
    """Write an entry's text in one language by hand; from now on compiling leaves it alone.

    Waits for a compilation that runs: it must not write over a text that it has not seen.
    """
    programme = Programme.objects.select_for_update().select_related("campaign").get(pk=entry.programme_id)
    texts = {"title": title, "body": body, "edited": True}
    text, _created = ProgrammeEntryText.objects.update_or_create(
        entry=entry, language=language, defaults=texts
    )
    log(
        programme.campaign,
        "campaign.write_text",
        user=by,
        data={"entry": entry.pk, "language": language},
        timestamp=at,
    )
    return text
