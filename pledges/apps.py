from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = _("Pledges and initiatives")

    def ready(self) -> None:
        from pledges import emails, partner_emails, timers  # noqa: F401
