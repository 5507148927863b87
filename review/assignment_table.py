"""Who reviews what, from a table of references and e-mail addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from campaign.models import Campaign
from campaign.references import normalise
from home.models import User
from pledges.models.submission import SubmissionQuerySet
from pledges.tables import Table, Unreadable
from review.assignable import ASKED, Ids, Pair, ids, refusals
from review.models import Assignment

# What the columns may be called, in small letters.
COLUMNS = {
    "reference": ("reference", "viite", "tunnus", "referens"),
    "email": ("e-mail", "email", "mail", "sähköposti", "e-post", "reviewer", "arvioija", "granskare"),
}


@dataclass
class Checked:
    """`pairs` may be given; `known` so many rows are assigned already; `problems` say in which row what is wrong."""

    pairs: list[Pair] = field(default_factory=list)
    known: int = 0
    problems: dict[int, str] = field(default_factory=dict)


def check(table: Table, submissions: SubmissionQuerySet, *, campaign: Campaign, at: datetime) -> Checked:
    """Look at every row and write nothing. `submissions` are those that the coordinator sees.

    Raises Unreadable, with a sentence, where a column is missing.
    """
    columns = _columns(table)
    rows = submissions.filter(campaign=campaign).select_related("screened").only(*ASKED)
    references = {normalise(row[columns["reference"]]) for row in table.rows} - {None}
    known = {row.reference: row for row in rows.filter(reference__in=references)}
    people = {person.email.casefold(): person for person in User.objects.filter(is_active=True)}
    checked, pairs = Checked(), dict[int, Pair]()
    for number, row in table.numbered():
        submission = known.get(normalise(row[columns["reference"]]) or "")
        person = people.get(row[columns["email"]].casefold())
        if submission and person:
            pairs[number] = (submission, person)
        elif not submission:
            checked.problems[number] = _("No submission of this campaign has this reference.")
        else:
            checked.problems[number] = _("Nobody has this e-mail address.")
    _judge(pairs, checked, at=at)
    return checked


def _columns(table: Table) -> dict[str, str]:
    named = {column.casefold(): column for column in table.columns}
    found = {
        name: next((named[word] for word in words if word in named), "") for name, words in COLUMNS.items()
    }
    if not all(found.values()):
        raise Unreadable(_("The table needs two columns: reference, and e-mail."))
    return found


def _judge(pairs: Mapping[int, Pair], checked: Checked, *, at: datetime) -> None:
    """Sort the rows into what may be given, what is so already, and what may not be."""
    refused = refusals(list(pairs.values()), at=at)
    rows = Assignment.objects.filter(submission__in={submission for submission, _person in pairs.values()})
    seen: set[Ids] = set(rows.values_list("submission", "reviewer"))
    for number, pair in pairs.items():
        if ids(pair) in seen:
            checked.known += 1
        elif ids(pair) in refused:
            checked.problems[number] = refused[ids(pair)]
        else:
            checked.pairs.append(pair)
            seen.add(ids(pair))
    checked.problems = dict(sorted(checked.problems.items()))
