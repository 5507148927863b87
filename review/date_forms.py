"""Forms of the desk in which a moment is typed: it is read in the campaign's zone."""

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from campaign import extending
from campaign.closing import why_not_open
from campaign.kinds import Kind
from campaign.models import Campaign, Phase
from campaign.moments import zone_named
from pledges import correcting
from pledges.forms import EnterForm
from pledges.models import Submission
from review.forms import DeskForm, ReasonForm


def _day_and_hour() -> str:
    """In which zone the desk reads what is typed: that of the campaign, which is the current one there."""
    zone = zone_named(timezone.get_current_timezone_name())
    return gettext("Day and hour, in %(zone)s.") % {"zone": zone}


class MomentField(forms.DateTimeField):
    """A day and an hour in the campaign's zone. The form that holds it is told what `at` is now."""

    def __init__(self, **kwargs) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%d.%m.%Y %H.%M", "%Y-%m-%d %H:%M"]
        help_text = lazy(_day_and_hour, str)()
        super().__init__(help_text=help_text, widget=widget, input_formats=formats, **kwargs)

    def to_python(self, value: object) -> datetime | None:
        """An hour that the clocks show twice, or never, when they are turned, is no moment."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                _turned(error.params["datetime"], error.params["current_timezone"])
            ) from None


def _turned(typed: datetime, zone: tzinfo) -> StrOrPromise:
    first, second = (typed.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first > second:  # type: ignore[operator]
        return _("The clocks are turned back in that night, and this hour comes twice. Choose another one.")
    return _("The clocks are turned forward in that night, and this hour does not come. Choose another one.")


def to_come(until: datetime, *, at: datetime) -> datetime:
    if until <= at:
        raise ValidationError(_("Choose a moment that is still to come."))
    return until


class ReturnForm(ReasonForm):
    correction_until = MomentField(label=_("Correction until"))
    returned_fields = forms.MultipleChoiceField(
        label=_("What may be corrected"),
        help_text=_("Tick what the sender may change. Tick nothing, and everything is open."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, submission: Submission, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        parts = correcting.offered(submission)
        self.fields["returned_fields"].choices = [(name, part.label) for name, part in parts.items()]

    def clean_returned_fields(self) -> list[str]:
        return correcting.fields_of(self.cleaned_data["returned_fields"])

    def clean_correction_until(self) -> datetime:
        return to_come(self.cleaned_data["correction_until"], at=self.at)


class LateLinkForm(DeskForm):
    until = MomentField(label=_("It can be sent until"))

    def __init__(self, *args, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_until(self) -> datetime:
        return to_come(self.cleaned_data["until"], at=self.at)


class ExtendForm(DeskForm):
    """New closing moments: of the call, and of each kind that has its own."""

    LABELS = {
        "": _("The call closes"),
        Kind.PLEDGE: _("Pledges close"),
        Kind.INITIATIVE: _("Initiatives close"),
    }
    seen = forms.CharField(widget=forms.HiddenInput)
    moves_review = forms.BooleanField(
        label=_("Let the review open later, too, where the call would reach into it."), required=False
    )

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, initial={"seen": extending.fingerprint(campaign)}, **kwargs)
        self.present = extending.present(campaign)
        for kind, moment in self.present.items():
            label = self.LABELS[kind]
            self.fields[closing_name(kind)] = MomentField(label=label, initial=moment)
        if not campaign.phase(Phase.Kind.REVIEW):
            del self.fields["moves_review"]
        self.order_fields(map(closing_name, self.present))

    def refuse(self, sentence: str) -> None:
        """Say it where the call's own moment is typed: on that hang all others."""
        name = closing_name("")
        self.add_error(name if name in self.fields else None, sentence)

    def asked(self) -> extending.Asked:
        closings = {kind: self._typed(kind) for kind in self.present}
        moves = self.cleaned_data.get("moves_review", False)
        return extending.Asked(closings=closings, seen=self.cleaned_data["seen"], moves_review=moves)

    def _typed(self, kind: str) -> datetime:
        """The typed moment; the present one, with its seconds, where its minute was left alone."""
        typed, present = self.cleaned_data[closing_name(kind)], self.present[kind]
        return present if typed == present.replace(second=0, microsecond=0) else typed


def closing_name(kind: str) -> str:
    return f"{kind or 'call'}_closes_at"


class PaperForm(EnterForm):
    """What came on paper, with when it came."""

    received_at = MomentField(
        label=_("Received"),
        error_messages={"required": _("Write when it came: that moment is the one that counts.")},
    )
    writes = forms.BooleanField(
        label=_("Mail the receipt to the contact person, if there is an e-mail address"), required=False
    )
    is_late = forms.BooleanField(
        label=_("It came while the call was not open. Enter it all the same."), required=False
    )

    def __init__(self, *args, campaign: Campaign, at: datetime, **kwargs) -> None:
        super().__init__(*args, campaign=campaign, at=at, **kwargs)
        self.campaign, self.at = campaign, at

    def clean_received_at(self) -> datetime:
        received = self.cleaned_data["received_at"]
        if received > self.at:
            raise ValidationError(_("This moment is still to come."))
        return received

    def clean(self) -> dict[str, Any]:
        """What came too late, or too early, is entered where somebody says so."""
        data = super().clean()
        kind, moment = data.get("kind"), data.get("received_at")
        if kind and moment and not (self.campaign.accepts(kind, moment) or data.get("is_late")):
            tick = gettext("Tick this box to enter it all the same.")
            self.add_error("is_late", f"{why_not_open(self.campaign, moment, kind=kind)} {tick}")
        return data
