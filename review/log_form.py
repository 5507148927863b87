"""What is looked for in the log."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.references import normalise
from review import logbook


def _day(label) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"])


class LogForm(forms.Form):
    """Days are the campaign's, in whose zone the desk reads them."""

    person = forms.CharField(label=_("Person"), max_length=100, required=False)
    reference = forms.CharField(label=_("Reference"), max_length=40, required=False)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    since = _day(_("First day"))
    until = _day(_("Last day"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        words = sorted(logbook.actions().items(), key=lambda choice: choice[1].casefold())
        self.fields["action"].choices = [("", _("All")), *words]

    def clean_reference(self) -> str:
        typed = self.cleaned_data["reference"]
        if typed and not normalise(typed):
            raise ValidationError(_("This is no reference. It looks like KL-1A2B-3C4D."))
        return normalise(typed) or ""

    def looked_for(self) -> dict[str, str | datetime | None]:
        """As `logbook.found` takes it; of what cannot be read, nothing."""
        asked = {name: self.cleaned_data.get(name) for name in ("person", "reference", "action")}
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return {name: value or "" for name, value in asked.items()} | {
            "since": _begin(since) if since else None,
            "until": _begin(until + timedelta(days=1)) if until else None,
        }


def _begin(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
