from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from pledges.models import Submission


class Assignment(models.Model):
    """A reviewer's task to review one submission. One that was skipped comes last in the queue."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_at = models.DateTimeField()
    skipped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["submission", "reviewer"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.reviewer}"


class AssignmentProposal(models.Model):
    """Who could review what, worked out and not yet accepted.

    `pairs` is a list of `[submission id, reviewer id]`; `unfilled` a list of `[submission id, reviews lacking]`.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="assignment_proposals")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    reviews_each = models.PositiveSmallIntegerField()
    pairs = models.JSONField(default=list)
    unfilled = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposal of assignments")
        verbose_name_plural = _("proposals of assignments")

    def __str__(self) -> str:
        return f"{self.campaign}: {self.made_at}"
