"""What coordinators fill in about a reviewer."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.languages import NAMES, name_of
from campaign.models import Campaign, Region
from campaign.models.text import UNNAMED
from home.typed import LineField
from review.forms import DeskForm
from review.models import ReviewerProfile


class BoxesField(forms.TypedMultipleChoiceField):
    """Rows to check, given as pairs of id and name; cleaned, it is a list of ids."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(coerce=int, required=False, **kwargs)


class ProfileForm(DeskForm):
    MOST = 2000

    languages = forms.MultipleChoiceField(
        label=_("Reads"),
        help_text=_("They are given only what they can read, in the original or a passed translation."),
        widget=forms.CheckboxSelectMultiple,
    )
    most = forms.IntegerField(
        label=_("Takes at most"),
        help_text=_("So many submissions. A proposal gives nobody more."),
        min_value=1,
        max_value=MOST,
    )
    themes = BoxesField(label=_("Knows the themes"), help_text=_("None checked: all. These are wishes."))
    regions = BoxesField(label=_("Knows the regions"), help_text=_("None checked: all. These are wishes."))
    employer = LineField(
        label=_("Employer"),
        help_text=_("What takes part under this name is not theirs to judge."),
        max_length=160,
        required=False,
    )

    def __init__(self, *args, campaign: Campaign, profile: ReviewerProfile, **kwargs) -> None:
        saved = profile.pk is not None
        own = {
            "languages": profile.languages,
            "most": profile.most,
            "themes": _ids(profile.themes.all()) if saved else [],
            "regions": _ids(profile.regions.all()) if saved else [],
            "employer": profile.employer,
        }
        super().__init__(*args, initial=own, **kwargs)
        languages = [(code, name_of(code)) for code in NAMES if code != UNNAMED]
        self.fields["languages"].choices = languages
        self.fields["themes"].choices = [(row.pk, row.name) for row in campaign.themes.all()]
        self.fields["regions"].choices = [(row.pk, row.name) for row in Region.objects.all()]


def _ids(rows: Iterable) -> list[int]:
    return [row.pk for row in rows]
