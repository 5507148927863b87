"""A translation as it is typed, field by field beside the original."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from campaign.models.text import TRANSLATED
from pledges import translating
from pledges.lifecycle import Refused
from pledges.models import Submission, Version
from pledges.translating import Place

from .base import Base
from .text import TextForm


class TranslationForm(Base):
    """What the original says nothing in is not asked for.

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

    def _field(self, name: str):
        field = deepcopy(TextForm.base_fields[name])
        field.help_text = ""
        field.widget.attrs["lang"] = self.place.language
        if field.required:
            field.widget.attrs["aria-required"] = "true"
        return field

    def save(self, **acting: Any) -> None:
        """Save what was typed. Raises Refused, after which saving once more replaces what was saved meanwhile."""
        known = translating.place(self.submission, self.place.language)
        try:
            translating.translate(
                self.submission,
                self.place.language,
                self.cleaned_data,
                of=self.original,
                base=self.base,
                **acting,
            )
        except Refused:
            self.base = _stamp(known) if known else ""
            raise

    def pairs(self) -> list[dict[str, Any]]:
        """Each field with what the original says there."""
        return [
            {
                "field": self[name],
                "original": getattr(self.original, name),
                "is_outdated": name in self.place.outdated,
            }
            for name in self.fields
        ]


def _stamp(place: Place) -> str:
    return place.translation.stamp if place.translation else ""


def _original(submission: Submission, data: Mapping[str, Any] | None) -> Version:
    asked = data.get("of", "") if data else ""
    if asked.isascii() and asked.isdigit() and len(asked) < 18:
        version = submission.versions.filter(pk=asked).first()
        if version:
            return version
    return submission.latest
