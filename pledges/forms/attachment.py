"""Adding a picture or a document, and saying what it shows."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from home.typed import TextField
from pledges import files
from pledges.attachments import Described
from pledges.files import Found
from pledges.models import Attachment
from pledges.unfit import Unfit

from .base import Base

ACCEPTED = ",".join([*Attachment.Kind.values, ".pdf", ".png", ".jpg", ".jpeg", ".webp"])
GUARDIANS = _("Children may be shown only when their guardians have agreed.")


class LookedIntoField(forms.FileField):
    """A file as what was found in it."""

    default_error_messages = {
        "required": _("Choose a file."),
        "missing": _("Choose a file."),
        "empty": _("This file is empty."),
        "invalid": _("The file did not arrive. Choose it again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        # The name is the owner's; it is shortened rather than refused.
        super().__init__(widget=forms.FileInput(attrs={"accept": ACCEPTED}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Found | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return files.read(upload)
        except Unfit as unfit:
            raise ValidationError(str(unfit), code="unfit") from unfit


class DescribeForm(Base):
    examples = MappingProxyType(
        {"description": _("For example: Twelve people of all ages bake bread in our hall.")}
    )
    description = TextField(
        label=_("What does it show or say?"),
        help_text=_(
            "For those who do not see it. Of a picture, say in a sentence or two what one sees. Of a PDF, say what "
            "stands in it, so that nobody needs to open it."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what the picture shows, or what the PDF says.")},
    )
    shows_minors = forms.BooleanField(
        label=_("Somebody under 18 can be recognised in it."),
        required=False,
    )
    guardians_agreed = forms.BooleanField(
        label=_("The guardians of all who are under 18 have agreed that it is published."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("shows_minors") and not cleaned.get("guardians_agreed"):
            self.add_error("guardians_agreed", GUARDIANS)
        return cleaned

    def described(self) -> Described:
        return Described(
            description=self.cleaned_data["description"], shows_minors=self.cleaned_data["shows_minors"]
        )


class AddFileForm(DescribeForm):
    field_order = ["file", "description", "rights"]

    file = LookedIntoField(
        label=_("File"),
        help_text=format_lazy(
            _(
                "Up to {most} MB. Pictures are made smaller where they are very large, and all that they say of place, "
                "time and camera is taken out. A PDF is published as it is, with what it says of its author."
            ),
            most=files.megabytes(),
        ),
    )
    rights = forms.BooleanField(
        label=_(
            "We may publish it: it is our own, or its maker and those who can be recognised have agreed."
        ),
        error_messages={"required": _("Only what you have the right to publish can be added.")},
    )

    def __init__(self, *args: Any, has_file: bool = False, **kwargs: Any) -> None:
        """`has_file` says that a file was kept from before, so that none need be chosen."""
        super().__init__(*args, **kwargs)
        if has_file:
            self.fields["file"].required = False
            self.fields["file"].label = _("Another file instead")
            del self.fields["file"].widget.attrs["aria-required"]
