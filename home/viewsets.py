"""Records in the admin: rows to look at, filter and export, and the mail ledger as the first of them."""

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import DeleteView, IndexView, InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from home.models import Mail
from home.sheets import harmless


def not_hidden(rows: QuerySet, user: AbstractBaseUser, reference: str) -> QuerySet:
    """Those rows that say nothing of what is hidden from a person: later apps tell it by the hook `hidden_references`.

    `reference` is the rows' own column of that name, or the way to it.
    """
    for hidden in hooks.get_hooks("hidden_references"):
        rows = rows.exclude(**{f"{reference}__in": hidden(user)})
    return rows


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may see the rows sees them; nobody adds, changes or deletes one."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class Seen:
    """Part of a record's view: `seen` is the viewset's, and leaves a person the rows that are theirs to look up."""

    @staticmethod
    def seen(rows: QuerySet, user: AbstractBaseUser) -> QuerySet:
        return rows

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        rows = self.seen(self.model._default_manager.all(), self.request.user)
        return get_object_or_404(rows, pk=unquote(str(self.kwargs["pk"])))


class RecordIndexView(Seen, IndexView):
    """A list whose export cannot start a formula in somebody's spreadsheet."""

    def get_base_queryset(self) -> QuerySet:
        return self.seen(super().get_base_queryset(), self.request.user)

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        value = super().preprocess_field_value(field, value, export_format)
        is_text = isinstance(value, str) and export_format == self.FORMAT_CSV
        return harmless(value) if is_text else value


class RecordInspectView(Seen, InspectView):
    pass


class RecordHistoryView(Seen, HistoryView):
    any_permission_required = ["add", "change", "delete", "view"]


class RecordDeleteView(Seen, DeleteView):
    pass


class NamesFields:
    """Part of an edit view: its line in the log names the fields that were changed, never what they hold."""

    def save_instance(self) -> Model:
        instance = super().save_instance()  # type: ignore[misc]
        rows = self.form.formsets if hasattr(self.form, "formsets") else {}  # type: ignore[attr-defined]
        fields = [*self.form.changed_data, *(name for name, row in rows.items() if row.has_changed())]  # type: ignore[attr-defined]
        lines = ModelLogEntry.objects.for_instance(instance).filter(action="wagtail.edit")
        lines.filter(pk__in=list(lines.values_list("pk", flat=True)[:1])).update(data={"fields": fields})
        return instance


class Record(ModelViewSet):
    """Looked at and exported; what writes the rows, and by which rules, is the portal itself."""

    index_view_class = RecordIndexView
    inspect_view_class = RecordInspectView
    history_view_class = RecordHistoryView
    delete_view_class = RecordDeleteView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    form_fields: list[str] = []
    policy: type[ModelPermissionPolicy] = ReadOnlyPolicy

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return self.policy(self.model)

    def seen(self, rows: QuerySet, user: AbstractBaseUser) -> QuerySet:
        """The rows that a person may look up, with what lists print of them."""
        return rows

    def get_common_view_kwargs(self, **kwargs) -> dict:
        return super().get_common_view_kwargs(seen=self.seen, **kwargs)


class MailViewSet(Record):
    model = Mail
    name = "mails"
    icon = "mail"
    menu_label = _("Mail ledger")
    add_to_settings_menu = True
    list_display = ["key", "state", "attempts", "next_try_at", "error"]
    list_filter = ["state", "letter", "language"]
    search_fields = ["reference", "key"]
    ordering = ["-pk"]
    list_export = ["key", "letter", "reference", "state", "attempts", "created_at", "closed_at", "error"]
    inspect_view_fields_exclude = ["leased_until"]

    def seen(self, rows: QuerySet, user: AbstractBaseUser) -> QuerySet:
        return not_hidden(rows, user, "reference")
