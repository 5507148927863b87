"""What all forms of submitters share."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from home.wording import Worded

from .examples import EXAMPLES, show_examples

# Takes back a choice; who chooses nothing sends nothing.
UNSAID = "unsaid"
EMPTY = (None, "", [], UNSAID)


class Base(Worded, forms.Form):
    """Fields tell what is wrong by themselves; the browser's own bubbles stay out of it."""

    use_required_attribute = False
    kept: Mapping[str, Any] = {}
    examples = EXAMPLES

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        show_examples(self.fields, self.examples)
        for field in self.fields.values():
            if field.required and not field.widget.use_fieldset:
                field.widget.attrs["aria-required"] = "true"

    def close(self, kept: Mapping[str, Any]) -> None:
        """Take these fields off the form. They count as typed as they are, whatever is sent for them."""
        self.kept = kept
        for name in kept:
            del self.fields[name]

    def _post_clean(self) -> None:
        self.cleaned_data |= self.kept
        super()._post_clean()

    def needs_sight(self, names: Collection[str]) -> bool:
        """Whether a folded group of fields is to stand open: something in it is wrong, or has been filled in."""
        return any(
            name in self.errors or self[name].value() not in EMPTY for name in names if name in self.fields
        )
