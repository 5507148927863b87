"""What keeps the review fair, as people fill it in: ties, reasons for lifting one, passages to hide, the procedure."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from home.addresses import LANGUAGE_NAMES
from home.languages import CODES
from home.typed import LineField, TextField
from pledges.models import Submission
from pledges.models.submission import SubmissionQuerySet
from review import redactions
from review.asked import references
from review.forms import DeskForm
from review.models import Procedure

DOMAIN = re.compile(r"@?(?:[\w-]+\.)+[\w-]{2,}")
# The settings that are words for the senders, in each language.
SAID = ("decider", "presenter", "contact", "remedy")
SET = ("is_blind", "reviews_wanted", "disagreement", "reminder_days", "shared_domains", "gives_feedback")
MOST_REMINDERS, MOST_DAYS = 5, 60


class InterestsForm(DeskForm):
    organisations = forms.MultipleChoiceField(
        label=_("Organisations that you have ties to"),
        help_text=_("Such as: you work there, sit on its board, or somebody close to you does."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    none = forms.BooleanField(label=_("I have ties to none of these."), required=False)

    def __init__(self, *args, names: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = [(name, name) for name in names]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "organisations" in data:
            if data["organisations"] and data.get("none"):
                self.add_error(
                    "none", _("You ticked organisations, and that there are none. Untick one of both.")
                )
            elif not data["organisations"] and not data.get("none"):
                place = "organisations" if self.fields["organisations"].choices else "none"
                self.add_error(
                    place, _("Tick the organisations that you have ties to, or that there are none.")
                )
        return data


class LiftForm(DeskForm):
    reason = LineField(
        label=_("Why may this person judge it after all?"),
        help_text=_("The record keeps it. Coordinators read it."),
        max_length=400,
    )


class PassageForm(DeskForm):
    passage = LineField(
        label=_("Passage to hide"),
        help_text=_("Select it in the text, or copy it from there. It is hidden wherever it stands."),
        max_length=400,
    )

    def __init__(self, *args, texts: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts

    def clean_passage(self) -> str:
        if sentence := redactions.refusal(self.cleaned_data["passage"], self.texts):
            raise ValidationError(sentence)
        return self.cleaned_data["passage"]


def _field(name: str) -> Any:
    return Procedure._meta.get_field(name)


class ProcedureForm(DeskForm):
    """All settings of the review. Lists are typed: domains and references one a line, days with commas."""

    is_blind = forms.BooleanField(
        label=_("Blind review"),
        help_text=_(
            "Reviewers learn who gave a submission when they have handed in their review. What is public already "
            "can be looked up by anybody."
        ),
        required=False,
    )
    reviews_wanted = forms.IntegerField(label=_("Reviews of each submission"), min_value=1, max_value=20)
    disagreement = forms.DecimalField(
        label=_("Disagreement from"),
        help_text=_field("disagreement").help_text,
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
    )
    reminder_days = LineField(
        label=_("Reminders"), help_text=_field("reminder_days").help_text, max_length=40, required=False
    )
    calibration = TextField(
        label=_("Calibration round"),
        help_text=_("References, one a line. All reviewers begin with these."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shared_domains = TextField(
        label=_("Shared mail domains"),
        help_text=_field("shared_domains").help_text,
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    gives_feedback = forms.BooleanField(
        label=_("Feedback in letters"), help_text=_field("gives_feedback").help_text, required=False
    )

    def __init__(self, *args, procedure: Procedure, submissions: SubmissionQuerySet, **kwargs) -> None:
        self.submissions = submissions
        super().__init__(*args, initial=_filled(procedure, submissions), **kwargs)
        for name in SAID:
            for code in CODES:
                self.fields[f"{name}_{code}"] = _said(name, code)

    def clean_reminder_days(self) -> list[int]:
        typed = [part.strip() for part in self.cleaned_data["reminder_days"].split(",") if part.strip()]
        days = [
            int(part) for part in typed if part.isascii() and part.isdecimal() and len(part) < SHORT_NUMBER
        ]
        if (
            len(days) < len(typed)
            or len(days) > MOST_REMINDERS
            or not all(0 < day <= MOST_DAYS for day in days)
        ):
            raise ValidationError(_("Write at most five whole numbers of days, with commas, such as 7, 2."))
        return sorted(set(days), reverse=True)

    def clean_shared_domains(self) -> str:
        lines = self.cleaned_data["shared_domains"].casefold().split()
        if wrong := [line for line in lines if not DOMAIN.fullmatch(line)]:
            raise ValidationError(
                _("This is not a domain, such as example.org: %(line)s"), params={"line": wrong[0]}
            )
        return "\n".join(line.removeprefix("@") for line in lines)

    def clean_calibration(self) -> list[Submission]:
        typed = self.cleaned_data["calibration"].split()
        found = list(self.submissions.filter(reference__in=references(typed)))
        lacking = len(set(typed)) - len(found)
        if lacking > 0:
            sentence = ngettext(
                "%(number)d reference is of no submission that you see.",
                "%(number)d references are of no submission that you see.",
                lacking,
            )
            raise ValidationError(sentence % {"number": lacking})
        return found

    def values(self) -> dict[str, Any]:
        """The settings by their fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "calibration"}


SHORT_NUMBER = 4


def _said(name: str, code: str) -> forms.CharField:
    """One setting in one language. Where it is told in none, letters say nothing of it."""
    field = _field(name)
    label = gettext("%(label)s, in this language: %(language)s") % {
        "label": field.verbose_name,
        "language": LANGUAGE_NAMES[code],
    }
    kind, more = (
        (TextField, {"widget": forms.Textarea(attrs={"rows": 3})}) if name == "remedy" else (LineField, {})
    )
    return kind(label=label[:1].upper() + label[1:], max_length=field.max_length, required=False, **more)


def _filled(procedure: Procedure, submissions: SubmissionQuerySet) -> dict[str, Any]:
    names = [*SET, *(f"{name}_{code}" for name in SAID for code in CODES)]
    seen = (
        submissions.filter(pk__in=procedure.calibration.values("pk")) if procedure.pk else submissions.none()
    )
    return {name: getattr(procedure, name) or "" for name in names} | {
        "is_blind": procedure.is_blind,
        "gives_feedback": procedure.gives_feedback,
        "disagreement": procedure.disagreement,
        "reminder_days": ", ".join(map(str, procedure.reminder_days)),
        "calibration": "\n".join(seen.order_by("reference").values_list("reference", flat=True)),
    }
