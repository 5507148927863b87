"""What a submitter types: the text, the giver, the people, the consents. Contract names (`theme` is an id)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaign.kinds import Kind, OrganisationKind, Scope
from campaign.models import Campaign
from pledges.business_ids import validate_business_id
from pledges.choices import Described, Geography
from pledges.models import ConsentWording, Purpose
from pledges.rows import Rows
from pledges.submitting import Contact, Giver
from pledges.typed import AddressField, DayField, HashtagsField, LineField, TextField, WebField
from pledges.versions import COLUMNS, Text

KINDS = [
    (
        Kind.PLEDGE,
        Described(Kind.PLEDGE.label, _("Something we will do: an example and a challenge to others.")),
    ),
    (
        Kind.INITIATIVE,
        Described(Kind.INITIATIVE.label, _("A new, concrete idea that is best done together.")),
    ),
]
TEXT_COLUMNS = frozenset(COLUMNS) - {"theme_id"}


class Base(forms.Form):
    """Fields tell what is wrong by themselves; the browser's own bubbles stay out of it."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class TextForm(Base):
    """The text of a submission. `kind` decides whether it must say what is new."""

    title = LineField(
        label=_("Title"), max_length=120, help_text=_("For example: Twenty traineeships a year")
    )
    summary = TextField(
        label=_("Summary"),
        max_length=400,
        help_text=_("Who does what, for whom and when? This is the first thing that readers see."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description = TextField(
        label=_("What will be done"),
        max_length=8000,
        help_text=_("Do not name private persons. Mark what is a trade secret."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    novelty = TextField(
        label=_("What is new in it"),
        max_length=4000,
        required=False,
        help_text=_("Needed for an initiative; a pledge may leave it empty."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = forms.TypedChoiceField(
        label=_("Theme"), coerce=int, error_messages={"required": _("Choose the theme that fits best.")}
    )
    language = forms.ChoiceField(
        label=_("Language in which you wrote this"), choices=settings.LANGUAGES, required=False
    )
    target_groups = TextField(
        label=_("Whom it is for"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    participation = TextField(
        label=_("How residents can take part"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    other_themes = forms.TypedMultipleChoiceField(
        label=_("Other themes"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = HashtagsField(
        label=_("Hashtags"),
        required=False,
        max_length=400,
        help_text=_("With or without #, apart by spaces."),
    )
    scope = forms.ChoiceField(label=_("Where"), choices=Scope.choices, required=False)
    regions = forms.TypedMultipleChoiceField(
        label=_("Regions"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    municipalities = forms.TypedMultipleChoiceField(
        label=_("Municipalities"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("To choose several, hold Ctrl or Cmd."),
    )
    starts_on = DayField(label=_("Starts"))
    ends_on = DayField(label=_("Ends"))

    def __init__(self, *args, campaign: Campaign, at: datetime, kind: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.geography = Geography(localtime(at, campaign.zone).date())
        themes = [(theme.pk, theme.name) for theme in campaign.themes.all()]
        self.fields["theme"].choices = [("", _("Choose a theme")), *themes]
        self.fields["other_themes"].choices = themes
        self.fields["regions"].choices = self.geography.region_choices
        self.fields["municipalities"].choices = self.geography.municipality_choices

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind = data.get("kind", self.kind)
        if kind == Kind.INITIATIVE and "novelty" in data and not data["novelty"]:
            self.add_error("novelty", _("An initiative says what is new in it."))
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end is before the start."))
        self._clean_places(data)
        return data

    def _clean_places(self, data: dict[str, Any]) -> None:
        """The list stands on the whole country until somebody chooses; places that were chosen speak for themselves."""
        scope = data.get("scope") or Scope.COUNTRY
        if scope == Scope.COUNTRY and data.get("municipalities"):
            scope = Scope.MUNICIPALITIES
        elif scope == Scope.COUNTRY and data.get("regions"):
            scope = Scope.REGIONS
        elif scope == Scope.REGIONS and "regions" in data and not data["regions"]:
            self.add_error("regions", _("Choose at least one region."))
        elif scope == Scope.MUNICIPALITIES and "municipalities" in data and not data["municipalities"]:
            self.add_error("municipalities", _("Choose at least one municipality."))
        data["scope"] = scope

    def text(self, rows: Rows) -> Text:
        """The typed text with its rows. Municipalities bring their regions, so that it is found there too."""
        data = self.cleaned_data
        municipalities = frozenset(data["municipalities"])
        return Text(
            **{name: data[name] for name in TEXT_COLUMNS - {"language"}},
            language=data["language"] or get_language(),
            theme_id=data["theme"],
            other_themes=frozenset(data["other_themes"]) - {data["theme"]},
            regions=frozenset(data["regions"]) | self.geography.regions_of(municipalities),
            municipalities=municipalities,
            tags=frozenset(data["tags"]),
            **rows.cleaned(),
        )

    @staticmethod
    def initial_of(text: Text) -> dict[str, Any]:
        """What the form shows of a text that is being edited."""
        fields = {name: getattr(text, name) for name in TEXT_COLUMNS}
        places = {name: sorted(getattr(text, name)) for name in ("other_themes", "regions", "municipalities")}
        return (
            fields
            | places
            | {"theme": text.theme_id, "tags": " ".join(f"#{tag}" for tag in sorted(text.tags))}
        )


class GiverForm(Base):
    organisation_name = LineField(label=_("Name of the organisation"), max_length=160)
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=[("", _("Choose a kind")), *OrganisationKind.choices]
    )
    business_id = LineField(
        label=_("Business ID"),
        max_length=12,
        required=False,
        validators=[validate_business_id],
        help_text=_("If there is one, such as 1234567-1."),
    )
    organisation_municipality = LineField(
        label=_("Municipality of the organisation"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "municipality-names"}),
    )
    website = WebField(label=_("Website"), required=False)

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
    contact_name = LineField(label=_("Contact person"), max_length=120, help_text=_("Not published here."))
    contact_phone = LineField(
        label=_("Phone"), max_length=40, required=False, help_text=_("Not published here.")
    )
    second_name = LineField(label=_("Second contact person"), max_length=120, required=False)
    second_email = AddressField(label=_("Second contact's e-mail"), required=False)


class AddressForm(Base):
    contact_email = AddressField(
        label=_("E-mail"), help_text=_("Not published here. We send a link to this address to confirm it.")
    )


class ConsentForm(Base):
    """One box a purpose, in the words that are kept with the answer; none is ticked beforehand."""

    def __init__(self, *args, wordings: Mapping[Purpose, ConsentWording], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = wordings
        for purpose, wording in wordings.items():
            self.fields[f"consent_{purpose}"] = forms.BooleanField(label=wording.text, required=False)

    def consents(self) -> frozenset[Purpose]:
        return frozenset(purpose for purpose in Purpose if self.cleaned_data.get(f"consent_{purpose}"))

    def consent_fields(self) -> Sequence[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("consent_")]


class SubmitForm(TextForm, GiverForm, PeopleForm, AddressForm, ConsentForm):
    """The whole form."""

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

    kind = forms.ChoiceField(
        label=_("Which is it?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a pledge or an initiative.")},
    )
    authorised = forms.BooleanField(
        label=_("I am authorised to commit my organisation to this."),
        error_messages={"required": _("Only somebody who may speak for the organisation can send this.")},
    )

    def contact(self) -> Contact:
        names = ("contact_name", "contact_email", "contact_phone", "second_name", "second_email")
        return Contact(**{name: self.cleaned_data[name] for name in names})


class EditForm(TextForm, PeopleForm):
    """The text and the people of a submission that was sent before."""


class EditWithGiverForm(TextForm, GiverForm, PeopleForm):
    """The same while nobody has screened it: from then on, the giver's name may be public and is not changed here."""
