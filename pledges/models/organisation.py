from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.kinds import OrganisationKind
from campaign.models import Municipality
from pledges.business_ids import validate_business_id

from .submission import Submission


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind of organisation"), max_length=15, choices=OrganisationKind.choices)
    business_id = models.CharField(
        _("business ID"), max_length=12, blank=True, validators=[validate_business_id]
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["business_id"], condition=~Q(business_id=""), name="organisation_by_id")
        ]

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """An organisation's part in a submission; shown to others only when it is confirmed."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "organisation"], name="participation_once"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(role="lead"), name="participation_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"
