"""The whole forms: to send, and to edit what was sent. Their field names are a contract with outside checks."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.closing import closing_in_words, closings
from campaign.kinds import Kind
from campaign.models import Campaign
from pledges.choices import Described
from pledges.models.submission import PEOPLE
from pledges.rows import Rows
from pledges.submitting import Contact, Sending
from pledges.unsent import Draft

from .base import Base
from .giver import AddressForm, ConsentForm, GiverForm, PeopleForm
from .text import TextForm

MEANT = {
    Kind.PLEDGE: _("Something we will do: an example and a challenge to others."),
    Kind.INITIATIVE: _("A new, concrete idea that is best done together."),
}


class KindForm(Base):
    """Stands before the text on one form. Each kind says when the call closes for it, where they differ."""

    kind = forms.ChoiceField(
        label=_("Which is it?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a pledge or an initiative.")},
    )

    def __init__(self, *args, campaign: Campaign, at: datetime, **kwargs) -> None:
        super().__init__(*args, campaign=campaign, at=at, **kwargs)
        differing = [] if campaign.closes_together else closings(campaign, at)
        told = {row.kind: closing_in_words(row, campaign) for row in differing}
        self.fields["kind"].choices = [
            (kind, Described(kind.label, f"{meant} {told.get(kind, '')}".strip()))
            for kind, meant in MEANT.items()
        ]


class WholeForm(KindForm, TextForm, GiverForm, PeopleForm, AddressForm, ConsentForm):
    """Everything that a submission says, whichever way it comes."""

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in PEOPLE})

    def sending(self, rows: Rows, *, form_key: str, draft: Draft | None = None) -> Sending:
        """What was typed, to be stored, in place of what was kept of it. Only where form and rows are valid."""
        return Sending(
            form_key=form_key,
            kind=self.cleaned_data["kind"],
            text=self.text(rows),
            giver=self.giver(),
            contact=self.contact(),
            consents=self.consents(),
            wordings=self.wordings,
            draft=draft,
        )


class EnterForm(WholeForm):
    """What a coordinator enters for somebody, who may have no e-mail."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].required = False
        self.fields["contact_email"].help_text = _("Not published here. May be empty.")


class SubmitForm(WholeForm):
    """The form of the web."""

    field_order = [
        "kind",
        "title",
        "summary",
        "description",
        "novelty",
        "theme",
        "organisation_name",
        "organisation_kind",
        "contact_name",
        "contact_email",
    ]

    authorised = forms.BooleanField(
        label=_("I am authorised to commit my organisation to this."),
        error_messages={"required": _("Only somebody who may speak for the organisation can send this.")},
    )


class EditForm(TextForm, PeopleForm):
    """The text and the people of a submission that was sent before."""


class EditWithGiverForm(KindForm, TextForm, GiverForm, PeopleForm):
    """The same with kind and giver, while nobody has screened it: from then on, both may be public and stay."""
