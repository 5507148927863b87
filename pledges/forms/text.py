"""The text of a submission, as it is typed."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaign.kinds import TEXT_LANGUAGES, Kind, Scope
from campaign.models import Campaign
from home.typed import DayField, HashtagsField, LineField, TextField
from pledges.choices import Geography
from pledges.rows import Rows
from pledges.versions import COLUMNS, PLACES, Text

from .base import UNSAID, Base

TEXT_COLUMNS = frozenset(COLUMNS) - {"theme_id"}
MORE_OF_TEXT = (
    "plain_summary",
    "target_groups",
    "participation",
    "delivery_languages",
    "other_themes",
    "scope",
    "regions",
    "municipalities",
    "starts_on",
    "ends_on",
    "tags",
)


class TextForm(Base):
    """The text of a submission. `kind` decides whether it must say what is new."""

    title = LineField(
        label=_("Title"),
        error_messages={"required": _("Write a title.")},
        max_length=120,
        help_text=_("For example: Twenty traineeships a year"),
    )
    summary = TextField(
        label=_("Summary"),
        error_messages={"required": _("Write a summary: it is the first thing that readers see.")},
        max_length=400,
        help_text=_("Who does what, for whom and when? This is the first thing that readers see."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description = TextField(
        label=_("What will be done"),
        error_messages={"required": _("Write what will be done.")},
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
        label=_("Language in which you wrote this"),
        choices=TEXT_LANGUAGES,
        required=False,
        help_text=_("Write in the language that is easiest for you. You can add translations later."),
    )
    plain_summary = TextField(
        label=_("In plain language"),
        max_length=600,
        required=False,
        help_text=_(
            "The same in short sentences and common words, for those who read slowly or are learning."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
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
    delivery_languages = LineField(
        label=_("Languages in which you do it"),
        max_length=200,
        required=False,
        help_text=_("For example: Finnish, Arabic and Dari"),
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
    scope = forms.ChoiceField(
        label=_("Where"),
        choices=[*Scope.choices, (UNSAID, _("Not said"))],
        required=False,
        widget=forms.RadioSelect,
    )
    regions = forms.TypedMultipleChoiceField(
        label=_("Which regions?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    municipalities = forms.TypedMultipleChoiceField(
        label=_("Which municipalities?"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(
            attrs={
                "size": 8,
                "data-pick": _("Write a name and choose it from the list, one at a time."),
                "data-unknown": _("There is no municipality of this name. Check the spelling."),
                "data-remove": _("Remove:"),
            }
        ),
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
        """Only the chosen list counts: the other is out of sight. Where nothing is chosen, places speak for themselves."""
        scope = data.get("scope") or self._scope_of_places(data)
        if scope == Scope.REGIONS and "regions" in data and not data["regions"]:
            self.add_error("regions", _("Choose at least one region."))
        if scope == Scope.MUNICIPALITIES and "municipalities" in data and not data["municipalities"]:
            self.add_error("municipalities", _("Choose at least one municipality."))
        data["scope"] = "" if scope == UNSAID else scope
        for places in {"regions", "municipalities"} & data.keys() - {scope}:
            data[places] = []

    @staticmethod
    def _scope_of_places(data: dict[str, Any]) -> str:
        chosen = (scope for scope in (Scope.MUNICIPALITIES, Scope.REGIONS) if data.get(scope))
        return next(chosen, "")

    @property
    def more_is_open(self) -> bool:
        return self.needs_sight(MORE_OF_TEXT)

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
        places = {name: sorted(getattr(text, name)) for name in PLACES}
        return (
            fields
            | places
            | {"theme": text.theme_id, "tags": " ".join(f"#{tag}" for tag in sorted(text.tags))}
        )
