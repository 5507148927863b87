"""What the lead, a partner, and somebody who asks to join fill in."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from campaign.kinds import OrganisationKind
from home.typed import AddressField, LineField, TextField
from pledges.choices import Geography
from pledges.models import Participation
from pledges.partner_acts import State

from .base import Base
from .giver import ConsentForm, GiverForm, typed_of


class InviteForm(Base):
    organisation_name = LineField(
        label=_("Name of the organisation"),
        max_length=160,
        error_messages={"required": _("Write the name of the organisation.")},
    )
    contact_email = AddressField(
        label=_("E-mail of its contact person"),
        help_text=_("Not published here. We send the invitation to this address."),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)


class JoinForm(Base):
    organisation_name = LineField(
        label=_("Name of the organisation"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of the organisation.")},
    )
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[("", _("Choose a kind")), *OrganisationKind.choices],
        error_messages={"required": _("Choose the kind of organisation.")},
    )
    contact_name = LineField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write who can be asked.")},
    )
    contact_email = AddressField(
        label=_("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The lead sees it, so that they can answer. It is not published."),
    )
    message = TextField(
        label=_("What would you bring?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words about what you would bring.")},
    )


class PartnerForm(GiverForm, ConsentForm):
    """A partner's own data, and whether it may be named."""

    contact_name = LineField(
        label=_("Contact person"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Not published here."),
        error_messages={"required": _("Write who can be asked.")},
    )

    def __init__(self, *args, part: Participation, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.geography = Geography(localtime(at, part.submission.campaign.zone).date())

    @property
    def more_is_open(self) -> bool:
        return self.needs_sight(("business_id", "organisation_municipality", "website"))

    @staticmethod
    def initial_of(part: Participation) -> dict[str, Any]:
        """What is known of the partner; its kind is its own to say before it has answered."""
        typed = typed_of(part.organisation) | {"contact_name": part.contact_name}
        is_unsaid = part.organisation.kind == OrganisationKind.OTHER and part.state == State.INVITED
        return typed | ({"organisation_kind": ""} if is_unsaid else {})


class LeadForm(ConsentForm):
    """Taking the lead: what may be published is the new lead's to say."""

    authorised = forms.BooleanField(
        label=_("I am authorised to commit my organisation to this."),
        error_messages={"required": _("Only somebody who may speak for the organisation can take the lead.")},
    )
