"""Everything that a giver has sent, in groups of labelled rows: one source for page, letter and document."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaign.detail import span
from campaign.moments import in_words, zone_in_words
from pledges.models import (
    Action,
    Attachment,
    Exchange,
    Organisation,
    Participation,
    Purpose,
    Submission,
    Version,
)
from pledges.surfaces import in_force, without_effect

# What a version's rows are printed from, for any number of versions by one query each.
RELATED = ("other_themes", "regions", "municipalities", "actions", "exchanges", "tags")
LONG = 1200


@dataclass(frozen=True)
class Row:
    """One thing that was sent. `lines` are several things of one label; `lang` is given for people's own words."""

    label: str
    text: str = ""
    lines: tuple[str, ...] = ()
    lang: str | None = None

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG


@dataclass(frozen=True)
class Group:
    name: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Receipt:
    """What page, letter and document print. `given` are the lead's consents in force."""

    groups: list[Group]
    given: frozenset[Purpose]
    file_count: int

    @property
    def consents(self) -> list[Row]:
        return consents(self.given)


def whole(versions: QuerySet[Version]) -> QuerySet[Version]:
    """The versions with everything that their rows are printed from."""
    return versions.select_related("theme").prefetch_related(*RELATED)


def newest(submission: Submission) -> Version:
    """The text that counts, with everything that its rows are printed from."""
    return whole(submission.versions.all()).latest("number")


def of(submission: Submission, version: Version) -> Receipt:
    """The whole receipt, with the text as this version says it."""
    rows = submission.participations.exclude(state=Participation.State.REMOVED)
    parts = list(rows.select_related("organisation__municipality"))
    lead = next(part for part in parts if part.role == Participation.Role.LEAD)
    files = list(submission.attachments.all())
    return Receipt(
        groups=groups(
            submission,
            version,
            giver=lead.organisation,
            files=files,
            partners=[part for part in parts if part is not lead],
        ),
        given=in_force(submission).get(lead.pk, frozenset()),
        file_count=len(files),
    )


def groups(
    submission: Submission,
    version: Version,
    *,
    giver: Organisation,
    files: Iterable[Attachment] = (),
    partners: Iterable[Participation] = (),
) -> list[Group]:
    """All that was sent, and who stands behind it; groups that say nothing are left out."""
    said = [
        _group("sending", _("The basics"), _sending(submission, version)),
        *text_groups(version),
        _group("files", _("Pictures and documents"), _files(files, version)),
        _group("giver", _("Who gives it"), _giver(giver)),
        _group("partners", _("Partners"), _partners(partners, submission)),
        _group("people", _("Who can be asked (not published here)"), _people(submission)),
    ]
    return [group for group in said if group.rows]


def text_groups(version: Version) -> list[Group]:
    """What one version says; groups that say nothing are left out."""
    said = [
        _group("words", _("The text"), _words(version)),
        _group("place", _("Theme, place and time"), _place(version)),
        _group("exchange", _("Actions, needs and offers"), _actions(version)),
    ]
    return [group for group in said if group.rows]


def consents(given: Collection[Purpose]) -> list[Row]:
    """What is allowed now, one row a purpose, and what of it has no effect."""
    idle = without_effect(given)
    return [Row(str(purpose.label), _state(purpose, given, idle)) for purpose in Purpose]


def _state(purpose: Purpose, given: Collection[Purpose], idle: Collection[Purpose]) -> str:
    if purpose in idle:
        return _("Allowed, without effect until you allow the text")
    return _("Allowed") if purpose in given else _("Not allowed")


def _group(name: str, heading: str, rows: Iterable[Row]) -> Group:
    return Group(name, heading, tuple(row for row in rows if row.text or row.lines))


def _sending(submission: Submission, version: Version) -> list[Row]:
    campaign = submission.campaign

    def moment(at: datetime | None) -> str:
        return f"{in_words(at, campaign)} ({zone_in_words(campaign)})" if at else ""

    return [
        Row(_("Reference"), submission.reference),
        Row(_("Kind"), submission.get_kind_display()),
        Row(_("Campaign"), campaign.name),
        Row(_("Sent"), "" if submission.is_draft else moment(submission.submitted_at)),
        Row(_("Address confirmed"), moment(submission.confirmed_at)),
        Row(_("Authority to commit the organisation confirmed"), moment(submission.authorised_at)),
        Row(_("Text last saved"), moment(version.saved_at)),
    ]


