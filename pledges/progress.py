"""How far a form is filled in: the essentials that are missing, and the optional parts that are still empty."""

from dataclasses import dataclass

from django import forms

from campaign.kinds import Kind
from pledges.forms.giver import MORE_OF_GIVER
from pledges.forms.text import MORE_OF_TEXT
from pledges.rows import Rows


@dataclass(frozen=True)
class Progress:
    """`essentials` names the fields that must be filled, for the script that counts along."""

    essentials: tuple[str, ...]
    essentials_left: int
    parts_left: int


def progress(form: forms.Form, rows: Rows) -> Progress:
    """Counted from what is in the form now, right or wrong; a field with an error is not done."""
    essentials = [name for name, field in form.fields.items() if field.required]
    kind = form["kind"].value() if "kind" in form.fields else form.kind
    if kind == Kind.INITIATIVE:
        essentials.append("novelty")
    left = [name for name in essentials if name in form.errors or not form[name].value()]
    parts = [form.needs_sight(MORE_OF_TEXT), rows.are_filled, form.needs_sight(MORE_OF_GIVER)]
    consents = [name for name in form.fields if name.startswith("consent_")]
    if consents:
        parts.append(any(form[name].value() for name in consents))
    return Progress(tuple(essentials), len(left), parts.count(False))
