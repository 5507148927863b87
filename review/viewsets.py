"""The review's records in the admin: coordinators set up criteria and awards, and look at the rest."""

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from campaign.models import Campaign
from home.languages import CODES
from home.models import User
from home.viewsets import NamesFields, Record
from review import awards, criteria, scoring
from review.models import AwardCategory, ConflictOfInterest, Criterion, Decision, ReasonPhrase, Review
from review.sight import register_of


def in_languages(field: str, heading) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(f"{field}_{code}") for code in CODES], heading=heading)


# As the constraint `criterion_scale` has it.
MOST_POINTS = 10


class CriterionForm(WagtailAdminModelForm):
    def clean(self) -> dict:
        """Yes is one point and no is none, whatever was written as the highest points."""
        cleaned = super().clean()
        if cleaned.get("is_yes_or_no"):
            cleaned["max_points"] = 1
            self.errors.pop("max_points", None)
        highest = cleaned.get("max_points") or MOST_POINTS
        if highest > MOST_POINTS:
            self.add_error(
                "max_points", _("A scale has at most %(number)d points.") % {"number": MOST_POINTS}
            )
        elif any(points > highest for points in self._explained()):
            self.add_error(None, _("There is guidance for more than the highest points."))
        if sentence := criteria.refusal(self.instance, cleaned):
            self.add_error(None, sentence)
        return cleaned

    def _explained(self) -> list[int]:
        """The points that will have guidance."""
        rows = [row.cleaned_data for row in self.formsets["points"].forms if row.is_valid()]
        return [row["points"] for row in rows if "points" in row and not row.get("DELETE")]


class CriterionCreateView(generic.CreateView):
    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """A criterion is added while nobody hands in, so that every review that was handed in stays whole."""
        asked = request.POST.get("campaign", "")
        campaign = next((row for row in Campaign.objects.all() if str(row.pk) == asked), None)
        with transaction.atomic():
            if campaign:
                scoring.hold(campaign)
            return super().post(request, *args, **kwargs)


class Unsure(Exception):
    """A change of the ranking that nobody has agreed to yet; raised to take it back."""

    def __init__(self, effect: criteria.Effect) -> None:
        super().__init__(effect.stamp)
        self.effect = effect


class CriterionEditView(NamesFields, generic.EditView):
    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """What is saved, and what the reviews then add up to, are one change, made while nobody hands in.

        What it does to the ranking is shown first: it is done, looked at and taken back.
        """
        try:
            with transaction.atomic():
                scoring.hold(self.get_object().campaign)
                return super().post(request, *args, **kwargs)
        except Unsure as unsure:
            self.object = self.get_object()
            self.form = self.get_form()
            return self.render_to_response(self.get_context_data(effect=unsure.effect))

    def save_instance(self) -> Criterion:
        """New weights and scales change what the reviews that were handed in add up to."""
        was = criteria.judging(Criterion.objects.get(pk=self.object.pk))
        criterion = super().save_instance()
        effect = criteria.changed(criterion, was=was, by=self.request.user, at=timezone.now())
        if effect and self.request.POST.get("sure") != effect.stamp:
            raise Unsure(effect)
        return criterion


class CriterionViewSet(ModelViewSet):
    model = Criterion
    icon = "list-ul"
    menu_label = _("Criteria")
    add_view_class = CriterionCreateView
    edit_view_class = CriterionEditView
    edit_template_name = "review/criterion_edit.html"
    list_display = ["name", "campaign", "kind", "weight", "max_points", "is_counted", "position"]
    list_filter = ["campaign", "kind"]
    list_export = ["campaign", "name", "question", *criteria.JUDGING, "position"]
    inspect_view_enabled = True
    copy_view_enabled = False
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("campaign"),
            in_languages("name", _("Name")),
            in_languages("question", _("Question")),
            FieldPanel("kind"),
            FieldPanel("weight"),
            FieldPanel("is_yes_or_no"),
            FieldPanel("max_points"),
            FieldPanel("is_required"),
            FieldPanel("is_counted"),
            FieldPanel("position"),
            InlinePanel(
                "points",
                label=_("Guidance"),
                heading=_("What the points mean"),
                panels=[FieldPanel("points"), *(FieldPanel(f"guidance_{code}") for code in CODES)],
            ),
        ],
        base_form_class=CriterionForm,
    )


