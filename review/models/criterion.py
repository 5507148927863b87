from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaign.kinds import Kind
from campaign.models import Campaign
from pledges.models import Submission


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def of(self, submission: Submission) -> "CriterionQuerySet":
        """What one submission is judged by: its campaign's criteria for its kind."""
        return self.filter(campaign=submission.campaign_id, kind__in=("", submission.kind))


class Criterion(ClusterableModel):
    """What reviewers judge by: a weight and a scale from 0 to `max_points`, or yes and no (1 and 0).

    One that is not counted is shown beside the total and changes nothing in it.
    """

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
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, blank=True, help_text=_("Left empty: both kinds.")
    )
    is_yes_or_no = models.BooleanField(_("answered by yes or no"), default=False)
    is_required = models.BooleanField(_("required"), default=True)
    is_counted = models.BooleanField(
        _("counted"), default=True, help_text=_("Otherwise it is only shown beside the total.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = CriterionQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(is_yes_or_no=False) | models.Q(max_points=1), name="criterion_yes_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_for(self, kind: str) -> bool:
        """Whether submissions of this kind are judged by it, as `of()` asks the database."""
        return self.kind in ("", kind)


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