def _words(version: Version) -> list[Row]:
    said = [
        (_("Title"), version.title),
        (_("Summary"), version.summary),
        (_("In plain language"), version.plain_summary),
        (_("What will be done"), version.description),
        (_("What is new in it"), version.novelty),
        (_("Whom it is for"), version.target_groups),
        (_("How residents can take part"), version.participation),
        (_("Languages in which it is done"), version.delivery_languages),
    ]
    written_in = Row(_("Language of the text"), version.get_language_display())
    return [*(Row(label, text, lang=version.lang) for label, text in said), written_in]


def _place(version: Version) -> list[Row]:
    return [
        Row(_("Theme"), str(version.theme)),
        Row(_("Other themes"), _listed(version.other_themes.all())),
        Row(_("Where"), version.get_scope_display()),
        Row(_("Regions"), _listed(version.regions.all())),
        Row(_("Municipalities"), _listed(version.municipalities.all())),
        Row(_("When"), span(version.starts_on, version.ends_on)),
        Row(_("Hashtags"), " ".join(sorted(f"#{tag.name}" for tag in version.tags.all()))),
    ]


def _actions(version: Version) -> list[Row]:
    exchanges = list(version.exchanges.all())

    def lines(direction: Exchange.Direction) -> tuple[str, ...]:
        return tuple(bounded(row) for row in exchanges if row.direction == direction)

    said = [
        (pgettext("of a pledge", "Actions"), tuple(action_in_words(row) for row in version.actions.all())),
        (_("Needs"), lines(Exchange.Direction.NEED)),
        (_("Offers"), lines(Exchange.Direction.OFFER)),
    ]
    return [Row(label, lines=rows, lang=version.lang) for label, rows in said]


def _files(files: Iterable[Attachment], version: Version) -> list[Row]:
    """Each by its name and kind, with what it shows or says in its owner's words."""
    return [
        Row(f"{file.name} ({file.get_kind_display()})", file.description, lang=version.lang) for file in files
    ]


def _partners(partners: Iterable[Participation], submission: Submission) -> list[Row]:
    """Each with how its part stands, and since when."""

    def state(part: Participation) -> str:
        since = in_words(part.answered_at, submission.campaign) if part.answered_at else ""
        return f"{part.get_state_display()} ({since})" if since else part.get_state_display()

    return [Row(part.organisation.name, state(part)) for part in partners]


def _giver(giver: Organisation) -> list[Row]:
    return [
        Row(_("Name of the organisation"), giver.name),
        Row(_("Kind of organisation"), giver.get_kind_display()),
        Row(_("Business ID"), giver.business_id),
        Row(_("Municipality of the organisation"), str(giver.municipality or "")),
        Row(_("Website"), giver.website),
    ]


def _people(submission: Submission) -> list[Row]:
    return [
        Row(_("Contact person"), submission.contact_name),
        Row(_("E-mail"), submission.contact_email),
        Row(_("Phone"), submission.contact_phone),
        Row(_("Second contact person"), submission.second_name),
        Row(_("Second contact's e-mail"), submission.second_email),
    ]


def _listed(things: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, things)))


def action_in_words(action: Action) -> str:
    """An action with its aim: "Trained volunteers: 0 → 20 people"."""
    if action.target is None:
        return action.what
    aim = f"{_number(action.target)} {action.unit}".strip()
    return (
        f"{action.what}: {_number(action.start)} → {aim}"
        if action.start is not None
        else f"{action.what}: {aim}"
    )


def bounded(row: Exchange) -> str:
    """A need or an offer with how much, where and until when."""
    until = date_format(row.until) if row.until else ""
    details = ", ".join(filter(None, [row.amount, row.where, until]))
    return f"{row.what} ({details})" if details else row.what


def _number(value: Decimal) -> str:
    return number_format(value.normalize())
