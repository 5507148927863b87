from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaign.models import Campaign


class Criterion(ClusterableModel):
    """What reviewers judge by: a weight in per cent and a scale from 0 to `max_points`."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("campaign")
    )
    name = models.CharField(_("name"), max_length=60)
    question = models.CharField(_("question"), max_length=300)
    weight = models.PositiveSmallIntegerField(
        _("weight, %"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    max_points = models.PositiveSmallIntegerField(
        _("highest points"), default=5, validators=[MinValueValidator(1)]
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=100), name="criterion_weight"
            ),
            models.CheckConstraint(
                condition=models.Q(max_points__gte=1, max_points__lte=10), name="criterion_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CriterionPoint(models.Model):
    """What one number of points means, in words."""

    criterion = ParentalKey(Criterion, on_delete=models.CASCADE, related_name="points")
    points = models.PositiveSmallIntegerField(_("points"))
    guidance = models.CharField(_("guidance"), max_length=200)

    class Meta:
        verbose_name = _("guidance for points")
        verbose_name_plural = _("guidance for points")
        ordering = ["points"]
        constraints = [models.UniqueConstraint(fields=["criterion", "points"], name="guidance_once")]

    def __str__(self) -> str:
        return f"{self.points}: {self.guidance}"
