"""The mail ledger in the admin: to look at, never to change."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from home.models import Mail


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may see the rows sees them; nobody adds, changes or deletes one."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class MailViewSet(ModelViewSet):
    model = Mail
    name = "mails"
    icon = "mail"
    menu_label = _("Mail ledger")
    add_to_settings_menu = True
    list_display = ["key", "state", "attempts", "next_try_at", "error"]
    list_filter = ["state", "letter", "language"]
    search_fields = ["reference", "key"]
    search_backend_name = None
    ordering = ["-pk"]
    list_per_page = 50
    list_export = ["key", "letter", "reference", "state", "attempts", "created_at", "closed_at", "error"]
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["leased_until"]
    copy_view_enabled = False
    form_fields: list[str] = []
    add_to_reference_index = False

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)
