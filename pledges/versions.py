"""The text of a submission as a whole: written as one version, and read back to be edited or compared."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from taggit.models import Tag

from pledges.models import Action, Exchange, Submission, Version
from pledges.models.version import VersionTag


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    what: str
    unit: str = ""
    start: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ExchangeRow:
    what: str
    amount: str = ""
    where: str = ""
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Text:
    """Everything that a version says; the same text is equal to it."""

    language: str
    title: str
    summary: str
    description: str
    theme_id: int
    plain_summary: str = ""
    novelty: str = ""
    target_groups: str = ""
    participation: str = ""
    delivery_languages: str = ""
    scope: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    other_themes: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()
    municipalities: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()
    actions: tuple[ActionRow, ...] = ()
    needs: tuple[ExchangeRow, ...] = ()
    offers: tuple[ExchangeRow, ...] = ()

    def says_the_same_as(self, other: "Text") -> bool:
        """Whether a reader would see no difference; hashtags keep the spelling in which they were first written."""
        return self.folded() == other.folded()

    def folded(self) -> "Text":
        return replace(self, tags=frozenset(tag.casefold() for tag in self.tags))


PLACES = {"other_themes": "theme_id", "regions": "region_id", "municipalities": "municipality_id"}
ROWS = ("actions", "needs", "offers")
COLUMNS = tuple(field.name for field in fields(Text) if field.name not in {*PLACES, *ROWS, "tags"})


def write(submission: Submission, text: Text, *, at: datetime) -> Version:
    """Add the text as the submission's newest version.

    Belongs into a transaction that made or locked the submission's row.
    """
    number = submission.latest.number + 1 if submission.latest else 1
    columns = {name: getattr(text, name) for name in COLUMNS}
    version = Version.objects.create(submission=submission, number=number, saved_at=at, **columns)
    for name in PLACES:
        _relate(version, name, getattr(text, name))
    _write_rows(version, text)
    _write_tags(version, sorted(text.tags))
    submission.latest = version
    submission.save(update_fields=["latest"])
    return version


def _relate(version: Version, name: str, ids: Iterable[int]) -> None:
    through = getattr(Version, name).through
    rows = [through(version_id=version.pk, **{PLACES[name]: pk}) for pk in sorted(ids)]
    if rows:
        through.objects.bulk_create(rows)


def _write_rows(version: Version, text: Text) -> None:
    actions = [
        Action(version=version, position=position, **vars(row)) for position, row in enumerate(text.actions)
    ]
    exchanges = [
        Exchange(version=version, direction=direction, position=position, **vars(row))
        for direction, rows in (
            (Exchange.Direction.NEED, text.needs),
            (Exchange.Direction.OFFER, text.offers),
        )
        for position, row in enumerate(rows)
    ]
    if actions:
        Action.objects.bulk_create(actions)
    if exchanges:
        Exchange.objects.bulk_create(exchanges)


def _write_tags(version: Version, names: list[str]) -> None:
    """Tags known by any spelling of their case are used again."""
    if not names:
        return
    known = _known_tags(names)
    tags = [known.get(name.casefold()) or Tag.objects.create(name=name) for name in names]
    VersionTag.objects.bulk_create(VersionTag(content_object=version, tag=tag) for tag in tags)


def _known_tags(names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these names in whatever case, by their folded name.

    Databases fold case differently, SQLite that of ASCII only. So they are asked for the slug, which is in small
    letters and ends in a number where two names share it, and for usual spellings; Python compares.
    """
    wanted = {name.casefold() for name in names}
    alike = Q()
    for name in {*names, *wanted}:
        slug = slugify(name, allow_unicode=True)
        alike |= (
            Q(name__in={name, name.lower(), name.upper()}) | Q(slug=slug) | Q(slug__startswith=f"{slug}_")
        )
    found = {tag.name.casefold(): tag for tag in Tag.objects.filter(alike).order_by("-pk")}
    return {name: tag for name, tag in found.items() if name in wanted}


def read(version: Version) -> Text:
    """What a version says, as it was written."""
    exchanges = list(version.exchanges.all())
    directions = {"needs": Exchange.Direction.NEED, "offers": Exchange.Direction.OFFER}
    said: dict[str, Any] = {name: getattr(version, name) for name in COLUMNS}
    for name in PLACES:
        said[name] = frozenset(getattr(version, name).values_list("pk", flat=True))
    for name, direction in directions.items():
        said[name] = tuple(_row(ExchangeRow, row) for row in exchanges if row.direction == direction)
    said["actions"] = tuple(_row(ActionRow, row) for row in version.actions.all())
    return Text(**said, tags=frozenset(version.tags.names()))


def _row(kind: type, row: Action | Exchange) -> Any:
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})
