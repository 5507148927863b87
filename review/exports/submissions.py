"""Submissions and their participants as rows: facts, the text that is read, who takes part, what was agreed to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import ManyToManyField
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from campaign.kinds import TEXT_LANGUAGES, Kind, OrganisationKind, Scope
from campaign.models import Municipality, Region, Theme
from campaign.models.text import WORDS
from home.sheets import Column, Sheet
from pledges.models import Action, Exchange, Organisation, Participation, Purpose, Status, Submission, Version
from pledges.models.submission import SubmissionQuerySet
from pledges.models.version import VersionTag
from pledges.receipt import action_in_words, bounded
from pledges.surfaces import in_force_among
from review.exports.columns import chunks, column, named, yes_or_no

CHOICES = {"kind": Kind.choices, "status": Status.choices, "source": Submission.Source.choices}
FACTS = (
    "reference",
    "kind",
    "status",
    "status_at",
    "source",
    "contact_name",
    "contact_email",
    "contact_phone",
    "second_name",
    "second_email",
    "mail_language",
    "authorised_at",
    "authority_check",
    "created_at",
    "submitted_at",
    "confirmed_at",
    "correction_until",
    "reason",
)
PLAIN = ("number", "language", *WORDS, "scope", "starts_on", "ends_on")
TEXT_CHOICES = {"language": TEXT_LANGUAGES, "scope": Scope.choices}
SETS = {"other_themes": Theme, "regions": Region, "municipalities": Municipality}
STANDING = ("mean", "median", "spread", "reviews")
ORGANISATION = ("name", "kind", "business_id", "municipality", "website")
PART = ("role", "state", "contact_name", "contact_email")


def submissions(seen: SubmissionQuerySet) -> Sheet:
    return Sheet(
        name="submissions",
        label=_("Submissions"),
        columns=[*_facts(), *_text(), *_organisation(), *_consents(), *_standing()],
        rows=_submissions(seen, Texts()),
        number=seen.order_by().count,
    )


def participants(seen: SubmissionQuerySet) -> Sheet:
    parts = Participation.objects.filter(submission__in=seen)
    words = {"role": dict(Participation.Role.choices), "state": dict(Participation.State.choices)}
    own = [column(Participation, name, words.get(name), prefix="participant_") for name in PART]
    return Sheet(
        name="participants",
        label=_("Participants"),
        columns=[column(Submission, "reference"), *_organisation(), *own, *_consents()],
        rows=_participants(parts, named(Municipality)),
        number=parts.order_by().count,
    )


def _facts() -> list[Column]:
    return [column(Submission, name, dict(CHOICES.get(name, ()))) for name in FACTS]


def _text() -> list[Column]:
    words = [column(Version, name, dict(TEXT_CHOICES.get(name, ())), prefix="text_") for name in PLAIN]
    rows = {"tags": _("hashtags"), "actions": _("actions")}
    rows |= {name.value: str(name.label) for name in Exchange.Direction}
    return [
        *words,
        column(Version, "theme"),
        *(column(Version, name) for name in SETS),
        *(Column(name, label) for name, label in rows.items()),
        Column("newer_text", _("a newer text waits"), yes_or_no()),
    ]


def _organisation() -> list[Column]:
    """The organisation's columns; its name is called what it is the name of."""
    kinds = {"kind": dict(OrganisationKind.choices)}
    first = Column("organisation_name", _("organisation"))
    others = [
        column(Organisation, name, kinds.get(name), prefix="organisation_") for name in ORGANISATION[1:]
    ]
    return [first, *others]


def _consents() -> list[Column]:
    label = _("consent: %(purpose)s")
    return [
        Column(f"consent_{purpose.value}", label % {"purpose": purpose.label}, yes_or_no())
        for purpose in Purpose
    ]


def _standing() -> list[Column]:
    labels = (_("mean"), _("median"), _("spread"), _("reviews that count"))
    return [Column(name, label) for name, label in zip(STANDING, labels, strict=True)]


