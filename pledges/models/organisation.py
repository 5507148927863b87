from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from campaign.kinds import OrganisationKind
from campaign.models import Municipality
from pledges.business_ids import validate_business_id

from .submission import Submission, new_link_key


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind of organisation"), max_length=15, choices=OrganisationKind.choices)
    business_id = models.CharField(
        _("business ID"), max_length=20, blank=True, validators=[validate_business_id]
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
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("the same as"),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["business_id"], condition=~Q(business_id=""), name="organisation_by_id")
        ]

    def __str__(self) -> str:
        return self.name


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def answered_from(self, email: str) -> "ParticipationQuerySet":
        """The partners' parts that the holder of this address answers for by link, the newest first."""
        parts = self.exclude(role="lead").filter(state__in=("invited", "confirmed", "declined"))
        own = (
            parts.alias(address=Lower("contact_email"))
            .exclude(contact_email="")
            .filter(address=email.lower())
        )
        return own.filter(submission__erased_at=None).select_related("submission__campaign").order_by("-pk")


class Participation(models.Model):
    """An organisation's part in a submission; shown to others only when it is confirmed.

    A partner is asked by the lead or asks by itself, and answers by its own signed link, which carries `link_key`.
    `confirmed_version` is the text that it had before it when it confirmed. `lead_offered_at` stands while the lead
    has asked this partner to take over. `name_waits_since` stands while the name and website that a partner gave itself
    wait for a coordinator: until then the public sees neither.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")

    class State(models.TextChoices):
        REQUESTED = "requested", _("Asks to join")
        INVITED = "invited", _("Invited")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")
        REMOVED = "removed", _("Removed")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=settings.LANGUAGES, blank=True
    )
    message = models.TextField(_("message"), max_length=1000, blank=True)
    link_key = models.CharField(max_length=24, default=new_link_key)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    lead_offered_at = models.DateTimeField(_("lead offered"), null=True, blank=True)
    name_waits_since = models.DateTimeField(_("name waits since"), null=True, blank=True)
    confirmed_version = models.ForeignKey(
        "Version",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed text"),
    )

    objects = ParticipationQuerySet.as_manager()

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
        indexes = [
            models.Index(
                Lower("contact_email"), condition=~Q(contact_email=""), name="participation_by_email"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"

    @property
    def name_stamp(self) -> str:
        """What tells the name and website that wait from those that waited before."""
        return f"{self.pk}-{self.name_waits_since.isoformat()}" if self.name_waits_since else ""
