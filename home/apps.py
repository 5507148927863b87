from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Portal")
    default = True

    def ready(self) -> None:
        from home import emails, receivers, tasks  # noqa: F401


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user management with the portal's own forms; stands in INSTALLED_APPS for wagtail.users."""

    user_viewset = "home.users.StaffViewSet"
