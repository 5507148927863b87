from django.db import models
from django.utils.translation import gettext_lazy as _

from .public import PublicItem


class Report(models.Model):
    """A reader's word to the coordinators that something public should not be so."""

    item = models.ForeignKey(
        PublicItem, on_delete=models.CASCADE, related_name="reports", verbose_name=_("public submission")
    )
    message = models.TextField(_("what is wrong"), max_length=2000)
    reported_at = models.DateTimeField(_("reported"))
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-reported_at"]

    def __str__(self) -> str:
        return self.item.reference
