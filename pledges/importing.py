"""Importing submissions from a table: its columns are mapped to the form's fields, and every row is a filled-in form.

Nothing is written while a single row has a problem. A row that was imported before is known again.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaign.models import Campaign
from home.models import User
from pledges.consent import current_wordings
from pledges.entering import enter, key_of
from pledges.forms import EnterForm
from pledges.lifecycle import Refused
from pledges.models import Organisation, Submission
from pledges.organisations import known_or_new
from pledges.rows import Rows
from pledges.submitting import Giver
from pledges.tables import Table
from pledges.vocabulary import Vocabulary

REQUIRED = tuple(
    name for name, each in EnterForm.base_fields.items() if each.required and name != "contact_email"
)
LONGEST_QUOTED = 60
LONGEST = {"title": 120, "summary": 400}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a table is read: the column of each field, the fields that are the same in every row, and the language.

    With `shortens`, a title or summary that is too long is cut at a word, and the whole stands first in the
    description; an empty summary is taken from the description.
    """

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    language: str = "fi"
    shortens: bool = False

    def gives(self, name: str) -> bool:
        """Whether this field gets a value in some row."""
        taken = self.shortens and name == "summary" and self.gives("description")
        return taken or name in self.columns or bool(self.constants.get(name))


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row (None: in all of them) with a field; a sentence."""

    row: int | None
    field: str
    sentence: str

    def __str__(self) -> str:
        where = _("All rows") if self.row is None else _("Row %(number)d") % {"number": self.row}
        return f"{where}, {self.field}: {self.sentence}" if self.field else f"{where}: {self.sentence}"


@dataclass(frozen=True)
class Checked:
    """The rows as forms by their keys, and every problem. Only what has no problem may be written."""

    plan: Plan
    forms: Mapping[str, EnterForm]
    problems: Collection[Problem]


def fields() -> dict[str, str]:
    """What a column may be mapped to: the form's fields with their labels, and the consents."""
    return {name: str(each.label) for name, each in EnterForm.base_fields.items()} | {
        f"consent_{purpose}": _("Consent: %(purpose)s") % {"purpose": purpose.label}
        for purpose in current_wordings()
    }


def guessed(table: Table) -> dict[str, str]:
    """The columns whose names are a field's name or label."""
    by_word = {word.casefold(): name for name, label in fields().items() for word in (name, label)}
    return {by_word[column.casefold()]: column for column in table.columns if column.casefold() in by_word}


def check(table: Table, plan: Plan, *, campaign: Campaign, at: datetime) -> Checked:
    """Read every row as the form would. Writes nothing."""
    names = fields()
    problems = [
        Problem(None, names[name], _("Choose a column for it, or one value for all rows."))
        for name in REQUIRED
        if not plan.gives(name)
    ]
    if not table.rows:
        problems.append(Problem(None, "", _("There is no row below the names of the columns.")))
    if problems:
        return Checked(plan, {}, problems)
    campaign = Campaign.objects.prefetch_related("themes", "phases").get(pk=campaign.pk)
    vocabulary, wordings = Vocabulary(campaign, at), current_wordings()
    problems = [Problem(number, "", _more_cells()) for number in table.overlong]
    forms, met = {}, Counter[str]()
    for number, row in table.numbered():
        typed = vocabulary.typed(_filled(row, plan))
        form = EnterForm(typed, campaign=campaign, at=at, wordings=wordings)
        problems += _problems(number, form)
        said = json.dumps([campaign.pk, row], sort_keys=True)
        forms[key_of(Submission.Source.IMPORT, f"{met[said]} {said}")] = form
        met[said] += 1  # a row has its key wherever it stands; of those that say the same, each its own
    return Checked(plan, forms, sorted(problems + _known(forms), key=lambda problem: problem.row or 0))


def _filled(row: Mapping[str, str], plan: Plan) -> dict[str, str]:
    values = {"language": plan.language, **plan.constants}
    values |= {name: row[column] for name, column in plan.columns.items() if row[column]}
    return _shortened(values) if plan.shortens else values


def _shortened(values: dict[str, str]) -> dict[str, str]:
    description = values.get("description", "")
    values["summary"] = values.get("summary") or " ".join(description.split())
    for name, most in LONGEST.items():
        whole = " ".join(values.get(name, "").split())
        if len(values.get(name, "")) > most:
            values[name] = whole  # which may be short enough without its line breaks
        if len(whole) > most:
            values[name] = whole[: most - 1].rpartition(" ")[0].rstrip(",.;:–- ") + "…"
            if whole not in " ".join(description.split()):
                description = f"{whole}\n\n{description}"
    return values | {"description": description}


def _problems(number: int, form: EnterForm) -> list[Problem]:
    return [
        Problem(
            number, str(form.fields[name].label) if name in form.fields else "", _read(sentence, form, name)
        )
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _read(sentence: str, form: EnterForm, name: str) -> str:
    """With the word that was to be chosen from a list, or a short one that is wrong."""
    typed = form.data.get(name, "")
    value = typed if isinstance(typed, str) else ", ".join(typed)
    if not 0 < len(value) <= LONGEST_QUOTED:
        return sentence
    return _("%(sentence)s The table says “%(value)s”.") % {"sentence": sentence, "value": value}


def _more_cells() -> str:
    return _(
        "This row has more cells than there are columns. Put a text with a separator in quotation marks."
    )


def _known(forms: Mapping[str, EnterForm]) -> list[Problem]:
    known = Submission.objects.filter(form_key__in=forms).values_list("form_key", "reference")
    numbers = {key: number for number, key in enumerate(forms, start=2)}
    return [
        Problem(numbers[key], "", _("It was imported before, as %(reference)s.") % {"reference": reference})
        for key, reference in known
    ]


@transaction.atomic
def write(checked: Checked, *, campaign: Campaign, by: User, at: datetime) -> list[Submission]:
    """Store every row, or none. Nobody is written to. Raises Refused where there is a problem.

    What stands for the same giver in several rows is one organisation. Imports of a campaign wait for each other, so that a button pressed twice imports once.
    """
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if checked.problems or not checked.forms or _known(checked.forms):
        raise Refused(_("Nothing was imported, because there are problems."))
    written, givers = [], dict[Giver, Organisation]()
    for key, form in checked.forms.items():
        sending = form.sending(Rows(), form_key=key)
        if sending.giver not in givers:
            givers[sending.giver] = known_or_new(vars(sending.giver))
        entered = enter(
            sending,
            campaign=campaign,
            source=Submission.Source.IMPORT,
            language=checked.plan.language,
            by=by,
            at=at,
            organisation=givers[sending.giver],
        )
        written.append(entered)
    return written