class AwardCategoryEditView(NamesFields, generic.EditView):
    @transaction.atomic
    def save_instance(self) -> AwardCategory:
        """What was announced carries the category's words."""
        category = super().save_instance()
        awards.category_changed(category, at=timezone.now())
        return category


class AwardCategoryViewSet(ModelViewSet):
    model = AwardCategory
    edit_view_class = AwardCategoryEditView
    icon = "pick"
    menu_label = _("Award categories")
    list_display = ["name", "campaign", "prize", "payer", "position"]
    list_filter = ["campaign"]
    list_export = ["campaign", "name", "description", "prize", "payer", "position"]
    inspect_view_enabled = True
    copy_view_enabled = False
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("campaign"),
            in_languages("name", _("Name")),
            in_languages("description", _("What it is given for")),
            in_languages("prize", _("Prize")),
            in_languages("payer", _("Who pays the prize")),
            FieldPanel("position"),
        ]
    )


class ReasonPhraseForm(WagtailAdminModelForm):
    def clean(self) -> dict:
        """A letter in any language can carry it."""
        cleaned = super().clean()
        for code in CODES:
            if not cleaned.get(f"text_{code}"):
                self.add_error(f"text_{code}", _("Write the phrase in every language."))
        return cleaned


class ReasonPhraseEditView(NamesFields, generic.EditView):
    pass


class ReasonPhraseViewSet(ModelViewSet):
    """Decisions keep the words as they stood: a phrase that is changed or deleted changes no letter."""

    model = ReasonPhrase
    edit_view_class = ReasonPhraseEditView
    icon = "openquote"
    menu_label = _("Phrases for reasons")
    list_display = ["text", "campaign", "outcome", "position"]
    list_filter = ["campaign", "outcome"]
    list_export = ["campaign", "outcome", "text", "position"]
    inspect_view_enabled = True
    copy_view_enabled = False
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("campaign"),
            FieldPanel("outcome"),
            in_languages("text", _("Text")),
            FieldPanel("position"),
        ],
        base_form_class=ReasonPhraseForm,
    )


class RegisterRecord(Record):
    """Rows about submissions, without those in which the person has a conflict of interest."""

    related: tuple[str, ...] = ()

    def seen(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.filter(submission__in=register_of(user)).select_related("submission", *self.related)


class ReviewViewSet(RegisterRecord):
    """What was handed in: drafts and what was abstained from are shown to nobody but their writers."""

    model = Review
    icon = "edit"
    menu_label = _("Reviews")
    related = ("reviewer",)
    list_display = ["submission", "reviewer", "total", "recommendation", "handed_in_at"]
    list_filter = ["submission__campaign", "recommendation", "handed_in_at"]
    search_fields = ["submission__reference", "reviewer__email"]
    list_export = ["submission", "reviewer", "total", "recommendation", "comment", "saved_at", "handed_in_at"]
    ordering = ["-pk"]

    def seen(self, rows: QuerySet, user: User) -> QuerySet:
        return super().seen(rows, user).filter(handed_in_at__isnull=False)


class DecisionViewSet(RegisterRecord):
    model = Decision
    icon = "check"
    menu_label = _("Decisions")
    related = ("decided_by",)
    list_display = ["submission", "outcome", "decided_by", "decided_at", "released_at"]
    list_filter = ["submission__campaign", "outcome", "released_at"]
    search_fields = ["submission__reference"]
    list_export = ["submission", "outcome", "reasons", "decided_by", "decided_at", "released_at"]
    ordering = ["-pk"]


class ConflictViewSet(RegisterRecord):
    """Nothing is changed here: a conflict that was noted by mistake is lifted at the desk, and the row stays."""

    model = ConflictOfInterest
    icon = "warning"
    menu_label = _("Conflicts of interest")
    related = ("person", "lifted_by")
    list_display = ["submission", "person", "source", "since", "lifted_at"]
    list_filter = ["submission__campaign", "source", "lifted_at"]
    list_export = ["submission", "person", "source", "since", "lifted_at", "lifted_by", "lifted_because"]
    ordering = ["-pk"]


class ReviewViewSetGroup(ModelViewSetGroup):
    menu_label = _("Review")
    menu_icon = "tasks"
    menu_order = 120
    items = (
        CriterionViewSet("criteria"),
        AwardCategoryViewSet("award_categories"),
        ReasonPhraseViewSet("reason_phrases"),
        ReviewViewSet("reviews"),
        DecisionViewSet("decisions"),
        ConflictViewSet("conflicts"),
    )