class Texts:
    """Reads the texts of a chunk. What ids mean is read once, in the language of whoever asked for the export."""

    def __init__(self) -> None:
        self.language = translation.get_language()
        self.themes = named(Theme)
        self.names = {name: self.themes if model is Theme else named(model) for name, model in SETS.items()}

    def of(self, ids: Iterable[int]) -> dict[int, list[Any]]:
        """The cells of each version, by its id (seven queries)."""
        ids = list(ids)
        sets = [self._set(name, ids) for name in SETS]
        rows = [self._tags(ids), self._actions(ids), *self._exchanges(ids)]
        found = Version.objects.filter(pk__in=ids).values_list("pk", "theme", *PLAIN)
        return {
            pk: [*plain, self.themes[theme], *(cells[pk] for cells in (*sets, *rows))]
            for pk, theme, *plain in found
        }

    def _set(self, name: str, ids: list[int]) -> dict[int, list[str]]:
        field = Version._meta.get_field(name)
        assert isinstance(field, ManyToManyField)
        ends = (field.m2m_column_name(), field.m2m_reverse_name())
        pairs = getattr(Version, name).through.objects.filter(version__in=ids).values_list(*ends)
        return _gathered((version, self.names[name][row]) for version, row in pairs.order_by("pk"))

    def _tags(self, ids: list[int]) -> dict[int, list[str]]:
        rows = VersionTag.objects.filter(content_object__in=ids).order_by("pk")
        return _gathered(rows.values_list("content_object", "tag__name"))

    def _actions(self, ids: list[int]) -> dict[int, list[str]]:
        rows = Action.objects.filter(version__in=ids)
        with translation.override(self.language):
            return _gathered([(row.version_id, action_in_words(row)) for row in rows])

    def _exchanges(self, ids: list[int]) -> list[dict[int, list[str]]]:
        """Needs, then offers."""
        rows = list(Exchange.objects.filter(version__in=ids))
        with translation.override(self.language):
            return [
                _gathered([(row.version_id, bounded(row)) for row in rows if row.direction == direction])
                for direction in Exchange.Direction
            ]


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _submissions(seen: SubmissionQuerySet, texts: Texts) -> Iterator[list[Any]]:
    read = seen.annotate(read=Coalesce("screened", "latest"))
    fields = ("read", "latest", *(f"standing__{name}" for name in STANDING), *FACTS)
    without_text = [None] * (len(_text()) - 1)
    towns = texts.names["municipalities"]
    for rows in chunks(read, *fields):
        ids = [pk for pk, *_others in rows]
        words, leads = texts.of(row[1] for row in rows), _leads(ids, towns)
        for pk, read_id, latest, *others in rows:
            standing, facts = others[: len(STANDING)], others[len(STANDING) :]
            text = words.get(read_id, without_text)
            yield [*facts, *text, read_id != latest, *leads[pk], *standing]


def _leads(ids: list[int], towns: dict[int | None, str]) -> dict[int, list[Any]]:
    """The organisation that gives each submission, and its consents (two queries)."""
    parts = Participation.objects.filter(submission__in=ids, role=Participation.Role.LEAD)
    rows = parts.values_list("pk", "submission", *_named_organisation())
    agreed = in_force_among(ids)
    return {
        submission: [*_in_town(organisation, towns), *_given(agreed, pk)]
        for pk, submission, *organisation in rows
    }


def _named_organisation() -> list[str]:
    return [f"organisation__{name}" for name in ORGANISATION]


def _in_town(organisation: list[Any], towns: dict[int | None, str]) -> list[Any]:
    place = ORGANISATION.index("municipality")
    return [*organisation[:place], towns[organisation[place]], *organisation[place + 1 :]]


def _given(agreed: dict[int, frozenset[Purpose]], part: int) -> list[bool]:
    return [purpose in agreed.get(part, ()) for purpose in Purpose]


def _participants(parts: Any, towns: dict[int | None, str]) -> Iterator[list[Any]]:
    fields = ("submission", "submission__reference", *_named_organisation(), *PART)
    for rows in chunks(parts, *fields):
        agreed = in_force_among({row[1] for row in rows})
        for pk, _submission, reference, *others in rows:
            organisation, own = others[: len(ORGANISATION)], others[len(ORGANISATION) :]
            yield [reference, *_in_town(organisation, towns), *own, *_given(agreed, pk)]
