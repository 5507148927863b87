from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pledges.models import Submission, Version

from .criterion import Criterion


class Recommendation(models.TextChoices):
    SELECT = "select", pgettext_lazy("recommendation", "Select")
    RESERVE = "reserve", pgettext_lazy("recommendation", "Keep in reserve")
    DECLINE = "decline", pgettext_lazy("recommendation", "Do not select")


class Review(models.Model):
    """One reviewer's judgement of the screened version. `total` is on a scale from 0 to 5, once handed in."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("submission")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("reviewer")
    )
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )
    comment = models.TextField(_("comment"), blank=True, max_length=4000)
    recommendation = models.CharField(
        _("recommendation"), max_length=10, choices=Recommendation.choices, blank=True
    )
    total = models.DecimalField(_("weighted points"), max_digits=4, decimal_places=2, null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"))
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    changed_in_sight_at = models.DateTimeField(
        _("changed when other reviews could be seen"), null=True, blank=True
    )
    abstained_at = models.DateTimeField(_("abstained"), null=True, blank=True)
    abstention = models.CharField(_("why abstained"), max_length=400, blank=True)
    is_feedback = models.BooleanField(
        _("told to the sender"),
        default=False,
        help_text=_("The comment goes with the letter of decision, without the reviewer's name."),
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["submission", "reviewer"], name="review_once"),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(total__isnull=False),
                name="review_handed_in_has_total",
            ),
            models.CheckConstraint(
                condition=Q(abstained_at__isnull=True) | Q(handed_in_at__isnull=True, total__isnull=True),
                name="review_abstained_or_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.reviewer}"

    @property
    def stamp(self) -> str:
        """What changes with every save."""
        return self.saved_at.isoformat()


class Score(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Standing(models.Model):
    """What the handed-in reviews of one submission add up to; kept by `scoring` for a quick ranking.

    `mean`, `median` and `spread` (the difference between the highest and the lowest review) are on a scale from
    0 to 5.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="standing")
    mean = models.DecimalField(max_digits=4, decimal_places=2)
    median = models.DecimalField(max_digits=4, decimal_places=2, default=0)
    spread = models.DecimalField(max_digits=4, decimal_places=2)
    reviews = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = [models.Index(fields=["-mean"], name="standing_by_mean")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.mean}"

    def is_disputed(self, limit: Decimal) -> bool:
        """Whether reviewers disagree, with the campaign's `Procedure.disagreement` as the limit."""
        return self.reviews > 1 and self.spread >= limit
