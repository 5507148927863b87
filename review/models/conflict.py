from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from pledges.models import Organisation, Submission


class ConflictQuerySet(models.QuerySet["ConflictOfInterest"]):
    def standing(self) -> "ConflictQuerySet":
        """Those that bind: not lifted."""
        return self.filter(lifted_at__isnull=True)


class ConflictOfInterest(models.Model):
    """A person's tie to a submission; while it stands, that person does not see the submission.

    One that was lifted stays as a record, and is not found again by the same rule.
    """

    class Source(models.TextChoices):
        DECLARED = "declared", _("declared")
        BEFOREHAND = "beforehand", _("declared beforehand")
        FOUND = "found", _("found by rule")

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="conflicts", verbose_name=_("submission")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conflicts", verbose_name=_("person")
    )
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    since = models.DateTimeField(_("since"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lifted_because = models.CharField(_("why lifted"), max_length=400, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="conflict_once"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_because=""),
                name="conflict_lifted_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.person}"


class InterestDeclaration(models.Model):
    """What a person answered when asked beforehand: the organisations of a campaign that they have ties to, or none."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="interest_declarations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interest_declarations"
    )
    declared_at = models.DateTimeField()
    organisations = models.ManyToManyField(Organisation, related_name="+", blank=True)

    class Meta:
        verbose_name = _("declaration of interests")
        verbose_name_plural = _("declarations of interests")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="interest_declaration_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.person}"


class Redaction(models.Model):
    """A passage that would give the giver away, as it stands in the text; hidden while the review is blind."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="redactions")
    passage = models.CharField(_("passage"), max_length=400)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        constraints = [models.UniqueConstraint(fields=["submission", "passage"], name="redaction_once")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.marked_at}"
