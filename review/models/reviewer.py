from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign, Region, Theme


class ReviewerProfile(models.Model):
    """What a reviewer can take on in one campaign. `languages` is a list of codes; empty themes and regions mean all."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="reviewer_profiles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviewer_profiles"
    )
    languages = models.JSONField(_("reads"), default=list)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("knows the themes"))
    regions = models.ManyToManyField(
        Region, blank=True, related_name="+", verbose_name=_("knows the regions")
    )
    most = models.PositiveSmallIntegerField(_("at most"), default=30, validators=[MinValueValidator(1)])
    employer = models.CharField(
        _("employer"),
        max_length=160,
        blank=True,
        help_text=_("What takes part under this name is not theirs to judge."),
    )
    left_at = models.DateTimeField(_("dropped out"), null=True, blank=True)

    class Meta:
        verbose_name = _("reviewer's profile")
        verbose_name_plural = _("reviewers' profiles")
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="profile_once")]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.person}"
