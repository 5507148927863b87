from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting
class SiteSettings(BaseSiteSetting):
    """What the whole portal shares, whichever campaign is on."""

    contact_email = models.EmailField(_("contact address"), blank=True)
    security_email = models.EmailField(
        _("address for security reports"),
        blank=True,
        help_text=_("Shown in /.well-known/security.txt."),
    )

    panels = [FieldPanel("contact_email"), FieldPanel("security_email")]

    class Meta:
        verbose_name = _("portal settings")
