from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign


class CaughtDay(models.Model):
    """How much the robots' trap caught in a campaign on one day of its zone: kept to be looked at, and only counted."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="caught_days")
    day = models.DateField(_("day"))
    kept = models.PositiveIntegerField(_("kept"), default=0)
    counted = models.PositiveIntegerField(_("only counted"), default=0)

    class Meta:
        verbose_name = _("day of the robots' trap")
        verbose_name_plural = _("days of the robots' trap")
        constraints = [models.UniqueConstraint(fields=["campaign", "day"], name="caught_day_once")]

    def __str__(self) -> str:
        return f"{self.campaign} {self.day}"
