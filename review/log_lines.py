"""Lines of the log that tell more than their name."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from review.models import Criterion


class Recomputed(LogFormatter):
    """Which fields of a criterion were changed, from what to what."""

    label = gettext_lazy("Total anew")
    message = gettext_lazy("Reviews totalled anew")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        changes = log_entry.data.get("changes", {})
        if not changes:
            return str(self.message)
        told = "; ".join(_told(name, was, now) for name, (was, now) in changes.items())
        return gettext("Reviews totalled anew. Changed: %(changes)s") % {"changes": told}


def _told(name: str, was: Any, now: Any) -> str:
    field = Criterion._meta.get_field(name)
    return f"{field.verbose_name} {_value(name, was)} → {_value(name, now)}"


def _value(name: str, value: Any) -> str:
    """A kind by its name, yes or no, or a number."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name == "kind":
        return str(dict(Criterion._meta.get_field(name).flatchoices).get(value) or gettext("both kinds"))
    return str(value)
