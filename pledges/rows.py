"""The repeatable rows of the form: actions, needs and offers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from home.typed import DayField, LineField, NumberField
from home.wording import Worded
from pledges.versions import ActionRow, ExchangeRow, Text

MOST = 20


class RowForm(Worded, forms.Form):
    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


class ActionForm(RowForm):
    what = LineField(
        label=_("What will be done"),
        max_length=200,
        error_messages={"required": _("Write what the action is, or empty its row.")},
        help_text=_("For example: Language courses are held"),
    )
    unit = LineField(
        label=_("Counted in"),
        max_length=60,
        required=False,
        help_text=_("Empty when it is done or not done."),
    )
    start = NumberField(label=_("Now"))
    target = NumberField(label=pgettext_lazy("of an action", "Target"))


class ExchangeForm(RowForm):
    what = LineField(
        label=_("What"),
        max_length=200,
        error_messages={"required": _("Write what is needed or offered, or empty its row.")},
        help_text=_("For example: a room for twenty people"),
    )
    amount = LineField(label=_("How much"), max_length=60, required=False)
    where = LineField(label=_("Where"), max_length=120, required=False)
    until = DayField(label=_("Until when"))


class BaseRows(BaseFormSet):
    """Rows that are left, or made, empty do not count; one empty row more than there are stands ready."""

    default_error_messages = {
        "too_many_forms": _("There are too many rows. Remove some: at most %(num)d fit."),
        "missing_management_form": _("The rows came without their number. Write them again."),
    }

    group_name: StrOrPromise = ""
    row_name: StrOrPromise = ""

    def __init__(self, *args, initial: Sequence[dict] | None = None, **kwargs) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        self.extra = min(len(initial or []) + 1, MOST)

    def initial_form_count(self) -> int:
        """None, so that a row which was there before may be emptied like any other."""
        return 0

    def cleaned(self, kind: type) -> tuple:
        return tuple(kind(**data) for data in self.cleaned_data if data) if self.is_bound else ()


def _rows_of(form: type[RowForm]) -> type[BaseRows]:
    return formset_factory(form, formset=BaseRows, max_num=MOST, validate_max=True, absolute_max=2 * MOST)


ActionRows, ExchangeRows = _rows_of(ActionForm), _rows_of(ExchangeForm)
NAMES = {
    "actions": (pgettext_lazy("of a pledge", "Actions"), pgettext_lazy("of a pledge", "Action")),
    "needs": (_("Needs"), _("Need")),
    "offers": (_("Offers"), _("Offer")),
}
KINDS = {
    "actions": (ActionRows, ActionRow),
    "needs": (ExchangeRows, ExchangeRow),
    "offers": (ExchangeRows, ExchangeRow),
}


class Rows:
    """The three groups of rows on one page. A group that was not sent at all counts as empty."""

    is_unjudged = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, text: Text | None = None) -> None:
        self.groups: dict[str, BaseRows] = {}
        for name, (formset, _row) in KINDS.items():
            sent = data is not None and f"{name}-{TOTAL_FORM_COUNT}" in data
            initial = [asdict(row) for row in getattr(text, name)] if text and not sent else None
            group = formset(data if sent else None, prefix=name, initial=initial)
            group.group_name, group.row_name = NAMES[name]
            self.groups[name] = group

    def close(self, names: Collection[str]) -> None:
        """Take these groups off the form."""
        self.groups = {name: group for name, group in self.groups.items() if name not in names}

    def is_valid(self) -> bool:
        """Whether all groups are; each is checked, so that all errors are told at once."""
        checked = [not group.is_bound or group.is_valid() for group in self.groups.values()]
        return all(checked)

    def cleaned(self) -> dict[str, tuple]:
        return {name: group.cleaned(KINDS[name][1]) for name, group in self.groups.items()}

    def leave_unjudged(self, *, stand_open: bool = True) -> None:
        """Find no fault in them: somebody is still writing, and may have asked for a row more or less."""
        self.is_unjudged = stand_open
        for group in self.groups.values():
            for row in group:
                row.leave_unjudged()

    @property
    def are_open(self) -> bool:
        """Whether there is something in a row, right or wrong, or somebody is at work on them."""
        return self.is_unjudged or self.are_filled

    @property
    def are_filled(self) -> bool:
        """Whether there is something in a row, right or wrong."""
        groups = self.groups.values()
        return any(group.initial or any(row.has_changed() for row in group) for group in groups)

    def formsets(self) -> list[BaseRows]:
        return list(self.groups.values())
