"""What a reviewer fills in."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.typed import TextField
from review import method
from review.forms import DeskForm
from review.judgement import Judgement
from review.models import Criterion, Recommendation


class ReviewForm(DeskForm):
    """Points for each criterion, a comment and a recommendation; a draft may leave anything open."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = TextField(
        label=_("Comment"),
        help_text=_("The sender may ask to see it: comments can be public documents."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-key": "c"}),
    )
    recommendation = forms.ChoiceField(
        label=_("Recommendation"), choices=Recommendation.choices, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, criteria: list[Criterion], complete: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[points_name(criterion)] = forms.TypedChoiceField(
                label=criterion.name,
                choices=answers(criterion),
                coerce=int,
                empty_value=None,
                required=complete and criterion.is_required,
                widget=forms.RadioSelect,
                error_messages={"required": _("Give points.")},
            )

    @property
    def highest_key(self) -> int:
        """The highest single key that gives points."""
        return min(9, max((criterion.max_points for criterion in self.criteria), default=0))

    def scored(self) -> list[dict]:
        """Each criterion with its field, how much of the whole it is, and what its points mean."""
        return [
            {
                "criterion": criterion,
                "field": self[points_name(criterion)],
                "share": method.share(criterion, self.criteria) if criterion.is_counted else "",
                "guidance": criterion.points.all(),
            }
            for criterion in self.criteria
        ]

    def judgement(self) -> Judgement:
        given = {criterion.pk: self.cleaned_data[points_name(criterion)] for criterion in self.criteria}
        return Judgement(
            version=self.cleaned_data["version"],
            points={pk: points for pk, points in given.items() if points is not None},
            comment=self.cleaned_data["comment"],
            recommendation=self.cleaned_data["recommendation"],
            seen=self.data.get("seen"),
        )


class AbstainForm(DeskForm):
    reason = TextField(
        label=_("Why do you abstain?"),
        help_text=_("Coordinators read this. They may ask somebody else to review."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, prefix="abstain", **kwargs)


def answers(criterion: Criterion) -> list[tuple[int | str, str]]:
    """What can be chosen for a criterion; one that is not required can be left open, and opened again."""
    numbers = [(number, str(number)) for number in range(criterion.max_points + 1)]
    given = [(1, gettext("Yes")), (0, gettext("No"))] if criterion.is_yes_or_no else numbers
    return given if criterion.is_required else [("", gettext("No answer")), *given]


def points_name(criterion: Criterion) -> str:
    return f"points_{criterion.pk}"
