"""The numbers of a rule by which the ranking decides."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign, Region
from home.typed import NumberField
from review.forms import DeskForm
from review.selection import REGIONS, THEMES, THRESHOLD, Rule
from review.totals import SCALE

MOST = 9999
KINDS = {THRESHOLD: _("By points"), THEMES: _("By theme"), REGIONS: _("By region")}


class PlacesField(forms.IntegerField):
    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=0, max_value=MOST, required=False, **kwargs)


class RuleForm(DeskForm):
    """What all rules ask."""

    fewest = forms.IntegerField(
        label=_("Reviews needed"),
        help_text=_("What has fewer stays undecided."),
        min_value=1,
        max_value=20,
        initial=1,
    )

    @staticmethod
    def of(kind: str, *data, campaign: Campaign) -> "RuleForm":
        """The form of a kind of rule."""
        if kind == THRESHOLD:
            return ThresholdForm(*data)
        groups = campaign.themes.all() if kind == THEMES else Region.objects.all()
        return QuotaForm(*data, kind=kind, groups=groups)


class ThresholdForm(RuleForm):
    selected_from = NumberField(label=_("Selected from a mean of"), min_value=0, max_value=SCALE)
    reserve_from = NumberField(
        label=_("In reserve from a mean of"),
        help_text=_("Left empty: nothing comes into the reserve. What is below is declined."),
        min_value=0,
        max_value=SCALE,
    )
    field_order = ["selected_from", "reserve_from", "fewest"]

    def clean(self) -> None:
        facts = self.cleaned_data
        above, below = facts.get("selected_from"), facts.get("reserve_from")
        if above is None and "selected_from" not in self.errors:
            self.add_error("selected_from", _("Say from which mean on a submission is selected."))
        elif above is not None and below is not None and below > above:
            self.add_error("reserve_from", _("This must not be higher than the mean for being selected."))

    def rule(self) -> Rule:
        above: Decimal = self.cleaned_data["selected_from"]
        below = self.cleaned_data["reserve_from"]
        return Rule(
            kind=THRESHOLD,
            fewest=self.cleaned_data["fewest"],
            selected_from=above,
            reserve_from=above if below is None else below,
        )


class QuotaForm(RuleForm):
    """Places for each theme or region, in all, and in reserve."""

    total = forms.IntegerField(label=_("Places in all"), min_value=0, max_value=MOST)
    each = PlacesField(label=_("Places for each"), help_text=_("Unless another number stands below."))
    reserve = PlacesField(label=_("Places in reserve"))
    field_order = ["total", "each", "reserve", "fewest"]

    def __init__(self, *args, kind: str, groups: Iterable[Model], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.groups = kind, list(groups)
        for group in self.groups:
            self.fields[places_name(group)] = PlacesField(label=str(group))

    def of_groups(self) -> list[forms.BoundField]:
        return [self[places_name(group)] for group in self.groups]

    def of_all(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order]

    def rule(self) -> Rule:
        facts = self.cleaned_data
        own = {group.pk: facts[places_name(group)] for group in self.groups}
        each = facts["each"] or 0
        return Rule(
            kind=self.kind,
            fewest=facts["fewest"],
            total=facts["total"],
            reserve=facts["reserve"] or 0,
            quotas={pk: each if number is None else number for pk, number in own.items()},
        )


def places_name(group: Model) -> str:
    return f"places_{group.pk}"
