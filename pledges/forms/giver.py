"""Who gives: the organisation, the people to write to, and what they agree to."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from campaign.kinds import OrganisationKind
from home.typed import AddressField, LineField, WebField
from pledges.business_ids import normalised
from pledges.models import Consent, ConsentWording, Organisation, Purpose
from pledges.submitting import Giver

from .base import Base

MORE_OF_GIVER = (
    "business_id",
    "organisation_municipality",
    "website",
    "contact_phone",
    "second_name",
    "second_email",
)


def typed_of(organisation: Organisation) -> dict[str, str]:
    """What the form would hold if somebody had typed the organisation into it."""
    return {
        "organisation_name": organisation.name,
        "organisation_kind": organisation.kind,
        "business_id": organisation.business_id,
        "organisation_municipality": organisation.municipality.name if organisation.municipality else "",
        "website": organisation.website,
    }


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


class ConsentBox(NamedTuple):
    """One purpose on the page. `older` is what was agreed to in other words, `take_back` the box that ends it."""

    field: forms.BoundField
    older: Consent | None
    take_back: forms.BoundField | None


class ConsentForm(Base):
    """One box a purpose, in the words that are kept with the answer; ticked where those very words were agreed to.

    Where other words were agreed to (`agreed` holds the acts in force), the box stands empty: what was agreed to then
    stands for what it said until the box is ticked, or a second one that takes it back. Left alone, nothing changes.

    The form carries which words it shows. Where newer ones have come since, a box that was ticked is emptied and
    asked anew. Data that do not say which words they answer, answer the newest.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args,
        wordings: Mapping[Purpose, ConsentWording],
        agreed: Mapping[Purpose, Consent] | None = None,
        initial: Mapping[str, Any] | None = None,
        **kwargs,
    ) -> None:
        self.wordings, self.reworded = wordings, set[Purpose]()
        acts = {purpose: act for purpose, act in (agreed or {}).items() if purpose in wordings}
        self.older = {purpose: act for purpose, act in acts.items() if act.wording != wordings[purpose]}
        held = {f"consent_{purpose}": True for purpose in acts if purpose not in self.older}
        if data:
            data = self._in_newest_words(data, acts)
        super().__init__(data, *args, initial={**held, **(initial or {})}, **kwargs)
        for purpose, wording in wordings.items():
            self.fields[f"consent_{purpose}"] = forms.BooleanField(label=wording.text, required=False)
        for purpose in self.older:
            self.fields[f"take_back_{purpose}"] = forms.BooleanField(
                label=_("Take back what I agreed to then"), required=False
            )

    def _in_newest_words(self, data: Mapping[str, Any], acts: Mapping[Purpose, Consent]) -> Mapping[str, Any]:
        """The answers as answers to the words that are shown from now on."""
        data = data.copy()
        for purpose, wording in self.wordings.items():
            box, newest, act = f"consent_{purpose}", str(wording.pk), acts.get(purpose)
            answered = data.get(f"wording_{purpose}", newest)
            if answered == newest or (act and act.wording == wording):
                continue
            is_ticked = data.pop(box, None) is not None
            if act and answered == str(act.wording_id):
                if not is_ticked:
                    data[f"take_back_{purpose}"] = "on"
            elif is_ticked:
                self.reworded.add(purpose)
        return data

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._ask_anew()
        for purpose in self.older:
            if data.get(f"consent_{purpose}") and data.get(f"take_back_{purpose}"):
                self.add_error(
                    f"take_back_{purpose}", _("Choose one: agree to the new words, or take back the old.")
                )
        return data

    def leave_unjudged(self) -> None:
        """Boxes that were emptied are told of all the same: their words have changed."""
        super().leave_unjudged()
        self._ask_anew()

    def _ask_anew(self) -> None:
        for purpose in self.reworded:
            self.add_error(f"consent_{purpose}", _("These words are new. Read them, and choose again."))

    def consents(self) -> frozenset[Purpose]:
        """What is allowed from now on: what is ticked, and what was agreed to in older words and not taken back."""
        return frozenset(
            purpose
            for purpose in Purpose
            if self.cleaned_data.get(f"consent_{purpose}")
            or (purpose in self.older and not self.cleaned_data[f"take_back_{purpose}"])
        )

    def words(self) -> dict[Purpose, ConsentWording]:
        """The words that each purpose is allowed in: the newest where its box is ticked."""
        left = {
            purpose: act for purpose, act in self.older.items() if not self.cleaned_data[f"consent_{purpose}"]
        }
        return {**self.wordings, **{purpose: act.wording for purpose, act in left.items()}}

    def consent_boxes(self) -> list[ConsentBox]:
        return [
            ConsentBox(
                self[f"consent_{purpose}"],
                self.older.get(purpose),
                self[f"take_back_{purpose}"] if purpose in self.older else None,
            )
            for purpose in self.wordings
        ]
