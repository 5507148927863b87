"""Reading a released edition of the co-operation programme, in a reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign import facets
from campaign.house import House, Plate, row
from campaign.kinds import Scope
from campaign.languages import named
from campaign.models import Campaign, ProgrammeRelease, PublicAward, PublicItem, ReleasedEntry, Theme
from campaign.models.text import lang_of
from campaign.programme import latest_release

PHONE_COLUMNS, PHONE_ROWS = 6, 8


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry as it is read. `lang` and the language's name are given where it differs from the reader's."""

    item: PublicItem
    title: str
    body: str
    lang: str | None
    language_name: str
    awards: list[PublicAward]


@dataclass(frozen=True)
class Chapter:
    theme: Theme
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Edition:
    release: ProgrammeRelease
    campaign: Campaign
    chapters: list[Chapter]
    organisations: list[tuple[str, list[Entry]]]
    places: list[tuple[str, list[Entry]]]
    numbers: list[dict]
    cover: House
    phone_cover: House
    others: list[dict]

    @property
    def is_latest(self) -> bool:
        return all(other["release"].number < self.release.number for other in self.others)


def release_url(campaign: Campaign, release: ProgrammeRelease) -> str:
    return f"{campaign.address('programme')}?edition={release.number}"


def latest_edition(request: HttpRequest, campaign: Campaign | None = None, *, language: str) -> dict:
    """What the programme page prints: the latest edition, or the one that `?edition=` asks for."""
    release = latest_release(campaign)
    if release is None:
        return {"edition": None}
    asked = request.GET.get("edition", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5:
        editions = ProgrammeRelease.objects.select_related("programme__campaign")
        release = editions.filter(programme=release.programme_id, number=asked).first() or release
    return {"edition": read(release, language=language)}


def read(release: ProgrammeRelease, *, language: str) -> Edition:
    """A whole edition, in six queries whatever the number of its entries."""
    campaign = release.programme.campaign
    rows = list(
        release.entries.select_related("item", "theme")
        .prefetch_related("item__regions", "item__municipalities", "item__awards")
        .order_by("position")
    )
    for entry in rows:
        entry.item.campaign, entry.item.theme = campaign, entry.theme
    chapters = _chapters(rows, language)
    entries = [entry for chapter in chapters for entry in chapter.entries]
    plates = [_plate(entry) for entry in entries]
    return Edition(
        release=release,
        campaign=campaign,
        chapters=chapters,
        organisations=_index(entries, _organisations_of),
        places=_index(entries, _places_of),
        numbers=_numbers(campaign, entries),
        cover=row(plates),
        phone_cover=row(plates, columns=PHONE_COLUMNS, rows=PHONE_ROWS),
        others=[
            {"release": other, "url": release_url(campaign, other)}
            for other in release.programme.releases.exclude(pk=release.pk)
        ],
    )


def _chapters(rows: Iterable[ReleasedEntry], language: str) -> list[Chapter]:
    chapters: dict[int, Chapter] = {}
    for entry in rows:
        chapter = chapters.setdefault(entry.theme_id, Chapter(entry.theme))
        chapter.entries.append(_entry(entry, language))
    return sorted(chapters.values(), key=lambda chapter: (chapter.theme.position, chapter.theme.pk))


def _entry(row: ReleasedEntry, language: str) -> Entry:
    """The entry in the reader's language, else in the one it was written in, else in any it has."""
    order = [language, row.item.language, *(code for code, _name in settings.LANGUAGES)]
    written = next((code for code in order if row.texts.get(code, {}).get("body", "").strip()), language)
    text = row.texts.get(written, {"title": row.item.title, "body": ""})
    foreign = written != language
    return Entry(
        item=row.item,
        title=text["title"],
        body=text["body"],
        lang=lang_of(written) if foreign else None,
        language_name=named(written) if foreign else "",
        awards=list(row.item.awards.all()),
    )


def _index(entries: list[Entry], names_of) -> list[tuple[str, list[Entry]]]:
    index: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in names_of(entry.item):
            index.setdefault(name, []).append(entry)
    return sorted(index.items(), key=lambda line: line[0].casefold())


def _organisations_of(item: PublicItem) -> list[str]:
    return list(dict.fromkeys(organisation["name"] for organisation in item.organisations))


def _places_of(item: PublicItem) -> list[str]:
    places = [*item.region_names, *(municipality.name for municipality in item.municipalities.all())]
    if item.scope == Scope.COUNTRY:
        places.append(_("The whole country"))
    elif item.scope == Scope.ELSEWHERE:
        places.append(_("Abroad or online"))
    return list(dict.fromkeys(places))


def _numbers(campaign: Campaign, entries: list[Entry]) -> list[dict]:
    """The call in numbers: what was given and published, and what of it stands in this edition."""
    counts = facets.counts(campaign)
    given = counts.get("kind", {})
    pledges, initiatives = given.get("pledge", 0), given.get("initiative", 0)
    organisations = len({name for entry in entries for name in _organisations_of(entry.item)})
    regions = len(counts.get("region", {}))
    return [
        {"value": pledges, "label": ngettext("pledge given", "pledges given", pledges)},
        {"value": initiatives, "label": ngettext("initiative given", "initiatives given", initiatives)},
        {"value": len(entries), "label": _("selected for this edition")},
        {
            "value": organisations,
            "label": ngettext("organisation in it", "organisations in it", organisations),
        },
        {"value": regions, "label": ngettext("region taking part", "regions taking part", regions)},
    ]


def _plate(entry: Entry) -> Plate:
    return Plate(
        title=entry.title,
        url=f"#{entry.item.reference}",
        hue=entry.item.theme.hue,
        awarded=entry.item.awarded,
    )
