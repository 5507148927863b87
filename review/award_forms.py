"""Forms of the awards: giving one, the moment of telling, the shortlist, the jury and its votes."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from campaign.references import normalise
from home.asked import whole_number
from home.languages import CODES
from home.models import Picture, User
from home.typed import LineField, TextField
from pledges import pictures
from pledges.models import Submission
from pledges.unfit import Unfit
from review.awards import citation_refusal
from review.date_forms import MomentField, to_come
from review.forms import DeskForm, ReferencesForm, RowsField
from review.juries import HIGHEST, MOST_NOMINEES
from review.models import Award, AwardCategory, Nominee


class PictureField(forms.FileField):
    """A picture as it is kept: written anew, without what a camera says of the place."""

    MOST_BYTES = 15_000_000

    def __init__(self, **kwargs: Any) -> None:
        accepted = "image/png,image/jpeg,image/webp"
        super().__init__(widget=forms.FileInput(attrs={"accept": accepted}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> pictures.Picture | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > self.MOST_BYTES:
            raise ValidationError(_("The picture is larger than 15 MB. Make it smaller and choose it again."))
        try:
            return pictures.made_anew(upload.read())
        except Unfit as unfit:
            raise ValidationError(str(unfit), code="unfit") from unfit


class AwardForm(DeskForm):
    """One award with its citation, which is written in one language at least."""

    MOST_PICTURES = 100

    category = forms.ModelChoiceField(label=_("Award"), queryset=AwardCategory.objects.none())
    reference = LineField(label=_("Reference of the submission"), max_length=20)
    citation_fi = TextField(label=_("Citation in Finnish"), max_length=1000, required=False)
    citation_sv = TextField(label=_("Citation in Swedish"), max_length=1000, required=False)
    citation_en = TextField(label=_("Citation in English"), max_length=1000, required=False)
    picture = forms.ModelChoiceField(
        label=_("Picture"),
        help_text=_("One of the newest images in the administration. It is shown with the award."),
        queryset=Picture.objects.none(),
        required=False,
        empty_label=_("No picture"),
    )
    upload = PictureField(label=_("Or a new picture"), required=False)
    shows = LineField(
        label=_("What the new picture shows"),
        help_text=_("For people who do not see it. Nobody may be recognised who has not agreed."),
        max_length=255,
        required=False,
    )

    def __init__(self, *args, campaign: Campaign, submissions, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = AwardCategory.objects.filter(campaign=campaign)
        self.submissions = submissions
        self.fields["picture"].queryset = Picture.objects.all()
        self.fields["picture"].widget.choices = self._pictures()

    def _pictures(self) -> list[tuple[Any, str]]:
        """The newest of the editors' images, and the one that is chosen."""
        others = Picture.objects.exclude(pk__in=Award.objects.filter(owns_picture=True).values("picture"))
        newest = list(others.order_by("-pk").values_list("pk", "title")[: self.MOST_PICTURES])
        chosen = whole_number(str(self["picture"].value() or ""))
        if chosen and chosen not in dict(newest):
            newest += Picture.objects.filter(pk=chosen).values_list("pk", "title")
        return [("", self.fields["picture"].empty_label), *newest]

    def clean_reference(self) -> Submission:
        reference = normalise(self.cleaned_data["reference"])
        submission = self.submissions.filter(reference=reference).first() if reference else None
        if submission is None:
            raise ValidationError(_("No submission of this campaign has this reference."))
        return submission

    def clean(self) -> None:
        names = [f"citation_{code}" for code in CODES]
        if self.errors.keys().isdisjoint(names) and (sentence := citation_refusal(self.citations())):
            self.add_error(names[0], sentence)
        if self.cleaned_data.get("upload") and not self.cleaned_data.get("shows"):
            self.add_error("shows", _("Say in a few words what the picture shows."))
        if self.cleaned_data.get("shows") and not self.cleaned_data.get("upload"):
            self.add_error("shows", _("Choose the new picture that these words describe."))

    def citations(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"citation_{code}"] for code in CODES}

    @staticmethod
    def filled_from(award: Award) -> dict:
        citations = {f"citation_{code}": getattr(award, f"citation_{code}") for code in CODES}
        own = {
            "category": award.category_id,
            "reference": award.submission.reference,
            "picture": award.picture_id,
        }
        return own | citations


class AnnouncingForm(DeskForm):
    """When the awards that wait are announced; empty for never by itself."""

    announce_at = MomentField(label=_("Announce at"), required=False)

    def __init__(self, *args, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_announce_at(self) -> datetime | None:
        moment = self.cleaned_data["announce_at"]
        return to_come(moment, at=self.at) if moment else None


class NominateForm(ReferencesForm):
    """The best of the ranking, or single submissions by their references."""

    best = forms.IntegerField(
        label=_("The best of the ranking"),
        help_text=_("How many more, from the top of those that are not on the list yet."),
        min_value=1,
        max_value=MOST_NOMINEES,
        required=False,
    )
    reference = LineField(
        label=_("Or by reference"),
        help_text=_("One or more, apart by spaces."),
        max_length=600,
        required=False,
    )

    def clean(self) -> None:
        if not self.errors and not self.cleaned_data.get("best") and not self.cleaned_data.get("reference"):
            self.add_error("best", _("Say how many, or write a reference."))

    def chosen(self) -> list[Submission]:
        """Those that were named, and the best of the others."""
        named, best = self.cleaned_data["reference"], self.cleaned_data["best"] or 0
        others = self.submissions.exclude(pk__in=[row.pk for row in named])
        return [*named, *others[:best]]


class JuryForm(DeskForm):
    """Who votes on a category, and until when."""

    jury = RowsField(
        label=_("Jury"),
        help_text=_("People in the group of jurors."),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    votes_until = MomentField(label=_("The jury votes until"), required=False)

    def __init__(self, *args, people: QuerySet[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jury"].queryset = people

    @staticmethod
    def filled_from(category: AwardCategory) -> dict:
        jury = list(category.jury.values_list("pk", flat=True))
        return {"jury": jury, "votes_until": category.votes_until}


class VoteForm(DeskForm):
    """A juror's points for each nominee of one category; any may be left open."""

    def __init__(self, *args, nominees: list[Nominee], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.nominees = nominees
        choices = [("", gettext("No vote")), *((number, str(number)) for number in range(HIGHEST + 1))]
        for nominee in nominees:
            self.fields[points_name(nominee)] = forms.TypedChoiceField(
                label=_("Points"),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def points(self) -> dict[int, int | None]:
        return {nominee.pk: self.cleaned_data[points_name(nominee)] for nominee in self.nominees}


def points_name(nominee: Nominee) -> str:
    return f"points_{nominee.pk}"
