"""The audit log of one campaign: who did what, when, and what changed.

Lines stand where Wagtail keeps them. They name rows, fields and numbers, never what somebody wrote.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from campaign.models import Campaign, Mandate, Programme
from home.models import User
from home.sheets import Column, Sheet
from pledges.models import Status, Submission
from pledges.models.submission import SubmissionQuerySet
from review.audit import OF_CAMPAIGN
from review.exports.columns import chunks, people, said
from review.models import (
    AssignmentProposal,
    AwardCategory,
    Criterion,
    InterestDeclaration,
    Meeting,
    Procedure,
    ReasonPhrase,
    ReviewerProfile,
)
from review.permissions import may_screen
from review.sight import without_conflict

# Beside the campaign and its submissions: what belongs to one campaign.
OWN: tuple[type[Model], ...] = (
    AssignmentProposal,
    AwardCategory,
    Criterion,
    InterestDeclaration,
    Mandate,
    Meeting,
    Procedure,
    Programme,
    ReasonPhrase,
    ReviewerProfile,
)
# Their lines are labelled by a person, so that whoever reads no names of reviewers reads none of these.
OF_PEOPLE = frozenset({InterestDeclaration, Mandate, ReviewerProfile})
OURS = ("campaign.", "pledges.", "review.", "wagtail.create", "wagtail.edit", "wagtail.delete")
# What the names in a line's data are called, and which of them hold ids of people.
LABELS: dict[str, StrOrPromise] = {
    "added": gettext_lazy("added"),
    "assignments": gettext_lazy("assignments"),
    "award": gettext_lazy("award"),
    "awards": gettext_lazy("awards"),
    "case": gettext_lazy("case"),
    "category": gettext_lazy("award category"),
    "changes": gettext_lazy("changes"),
    "conflicts": gettext_lazy("conflicts of interest"),
    "declined": Status.DECLINED.label,
    "entries": gettext_lazy("entries"),
    "entry": gettext_lazy("entry"),
    "fields": gettext_lazy("fields"),
    "file": gettext_lazy("file"),
    "files": gettext_lazy("files"),
    "form": gettext_lazy("kind of file"),
    "givers": gettext_lazy("givers"),
    "into": gettext_lazy("into"),
    "kinds": gettext_lazy("kinds"),
    "jury": gettext_lazy("jury"),
    "language": gettext_lazy("language"),
    "meeting": gettext_lazy("meeting"),
    "nominees": gettext_lazy("nominees"),
    "number": gettext_lazy("number"),
    "organisations": gettext_lazy("organisations"),
    "outcome": gettext_lazy("decision"),
    "participations": gettext_lazy("participations"),
    "partner": gettext_lazy("partner"),
    "partners": gettext_lazy("partners"),
    "people": gettext_lazy("people"),
    "person": gettext_lazy("person"),
    "purposes": gettext_lazy("consents"),
    "redaction": gettext_lazy("hidden passage"),
    "reminded": gettext_lazy("reminded"),
    "removed": gettext_lazy("removed"),
    "reserve": Status.RESERVE.label,
    "reviewer": gettext_lazy("reviewer"),
    "reviewers": gettext_lazy("reviewers"),
    "reviews": gettext_lazy("reviews"),
    "rows": gettext_lazy("rows"),
    "selected": Status.SELECTED.label,
    "source": gettext_lazy("source"),
    "submissions": gettext_lazy("submissions"),
    "themes": gettext_lazy("themes"),
    "version": gettext_lazy("version"),
    "what": gettext_lazy("what"),
}
PEOPLE = frozenset({"absent", "jury", "people", "person", "present", "reviewer", "reviewers"})
LONGEST = 200


def known(campaign: Campaign, user: User) -> SubmissionQuerySet:
    """The submissions whose lines a person reads: all that were sent, also when erased since; none with a conflict."""
    return without_conflict(campaign.submissions.exclude(status=Status.DRAFT), user)


def lines(campaign: Campaign, user: User) -> QuerySet[ModelLogEntry]:
    """The lines of a campaign that this person may read, the newest first.

    What belongs to it is asked of each line by values that no index has, so that the database walks the index of
    moments and stops at the end of the page, however long the log is, instead of gathering and sorting all lines.
    """
    rows = _of(Submission, known(campaign, user)) | _of(Campaign, Campaign.objects.filter(pk=campaign.pk))
    own = OWN if may_screen(user) else tuple(model for model in OWN if model not in OF_PEOPLE)
    for model in own:
        rows |= _of(model, model._default_manager.filter(campaign=campaign))
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*own).values()]
    rows |= Q(kind__in=kinds, **{f"data__{OF_CAMPAIGN}": campaign.pk})  # of what was deleted
    kind, about = Cast("content_type", BigIntegerField()), Cast("object_id", CharField())
    lines = ModelLogEntry.objects.alias(kind=kind, about=about).filter(rows)
    return lines.order_by("-timestamp", "-pk")


def _of(model: type[Model], rows: QuerySet) -> Q:
    ids = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return Q(kind=ContentType.objects.get_for_model(model).pk, about__in=ids)


def found(
    rows: QuerySet[ModelLogEntry],
    *,
    person: str = "",
    reference: str = "",
    action: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[ModelLogEntry]:
    """Those of them that are looked for; `until` is the first moment that is not."""
    if person:
        named = Q(first_name__icontains=person) | Q(last_name__icontains=person) | Q(email__icontains=person)
        rows = rows.filter(user__in=list(User.objects.filter(named).values_list("pk", flat=True)))
    if reference:
        row = Submission.objects.filter(reference=reference).first()
        kind = ContentType.objects.get_for_model(Submission)
        rows = rows.filter(content_type=kind, object_id=str(row.pk)) if row else rows.none()
    if action:
        rows = rows.filter(action=action)
    if since:
        rows = rows.filter(timestamp__gte=since)
    return rows.filter(timestamp__lt=until) if until else rows


def after(rows: QuerySet[ModelLogEntry], moment: datetime, pk: int) -> QuerySet[ModelLogEntry]:
    """The lines that follow this one, that is the older ones."""
    return rows.filter(timestamp__lte=moment).exclude(timestamp=moment, pk__gte=pk)


def actions() -> dict[str, str]:
    """What is done here, in words."""
    return {name: str(label) for name, label in registry.get_choices() if name.startswith(OURS)}


class Told:
    """Says what a line's data mean, in the words of whoever reads it; all words are read at the beginning."""

    def __init__(self, *, is_named: bool = True) -> None:
        """Without names, people are told by their ids."""
        self.labels, self.names = said(LABELS), people() if is_named else {}
        self.yes, self.no = _("yes"), _("no")

    def of(self, data: Mapping[str, Any]) -> list[str]:
        told = {name: value for name, value in data.items() if name != OF_CAMPAIGN}
        return [f"{self.labels.get(name, name)}: {self._value(name, value)}" for name, value in told.items()]

    def _value(self, name: str, value: Any, between: str = ", ") -> str:
        """What was and what is stand in "changes", and only there."""
        if isinstance(value, Mapping):
            inner = " → " if name == "changes" else ", "
            words = "; ".join(f"{key} {self._value(key, each, inner)}" for key, each in value.items())
        elif isinstance(value, list | tuple):
            words = between.join(self._value(name, each) for each in value)
        elif isinstance(value, bool):
            words = self.yes if value else self.no
        elif name in PEOPLE and isinstance(value, int):
            words = self.names.get(value, str(value))
        else:
            words = str(value)
        return words[:LONGEST]


def sheet(rows: QuerySet[ModelLogEntry]) -> Sheet:
    """The log as a file, the oldest line first."""
    return Sheet(
        name="log",
        label=_("Log"),
        columns=[
            Column("at", _("when")),
            Column("person", _("who")),
            Column("action", _("what"), actions()),
            Column("about", _("about")),
            Column("data", _("details")),
        ],
        rows=_rows(rows, Told()),
        number=rows.order_by().count,
    )


def _rows(rows: QuerySet[ModelLogEntry], told: Told) -> Iterator[list[Any]]:
    for part in chunks(rows, "timestamp", "user", "action", "label", "data"):
        for _pk, at, user, action, label, data in part:
            yield [at, told.names.get(user, str(user)), action, label, told.of(data)]
