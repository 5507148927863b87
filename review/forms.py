"""What people fill in at the desk."""

from collections.abc import Collection, Mapping

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.models import ProgrammeEntryText
from campaign.references import normalise
from home.asked import whole_number, whole_numbers
from home.languages import CODES
from home.models import User
from home.typed import AddressField, LineField, TextField
from home.wording import Worded
from pledges.models import Attachment, Submission, Translation, Version
from review import permissions
from review.asked import references
from review.assignments import may_be_given


class DeskForm(Worded, forms.Form):
    """What all forms of the desk share."""


class PlainForm(DeskForm):
    """For acts that need nothing but the wish."""


class SeenFilesField(forms.Field):
    """The ids of the files that were on the page, so that one which came meanwhile is not passed unseen."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str]) -> list[int]:
        return whole_numbers(map(str, value or []))


class SeenTranslationsField(forms.Field):
    """The same for translations, as stamps."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str]) -> frozenset[str]:
        return frozenset(value or [])


class PassForm(DeskForm):
    read = forms.ModelChoiceField(queryset=Version.objects.none(), widget=forms.HiddenInput)
    authority_check = LineField(
        label=_("How did you check that the sender may speak for the organisation?"),
        help_text=_("Such as: the trade register, the organisation's website, a call to its office."),
        max_length=200,
    )
    files = SeenFilesField()

    translations = SeenTranslationsField()

    def __init__(
        self,
        *args,
        submission: Submission,
        files: Collection[Attachment] = (),
        translations: Collection[Translation] = (),
        **kwargs,
    ) -> None:
        seen = {
            "read": submission.latest_id,
            "files": [file.pk for file in files],
            "translations": [row.stamp for row in translations],
        }
        super().__init__(*args, initial=seen, **kwargs)
        self.fields["read"].queryset = submission.versions.all()


class ReasonForm(DeskForm):
    reason = TextField(
        label=_("Reasons"),
        help_text=_("The sender reads these words in a letter."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class TransferForm(DeskForm):
    """Another contact person; the second one stands in it, where there is one."""

    name = LineField(label=_("New contact person"), max_length=120)
    email = AddressField(label=_("Their e-mail"))

    def __init__(self, *args, submission: Submission, **kwargs) -> None:
        second = {"name": submission.second_name, "email": submission.second_email}
        super().__init__(*args, initial=second, prefix="transfer", **kwargs)


class EraseForm(DeskForm):
    """The reference is typed to show that it is meant."""

    reference = LineField(max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, submission: Submission, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission
        label = gettext("Type %(reference)s to confirm")
        self.fields["reference"].label = label % {"reference": submission.reference}

    def clean_reference(self) -> str:
        if normalise(self.cleaned_data["reference"]) != self.submission.reference:
            raise ValidationError(_("Type the reference of the submission that you want to erase."))
        return self.submission.reference


class RowsField(forms.ModelMultipleChoiceField):
    def clean(self, value: list[str]) -> QuerySet:
        """Leave out what can be nobody's id: the database would break on a number of thirty digits."""
        return super().clean([text for text in value or [] if whole_number(str(text))])


class AssignForm(DeskForm):
    reviewers = RowsField(
        label=_("Reviewers"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, submission: Submission | None = None, **kwargs) -> None:
        """With a submission, only those are offered who can still be given it."""
        super().__init__(*args, **kwargs)
        people = permissions.reviewers()
        self.fields["reviewers"].queryset = may_be_given(submission, people) if submission else people


class EntryTextsForm(DeskForm):
    """An entry's title and text in every language. Each field knows how it stood when the page was opened, so that
    only the languages that were changed there are written."""

    def __init__(self, *args, texts: Mapping[str, ProgrammeEntryText], **kwargs) -> None:
        written = {
            name: value
            for code, text in texts.items()
            for name, value in zip(text_names(code), (text.title, text.body), strict=True)
        }
        super().__init__(*args, initial=written, **kwargs)
        for code, language in settings.LANGUAGES:
            title, body = text_names(code)
            self.fields[title] = LineField(
                label=gettext("Title (%(language)s)") % {"language": language},
                max_length=120,
                required=False,
                show_hidden_initial=True,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[body] = TextField(
                label=gettext("Text (%(language)s)") % {"language": language},
                max_length=8000,
                required=False,
                show_hidden_initial=True,
                widget=forms.Textarea(attrs={"lang": code, "rows": 10}),
            )

    def clean(self) -> None:
        for name in (name for code in self.changed_languages() for name in text_names(code)):
            if name not in self.errors and not self.cleaned_data[name]:
                self.add_error(name, self.fields[name].error_messages["required"])

    def changed_languages(self) -> list[str]:
        return [code for code in CODES if not set(text_names(code)).isdisjoint(self.changed_data)]

    def changed(self) -> dict[str, dict[str, str]]:
        """The texts that were changed, by language."""
        names = {code: text_names(code) for code in self.changed_languages()}
        return {
            code: {"title": self.cleaned_data[title], "body": self.cleaned_data[body]}
            for code, (title, body) in names.items()
        }


def text_names(code: str) -> tuple[str, str]:
    """What an entry's title and text in one language are called in the form."""
    return f"title_{code}", f"body_{code}"


class ReferencesForm(DeskForm):
    """For forms whose `reference` names some of the submissions that can be added; the value is these, as typed."""

    def __init__(self, *args, submissions: QuerySet[Submission], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.submissions = submissions

    def clean_reference(self) -> list[Submission]:
        typed = self.cleaned_data["reference"].replace(",", " ").split()
        known = references(typed)
        found = {row.reference: row for row in self.submissions.filter(reference__in=known)}
        if len(found) < len(set(typed)):
            raise ValidationError(_("Not every reference is one of a submission that can be added here."))
        return [found[reference] for reference in dict.fromkeys(known)]
