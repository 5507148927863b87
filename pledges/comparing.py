"""What differs between two texts of one form, in the words of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pledges.rows import Rows

Filled = tuple[forms.Form, Rows]


@dataclass(frozen=True)
class Difference:
    label: str
    ours: str
    theirs: str


def differences(ours: Filled, theirs: Filled) -> list[Difference]:
    """Every field that says something else, in the order of the page; empty texts where one says nothing."""
    one, other = _said(ours), _said(theirs)
    found = []
    for name in dict.fromkeys([*one, *other]):
        label = (one.get(name) or other[name])[0]
        found.append(Difference(label, one.get(name, ("", ""))[1], other.get(name, ("", ""))[1]))
    return [each for each in found if each.ours != each.theirs]


def _said(filled: Filled) -> dict[str, tuple[str, str]]:
    """Label and words of every field, by its name."""
    form, rows = filled
    said = {field.html_name: (str(field.label), _shown(field)) for field in form.visible_fields()}
    legends = {"actions": pgettext("of a pledge", "Action"), "needs": _("Need"), "offers": _("Offer")}
    for name, group in rows.groups.items():
        for number, row in enumerate(group, start=1):
            for field in row.visible_fields():
                said[field.html_name] = (f"{legends[name]} {number}: {field.label}", _shown(field))
    return said


def _shown(field: forms.BoundField) -> str:
    """What a field holds, as a reader sees it: the words of a choice, not its number."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("Yes") if value else ""
    if isinstance(field.field, forms.ChoiceField):
        words = dict(_flat(field.field.choices))
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(str(words.get(str(each), "")) for each in chosen if each)
    return "" if value is None else str(value).replace("\r\n", "\n")


def _flat(choices: Iterable) -> Iterator[tuple[str, object]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
