"""A translation as it is typed, field by field beside the original."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms

from campaign.models.text import TRANSLATED
from home.asked import whole_number
from home.typed import LineField
from pledges import translating
from pledges.lifecycle import Refused
from pledges.models import Submission, Version
from pledges.translating import Place

from .base import Base
from .text import TextForm


class TranslationForm(Base):
    """What the original says nothing in is not asked for. Of its rows, each phrase is; it may stay as it is.

    `original` is the version that the translation is made from: the newest when the form is opened, and when it is
    sent the one that stood beside it. `base` is the stamp of the translation that the form was opened on.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, submission: Submission, place: Place, **kwargs
    ) -> None:
        known = place.translation
        self.submission, self.place = submission, place
        self.original = _original(submission, data)
        self.base = _stamp(place) if data is None else data.get("base", "")
        initial = {name: getattr(known, name) for name in TRANSLATED} if known else {}
        super().__init__(data, initial=initial, **kwargs)
        for name in TRANSLATED:
            if getattr(self.original, name):
                self.fields[name] = self._field(name)
        said = known.phrases if known else {}
        for number, (phrase, label) in enumerate(self.original.phrases.items()):
            self.fields[f"phrase_{number}"] = self._phrase(label, said.get(phrase, ""))

    def _field(self, name: str):
        field = deepcopy(TextForm.base_fields[name])
        field.help_text = ""
        field.widget.attrs["lang"] = self.place.language
        if field.required:
            field.widget.attrs["aria-required"] = "true"
        return field

    def _phrase(self, label: str, words: str) -> LineField:
        attrs = {"lang": self.place.language}
        widget = forms.TextInput(attrs=attrs)
        return LineField(label=label, initial=words, max_length=200, required=False, widget=widget)

    def phrases(self) -> dict[str, str]:
        """What was typed for each phrase of the original's rows."""
        names = enumerate(self.original.phrases)
        return {phrase: self.cleaned_data.get(f"phrase_{number}", "") for number, phrase in names}

    def save(self, **acting: Any) -> None:
        """Save what was typed. Raises Refused, after which saving once more replaces what was saved meanwhile."""
        known = translating.place(self.submission, self.place.language)
        try:
            translating.translate(
                self.submission,
                self.place.language,
                self.cleaned_data,
                phrases=self.phrases(),
                of=self.original,
                base=self.base,
                **acting,
            )
        except Refused:
            self.base = _stamp(known) if known else ""
            raise

    def pairs(self) -> list[dict[str, Any]]:
        """Each field of the text with what the original says there."""
        return [
            self._pair(name, getattr(self.original, name), is_outdated=name in self.place.outdated)
            for name in TRANSLATED
            if name in self.fields
        ]

    def row_pairs(self) -> list[dict[str, Any]]:
        """The same for the phrases of its rows."""
        known = self.place.translation
        is_outdated = known is not None and "phrases" in self.place.outdated
        return [
            self._pair(f"phrase_{number}", phrase, is_outdated=is_outdated and phrase not in known.phrases)
            for number, phrase in enumerate(self.original.phrases)
        ]

    def _pair(self, name: str, original: str, *, is_outdated: bool) -> dict[str, Any]:
        return {"field": self[name], "original": original, "is_outdated": is_outdated}


def _stamp(place: Place) -> str:
    return place.translation.stamp if place.translation else ""


def _original(submission: Submission, data: Mapping[str, Any] | None) -> Version:
    asked = whole_number(data.get("of", "")) if data else None
    return submission.versions.filter(pk=asked).first() or submission.latest
