"""The coordinators' records in the admin: to look up, filter, export and see the history. What acts is the desk."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from home.viewsets import ReadOnlyPolicy
from pledges.models import ConsentWording, Organisation, Submission


class AddOnlyPolicy(ReadOnlyPolicy):
    """New rows may be added; what is there stays as it is."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return ModelPermissionPolicy.user_has_permission(self, user, action) and action in {"view", "add"}


class RecordIndexView(IndexView):
    """A list whose export cannot start a formula in somebody's spreadsheet."""

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        value = super().preprocess_field_value(field, value, export_format)
        starts_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        return f"'{value}" if starts_formula and export_format == self.FORMAT_CSV else value


class RecordHistoryView(HistoryView):
    any_permission_required = ["add", "change", "delete", "view"]


class Record(ModelViewSet):
    """Looked at, never written: the rules of a change live at the desk."""

    inspect_view_enabled = True
    index_view_class = RecordIndexView
    history_view_class = RecordHistoryView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    policy: type[ModelPermissionPolicy] = ReadOnlyPolicy

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return self.policy(self.model)


class SubmissionIndexView(RecordIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().with_text().with_giver()


class SubmissionViewSet(Record):
    model = Submission
    icon = "doc-full"
    menu_label = _("Submissions")
    menu_order = 10
    index_view_class = SubmissionIndexView
    list_display = [
        "reference",
        Column("title", label=_("Title"), accessor="latest.title", sort_key="latest__title"),
        Column("giver", label=_("Organisation")),
        "kind",
        "status",
        "submitted_at",
    ]
    list_filter = ["campaign", "kind", "status", "submitted_at"]
    search_fields = ["reference", "contact_name", "contact_email", "latest__title"]
    ordering = ["-pk"]
    form_fields = ["reference"]
    inspect_view_fields = [
        "reference",
        "campaign",
        "kind",
        "status",
        "status_at",
        "contact_name",
        "contact_email",
        "contact_phone",
        "second_name",
        "second_email",
        "mail_language",
        "created_at",
        "submitted_at",
        "confirmed_at",
        "correction_until",
        "reason",
        "authority_check",
        "erased_at",
    ]
    list_export = [
        "reference",
        "campaign",
        "kind",
        "status",
        "latest.title",
        "giver",
        "contact_name",
        "contact_email",
        "created_at",
        "submitted_at",
        "confirmed_at",
    ]


class OrganisationViewSet(Record):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 20
    list_display = ["name", "kind", "business_id", "municipality"]
    list_filter = ["kind"]
    search_fields = ["name", "business_id"]
    list_export = ["name", "kind", "business_id", "municipality", "website"]
    form_fields = ["name"]


class ConsentWordingViewSet(Record):
    """A change of words is a new row, so that what somebody agreed to stays as it was."""

    model = ConsentWording
    icon = "doc-full-inverse"
    menu_label = _("Consent wordings")
    menu_order = 30
    list_display = ["purpose", "number", "text"]
    list_filter = ["purpose"]
    form_fields = ["purpose", "number", "text_fi", "text_sv", "text_en"]
    policy = AddOnlyPolicy


class PledgesViewSetGroup(ModelViewSetGroup):
    menu_label = _("Pledges")
    menu_icon = "clipboard-list"
    menu_order = 110
    items = (
        SubmissionViewSet("submissions"),
        OrganisationViewSet("organisations"),
        ConsentWordingViewSet("wordings"),
    )
