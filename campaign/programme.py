"""Compiling the co-operation programme and releasing its numbered editions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, QuerySet
from wagtail.log_actions import log

from campaign import stream
from campaign.languages import translated
from campaign.models import (
    Campaign,
    Programme,
    ProgrammeEntry,
    ProgrammeEntryText,
    ProgrammeRelease,
    PublicItem,
    ReleasedEntry,
    StreamItem,
)
from home.languages import CODES
from home.models import PublicVersion, User


@dataclass(frozen=True)
class Compilation:
    """What a compilation changed: how many entries came, went and stayed."""

    added: int
    removed: int
    kept: int


@transaction.atomic
def compile_programme(campaign: Campaign, *, at: datetime, by: User | None = None) -> Compilation:
    """Bring the draft up to date with the selected submissions whose givers let the text be published.

    Entries keep their order, new ones come last in their chapter; text that an editor changed is kept.
    """
    programme, _created = Programme.objects.select_for_update().get_or_create(campaign=campaign)
    removed = programme.entries.exclude(item__selected=True).delete()[1].get("campaign.ProgrammeEntry", 0)
    kept = programme.entries.count()
    entries = _add(programme, uncompiled(campaign).order_by("theme", "published_at", "pk"))
    _write_texts(programme)
    programme.compiled_at = at
    programme.save(update_fields=["compiled_at"])
    log(campaign, "campaign.compile", user=by, timestamp=at, data={"added": len(entries), "removed": removed})
    return Compilation(added=len(entries), removed=removed, kept=kept)


def uncompiled(campaign: Campaign) -> QuerySet[PublicItem]:
    """What was selected, or may be published again, since the draft was last compiled: no edition would hold it."""
    return campaign.public_items.filter(selected=True, programme_entry__isnull=True)


def _add(programme: Programme, items: QuerySet[PublicItem]) -> list[ProgrammeEntry]:
    lasts = dict(programme.entries.values_list("theme").annotate(last=Max("position")).order_by())
    entries = []
    for item, theme in items.values_list("pk", "theme"):
        lasts[theme] = lasts.get(theme, 0) + 1
        entries.append(
            ProgrammeEntry(programme=programme, item_id=item, theme_id=theme, position=lasts[theme])
        )
    return ProgrammeEntry.objects.bulk_create(entries, batch_size=500)


def _write_texts(programme: Programme) -> None:
    """Each entry's text in its own language and in those it is translated into, made anew from the public copy.

    What an editor changed stays. A text whose language or translation is gone goes with it.
    """
    texts = ProgrammeEntryText.objects.filter(entry__programme=programme)
    edited = set(texts.filter(edited=True).values_list("entry", "language"))
    written = [text for text in _of_items(programme) if (text.entry_id, text.language) not in edited]
    kept = {(text.entry_id, text.language) for text in written}
    unedited = texts.filter(edited=False).values_list("pk", "entry", "language")
    gone = [pk for pk, *place in unedited if tuple(place) not in kept]
    for start in range(0, len(gone), 500):
        texts.filter(pk__in=gone[start : start + 500]).delete()
    ProgrammeEntryText.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["entry", "language"],
        update_fields=["title", "body"],
        batch_size=500,
    )


def _of_items(programme: Programme) -> Iterator[ProgrammeEntryText]:
    """What the items say in each language: what they were written in, and translations that are whole."""
    columns = {
        f"{name}_{code}": translated(name, code, of="item__")
        for code in CODES
        for name in ("title", "summary")
    }
    rows = programme.entries.annotate(**columns).values(
        "pk", "item__language", "item__title", "item__summary", *columns
    )
    for row in rows:
        said = {code: (row[f"title_{code}"], row[f"summary_{code}"]) for code in CODES}
        said[row["item__language"]] = (row["item__title"], row["item__summary"])
        for language, (title, summary) in said.items():
            if title and summary:
                yield ProgrammeEntryText(entry_id=row["pk"], language=language, title=title, body=summary)


def missing_languages(programme: Programme) -> dict[str, list[ProgrammeEntry]]:
    """Which entries lack text in which language; every language is named, with an empty list when complete."""
    missing: dict[str, list[ProgrammeEntry]] = {code: [] for code, _name in settings.LANGUAGES}
    for entry in programme.entries.select_related("item").prefetch_related("texts"):
        written = {text.language for text in entry.texts.all() if text.body.strip()}
        for code in missing.keys() - written:
            missing[code].append(entry)
    return missing


@transaction.atomic
def release_programme(campaign: Campaign, *, at: datetime, by: User | None = None) -> ProgrammeRelease:
    """Make the next numbered edition from the draft, for all languages, and tell the stream.

    Raises ValueError when the draft has no entries.
    """
    programme, _created = Programme.objects.select_for_update().get_or_create(campaign=campaign)
    entries = list(programme.entries.filter(item__selected=True).prefetch_related("texts"))
    if not entries:
        raise ValueError("A programme without entries cannot be released.")
    number = (programme.releases.aggregate(last=Max("number"))["last"] or 0) + 1
    release = ProgrammeRelease.objects.create(programme=programme, number=number, released_at=at)
    ReleasedEntry.objects.bulk_create(
        [
            ReleasedEntry(
                release=release,
                item_id=entry.item_id,
                theme_id=entry.theme_id,
                position=position,
                texts={text.language: {"title": text.title, "body": text.body} for text in entry.texts.all()},
            )
            for position, entry in enumerate(entries, start=1)
        ],
        batch_size=500,
    )
    stream.record(
        StreamItem.Kind.RELEASE, campaign=campaign, key=f"{campaign.slug}:{number}", at=at, release=release
    )
    log(campaign, "campaign.release", user=by, timestamp=at, data={"number": number, "entries": len(entries)})
    PublicVersion.move()
    return release


def forget(item: PublicItem) -> None:
    """Let every edition say that an entry was removed; the lines themselves go with the item."""
    ProgrammeRelease.objects.filter(entries__item=item).update(removed=F("removed") + 1)


def latest_release(campaign: Campaign | None = None) -> ProgrammeRelease | None:
    """The newest edition of a campaign, or of any campaign when none is named."""
    releases = ProgrammeRelease.objects.select_related("programme__campaign").order_by("-released_at", "-pk")
    if campaign is not None:
        releases = releases.filter(programme__campaign=campaign)
    return releases.first()
