"""Who gives: the organisation, the people to write to, and what they agree to."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from campaign.kinds import OrganisationKind
from pledges.business_ids import normalised
from pledges.models import ConsentWording, Purpose
from pledges.submitting import Giver
from pledges.typed import AddressField, LineField, WebField

from .base import Base

MORE_OF_GIVER = (
    "business_id",
    "organisation_municipality",
    "website",
    "contact_phone",
    "second_name",
    "second_email",
)


class GiverForm(Base):
    """The organisation. Stands on one form with the text, which knows the municipalities."""

    organisation_name = LineField(
        label=_("Name of the organisation"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of the organisation.")},
        max_length=160,
    )
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        error_messages={"required": _("Choose the kind of organisation.")},
        choices=[("", _("Choose a kind")), *OrganisationKind.choices],
    )
    business_id = LineField(
        label=_("Business ID"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"data-known": reverse_lazy("known_organisation")}),
        help_text=_("If there is one, such as 1234567-1 or 556016-0680."),
    )
    organisation_municipality = LineField(
        label=_("Municipality of the organisation"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "municipality-names"}),
    )
    website = WebField(
        label=_("Website"), widget=forms.URLInput(attrs={"autocomplete": "url"}), required=False
    )

    def clean_business_id(self) -> str:
        typed = self.cleaned_data["business_id"]
        return normalised(typed) if typed else ""

    def clean_organisation_municipality(self) -> int | None:
        name = self.cleaned_data["organisation_municipality"]
        if not name:
            return None
        found = self.geography.named(name)
        if found is None:
            raise forms.ValidationError(_("There is no municipality of this name. Check the spelling."))
        return found

    def giver(self) -> Giver:
        data = self.cleaned_data
        return Giver(
            name=data["organisation_name"],
            kind=data["organisation_kind"],
            business_id=data["business_id"],
            municipality_id=data["organisation_municipality"],
            website=data["website"],
        )


class PeopleForm(Base):
    """The contact persons, without the address that letters go to."""

    contact_name = LineField(
        label=_("Contact person"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write who can be asked.")},
        max_length=120,
        help_text=_("Not published here."),
    )
    contact_phone = LineField(
        label=_("Phone"),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        max_length=40,
        required=False,
        help_text=_("Not published here."),
    )
    second_name = LineField(
        label=_("Second contact person"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        max_length=120,
        required=False,
    )
    second_email = AddressField(
        label=_("Second contact's e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        required=False,
    )

    @property
    def more_giver_is_open(self) -> bool:
        return self.needs_sight(MORE_OF_GIVER)


class AddressForm(Base):
    contact_email = AddressField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Not published here. We send a link to this address to confirm it."),
    )


class ConsentForm(Base):
    """One box a purpose, in the words that are kept with the answer; none is ticked beforehand.

    The form carries which words it shows. Where newer ones have come since, a box that was newly ticked is
    emptied and asked anew. Data that do not say which words they answer, answer the newest.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args,
        wordings: Mapping[Purpose, ConsentWording],
        given: Collection[Purpose] = (),
        **kwargs,
    ) -> None:
        self.wordings = wordings
        self.reworded = {
            purpose for purpose in set(wordings) - set(given) if self._answers_older(data, purpose)
        }
        if self.reworded:
            data = data.copy()
            for purpose in self.reworded:
                del data[f"consent_{purpose}"]
        super().__init__(data, *args, **kwargs)
        for purpose, wording in wordings.items():
            self.fields[f"consent_{purpose}"] = forms.BooleanField(label=wording.text, required=False)

    def _answers_older(self, data: Mapping[str, Any] | None, purpose: Purpose) -> bool:
        if not data or f"consent_{purpose}" not in data:
            return False
        newest = str(self.wordings[purpose].pk)
        return data.get(f"wording_{purpose}", newest) != newest

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._ask_anew()
        return data

    def leave_unjudged(self) -> None:
        """Boxes that were emptied are told of all the same: their words have changed."""
        super().leave_unjudged()
        self._ask_anew()

    def _ask_anew(self) -> None:
        for purpose in self.reworded:
            self.add_error(f"consent_{purpose}", _("These words are new. Read them, and choose again."))

    def consents(self) -> frozenset[Purpose]:
        return frozenset(purpose for purpose in Purpose if self.cleaned_data.get(f"consent_{purpose}"))

    def consent_fields(self) -> Sequence[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("consent_")]
