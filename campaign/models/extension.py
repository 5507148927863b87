from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.kinds import Kind

from .campaign import Campaign


class Extension(models.Model):
    """A public act: the call was given more time. Rows are added, never edited.

    `kind` is empty where the call itself was extended, else the kind that has a closing moment of its own.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="extensions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, blank=True)
    before = models.DateTimeField(_("closed until then at"))
    after = models.DateTimeField(_("closes now at"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("extension of the call")
        verbose_name_plural = _("extensions of the call")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(after__gt=models.F("before")), name="extension_gives_more_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.after:%Y-%m-%d %H:%M}"
