"""What a return for correction opens: all, or only the parts that the coordinator named."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrOrPromise

from pledges.models import Status, Submission
from pledges.receipt import Group
from pledges.versions import Text

# What a text calls otherwise than the form does.
ON_THE_FORM = {"theme_id": "theme"}


@dataclass(frozen=True)
class Part:
    """What is opened by one tick: fields of the form that belong together, and how the receipt labels their rows."""

    label: StrOrPromise
    fields: tuple[str, ...]
    rows: tuple[StrOrPromise, ...] = ()

    def labels(self) -> set[str]:
        return {str(label) for label in self.rows or (self.label,)}


PARTS = {
    "kind": Part(
        gettext_lazy("Pledge or initiative"),
        ("kind", "novelty"),
        (gettext_lazy("Kind"), gettext_lazy("What is new in it")),
    ),
    "language": Part(gettext_lazy("Language of the text"), ("language",)),
    "title": Part(gettext_lazy("Title"), ("title",)),
    "summary": Part(gettext_lazy("Summary"), ("summary",)),
    "plain_summary": Part(gettext_lazy("In plain language"), ("plain_summary",)),
    "description": Part(gettext_lazy("What will be done"), ("description",)),
    "novelty": Part(gettext_lazy("What is new in it"), ("novelty",)),
    "theme": Part(
        gettext_lazy("Themes"),
        ("theme", "other_themes"),
        (gettext_lazy("Theme"), gettext_lazy("Other themes")),
    ),
    "target_groups": Part(gettext_lazy("Whom it is for"), ("target_groups",)),
    "participation": Part(gettext_lazy("How residents can take part"), ("participation",)),
    "delivery_languages": Part(gettext_lazy("Languages in which it is done"), ("delivery_languages",)),
    "place": Part(
        gettext_lazy("Where"),
        ("scope", "regions", "municipalities"),
        (gettext_lazy("Where"), gettext_lazy("Regions"), gettext_lazy("Municipalities")),
    ),
    "time": Part(gettext_lazy("When"), ("starts_on", "ends_on")),
    "tags": Part(gettext_lazy("Hashtags"), ("tags",)),
    "actions": Part(pgettext_lazy("of a pledge", "Actions"), ("actions",)),
    "needs": Part(gettext_lazy("Needs"), ("needs",)),
    "offers": Part(gettext_lazy("Offers"), ("offers",)),
    "files": Part(gettext_lazy("Pictures and documents"), ("files",)),
    "organisation": Part(
        gettext_lazy("The organisation"),
        ("organisation_name", "organisation_kind", "business_id", "organisation_municipality", "website"),
        (
            gettext_lazy("Name of the organisation"),
            gettext_lazy("Kind of organisation"),
            gettext_lazy("Business ID"),
            gettext_lazy("Municipality of the organisation"),
            gettext_lazy("Website"),
        ),
    ),
}
# What was screened keeps its kind and its giver.
UNTIL_SCREENED = {"kind", "organisation"}


def offered(submission: Submission) -> dict[str, Part]:
    """The parts that a return of this submission can open alone."""
    closed = UNTIL_SCREENED if submission.screened_id else set()
    return {name: part for name, part in PARTS.items() if name not in closed}


def fields_of(names: Iterable[str]) -> list[str]:
    """The fields of some parts, each once, in the order of the form."""
    return list(dict.fromkeys(field for name in names for field in PARTS[name].fields))


def is_restricted(submission: Submission) -> bool:
    return submission.status == Status.RETURNED and bool(submission.returned_fields)


def opened(submission: Submission) -> list[Part]:
    """The parts that it was returned for; none where all is open."""
    named = set(submission.returned_fields) if is_restricted(submission) else set()
    return [part for part in PARTS.values() if named.issuperset(part.fields)]


def in_words(submission: Submission) -> str:
    """What it was returned for, as in "Title, Summary"; empty where all is open."""
    return ", ".join(str(part.label) for part in opened(submission))


def refusal(submission: Submission, changed: Collection[str]) -> str | None:
    """Why these fields may not all be changed now, as a sentence; None when they may."""
    if not is_restricted(submission) or set(changed).issubset(submission.returned_fields):
        return None
    return _("Only this can be corrected now: %(parts)s. The rest stays as it was sent.") % {
        "parts": in_words(submission)
    }


def closed(submission: Submission, names: Iterable[str]) -> list[str]:
    """Those of the form's fields that stay shut."""
    return [name for name in names if is_restricted(submission) and name not in submission.returned_fields]


def differing(before: Text, after: Text) -> set[str]:
    """The form's names of the fields in which two texts differ."""
    old, new = on_the_form(before.folded()), on_the_form(after.folded())
    return {name for name in new if old[name] != new[name]}


def on_the_form(text: Text) -> dict[str, Any]:
    """What a text says, by the names of the form's fields."""
    return {ON_THE_FORM.get(field.name, field.name): getattr(text, field.name) for field in fields(Text)}


def as_text(groups: Iterable[Group], submission: Submission) -> list[Group]:
    """The receipt's groups without the rows that are open for correction."""
    open_rows = {label for part in opened(submission) for label in part.labels()}
    left = [
        replace(group, rows=tuple(row for row in group.rows if row.label not in open_rows))
        for group in groups
    ]
    return [group for group in left if group.rows]
