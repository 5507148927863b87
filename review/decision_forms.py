"""What coordinators fill in to decide, and to write the letters of decision."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.languages import reader_s
from campaign.models import Campaign
from home.typed import TextField
from review import feedback
from review.forms import DeskForm, RowsField
from review.models import Decision, ReasonPhrase, Review


@dataclass(frozen=True)
class Choice:
    """A choice with a description below it."""

    label: str
    description: str

    def __str__(self) -> str:
        return self.label


class PhrasesField(RowsField):
    """Phrases of one campaign, each under the decision that it goes with."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            queryset=ReasonPhrase.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def label_from_instance(self, phrase: ReasonPhrase) -> Choice:
        return Choice(str(phrase.get_outcome_display() or _("Any decision")), phrase.text)


class ReasonsForm(DeskForm):
    """Reasons: phrases, words of one's own, or both."""

    phrases = PhrasesField(
        label=_("Phrases"), help_text=_("Everybody reads them in the language of their letter.")
    )
    reasons = TextField(
        label=_("Reasons"),
        help_text=_("The sender reads these words in the letter of decision, as you write them."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(
        label=_("The reasons are in"), choices=settings.LANGUAGES, initial=reader_s, required=False
    )

    def __init__(self, *args, campaign: Campaign, outcome: str = "", **kwargs) -> None:
        """With an outcome, only the phrases that go with it are offered."""
        super().__init__(*args, **kwargs)
        phrases = campaign.reason_phrases.all()
        self.fields["phrases"].queryset = phrases.filter(outcome__in=["", outcome]) if outcome else phrases
        if not self.fields["phrases"].queryset.exists():
            del self.fields["phrases"]

    def clean(self) -> None:
        facts = self.cleaned_data
        if "reasons" in facts and not facts["reasons"] and not facts.get("phrases"):
            self.add_error("reasons", _("Fill in the field “Reasons”."))


class DecisionForm(ReasonsForm):
    """A decision; of one whose sender knows it already, also why it is corrected.

    `seen` counts the letters that had been sent when the page was opened, so that nothing is corrected twice.
    """

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    because = TextField(
        label=_("Why the decision is corrected"),
        help_text=_("The sender reads it in the new letter. Not needed to lift from the reserve."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ["outcome", "because", "phrases", "reasons", "language"]

    def __init__(self, *args, is_known: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not is_known:
            del self.fields["because"], self.fields["seen"]

    def clean(self) -> None:
        super().clean()
        outcome = self.cleaned_data.get("outcome")
        for phrase in self.cleaned_data.get("phrases") or ():
            if outcome and phrase.outcome not in {"", outcome}:
                self.add_error("phrases", ValidationError(_("A phrase does not go with this decision.")))
                break

    @staticmethod
    def filled_from(decision: Decision) -> dict:
        written = {"language": decision.language} if decision.language else {}
        phrases = [phrase["phrase"] for phrase in decision.phrases]
        facts = {"outcome": decision.outcome, "reasons": decision.reasons, "seen": decision.letters_sent}
        return facts | {"phrases": phrases} | written


class CommentsField(RowsField):
    def label_from_instance(self, review: Review) -> str:
        return review.comment


class LetterForm(DeskForm):
    """What is added to one letter of decision."""

    letter_note = TextField(
        label=_("Added to this letter"),
        help_text=_("Only this receiver reads it. Write it in the language of the letter."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    feedback = CommentsField(
        label=_("Comments of reviewers in this letter"),
        help_text=_("Without names, as they were written."),
        queryset=Review.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, decision: Decision, comments: list[Review], **kwargs) -> None:
        """`comments` are those that may be chosen; without any, the field is left out."""
        initial = {
            "letter_note": decision.letter_note,
            "feedback": [review.pk for review in comments if review.is_feedback],
        }
        super().__init__(*args, initial=initial, prefix=decision.submission.reference, **kwargs)
        field = self.fields["feedback"]
        field.queryset = feedback.to_choose_from([decision.submission_id])
        field.choices = [(review.pk, review.comment) for review in comments]
        if not comments:
            del self.fields["feedback"]
