"""Forms of the panel's meetings."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaign.languages import reader_s
from home.asked import whole_number
from home.models import User
from home.typed import LineField, NumberField, TextField
from review.date_forms import MomentField
from review.forms import DeskForm, ReferencesForm, RowsField
from review.meetings import Verdict, Words, phrases_kept, stamp
from review.models import Decision, Meeting, MeetingCase

BEST, DISAGREEING = "best", "disagreeing"


class PersonField(forms.ModelChoiceField):
    def to_python(self, value: Any) -> User | None:
        """What is no number is nobody's id."""
        return super().to_python(value if whole_number(str(value or "")) else None)


class MeetingForm(DeskForm):
    title = LineField(label=_("Title"), max_length=120)
    starts_at = MomentField(label=_("Begins"))
    place = LineField(label=_("Place"), max_length=120, required=False)
    chair = PersonField(label=_("Chair"), queryset=User.objects.none())
    secretary = PersonField(label=_("Secretary"), queryset=User.objects.none())
    present = RowsField(label=_("Present"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, people: QuerySet[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "secretary", "present"):
            self.fields[name].queryset = people

    @staticmethod
    def filled_from(meeting: Meeting) -> dict:
        facts = {name: getattr(meeting, name) for name in ("title", "starts_at", "place")}
        people = {"chair": meeting.chair_id, "secretary": meeting.secretary_id}
        return facts | people | {"present": list(meeting.present.values_list("pk", flat=True))}


class CasesForm(ReferencesForm):
    """Where the next cases come from."""

    source = forms.ChoiceField(
        label=_("Take as cases"),
        choices=[
            (BEST, _("The best of the ranking")),
            (DISAGREEING, _("Those on which the reviewers disagree")),
            ("named", _("These references")),
        ],
        widget=forms.RadioSelect,
    )
    number = forms.IntegerField(
        label=_("How many at most"), min_value=1, max_value=100, initial=10, required=False
    )
    reference = LineField(
        label=_("References"), help_text=_("One or more, apart by spaces."), max_length=600, required=False
    )

    def clean(self) -> None:
        if self.cleaned_data.get("source") == "named" and self.cleaned_data.get("reference") == []:
            self.add_error("reference", _("Write a reference."))


class CaseForm(DeskForm):
    """The screen of one case. A save of itself keeps notes and score only; a decision takes a button."""

    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    notes = TextField(
        label=_("Notes"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-key": "t"}),
    )
    final_score = NumberField(label=_("Final score, 0–5"))
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", _("None yet")), *Decision.Outcome.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    reasons = TextField(
        label=_("Reasons"),
        help_text=_("The sender reads these words in the letter of decision."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(
        label=_("The reasons are in"), choices=settings.LANGUAGES, initial=reader_s, required=False
    )

    def __init__(self, *args, decides: bool = True, decision: Decision | None = None, **kwargs) -> None:
        """`decision` is the one that stands, whoever made it."""
        super().__init__(*args, **kwargs)
        self.decides, self.decision = decides, decision

    def clean_final_score(self):
        score = self.cleaned_data["final_score"]
        if score is not None and not 0 <= score <= 5:
            raise ValidationError(_("The scale is from 0 to 5."))
        return score

    def clean(self) -> None:
        if not self.decides:
            return
        outcome = self.cleaned_data.get("outcome")
        if outcome and self.cleaned_data.get("reasons") == "" and not phrases_kept(self.decision, outcome):
            self.add_error("reasons", _("A decision needs reasons. They are told to the sender."))
        if self.cleaned_data.get("reasons") and self.cleaned_data.get("outcome") == "":
            self.add_error("outcome", _("Choose a decision, or take the reasons out."))

    def words(self) -> Words:
        facts = {name: self.cleaned_data[name] for name in ("notes", "final_score", "seen")}
        return Words(**facts)

    def verdict(self) -> Verdict | None:
        facts = {name: self.cleaned_data[name] for name in ("outcome", "reasons", "language")}
        return Verdict(**facts) if facts["outcome"] else None

    @staticmethod
    def filled_from(case: MeetingCase, decision: Decision | None) -> dict:
        """What this meeting recorded. A decision that was made elsewhere is not repeated by going on."""
        own = {"notes": case.notes, "final_score": case.final_score, "seen": stamp(case)}
        if decision is None or decision.outcome != case.outcome:
            return own
        written = {"language": decision.language} if decision.language else {}
        return own | {"outcome": decision.outcome, "reasons": decision.reasons} | written
