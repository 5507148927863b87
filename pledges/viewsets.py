"""The coordinators' records in the admin: to look up, filter, export and see the history. What acts is the desk."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from home.languages import CODES
from home.viewsets import ReadOnlyPolicy, Record, RecordIndexView
from pledges import publishing
from pledges.models import ConsentWording, Organisation, Status, Submission, Translation
from pledges.models.submission import SubmissionQuerySet


class AddOnlyPolicy(ReadOnlyPolicy):
    """New rows may be added; what is there stays as it is."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return ModelPermissionPolicy.user_has_permission(self, user, action) and action in {"view", "add"}


def in_register(rows: SubmissionQuerySet, user: AbstractBaseUser) -> SubmissionQuerySet:
    """What a person may look up of what was sent: later apps narrow it by the hook `narrow_register`."""
    rows = rows.exclude(status=Status.DRAFT)
    for narrow in hooks.get_hooks("narrow_register"):
        rows = narrow(rows, user)
    return rows


# The words that are exported, in each of the portal's languages.
EXPORTED = ("title", "summary", "plain_summary")


class SubmissionIndexView(RecordIndexView):
    def get_base_queryset(self) -> QuerySet:
        rows = super().get_base_queryset()
        if not self.is_export:
            return rows
        return rows.prefetch_related(
            Prefetch("translations", queryset=Translation.objects.select_related("of")),
            "latest__actions",
            "latest__exchanges",
        )

    def to_row_dict(self, item: Submission) -> dict[str, object]:
        """`words` has by language what the newest text says in it: as it was written, or as a passed translation says."""
        text = item.latest
        said = publishing.passed_words(item.translations.all(), text)
        own = {name: getattr(text, name) for name in EXPORTED}
        item.words = {
            code: own if code == text.language else dict.fromkeys(EXPORTED, "") | said.get(code, {})
            for code in CODES
        }
        return super().to_row_dict(item)


class SubmissionViewSet(Record):
    model = Submission
    index_view_class = SubmissionIndexView
    icon = "doc-full"
    menu_label = _("Submissions")
    menu_order = 10
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
        "latest.language",
        *(f"latest.{name}" for name in EXPORTED),
        *(f"words.{code}.{name}" for code in CODES for name in EXPORTED),
        "giver",
        "contact_name",
        "contact_email",
        "created_at",
        "submitted_at",
        "confirmed_at",
    ]

    def seen(self, rows: SubmissionQuerySet, user: AbstractBaseUser) -> SubmissionQuerySet:
        return in_register(rows, user).with_text().with_giver()


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

    def seen(self, rows: QuerySet, user: AbstractBaseUser) -> QuerySet:
        return rows.select_related("municipality")


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
