from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from pledges.models import Submission

from .decision import Reasoned


class Procedure(models.Model):
    """How one campaign reviews and decides. A campaign without a row works by these defaults (`Procedure.of`)."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="procedure", verbose_name=_("campaign")
    )
    is_blind = models.BooleanField(
        _("blind review"),
        default=False,
        help_text=_("Reviewers learn who gave a submission when they have handed in their review."),
    )
    reviews_wanted = models.PositiveSmallIntegerField(
        _("reviews of each submission"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    disagreement = models.DecimalField(
        _("disagreement from"),
        max_digits=3,
        decimal_places=2,
        default=2,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
        help_text=_("Reviews that differ by this much or more, on the scale from 0 to 5, are marked."),
    )
    calibration = models.ManyToManyField(
        Submission,
        blank=True,
        related_name="+",
        verbose_name=_("calibration round"),
        help_text=_("These are reviewed by all reviewers before the rest."),
    )
    reminder_days = models.JSONField(
        _("reminders"), default=list, help_text=_("Days before the reviews end, such as 7 and 2.")
    )
    shared_domains = models.TextField(
        _("shared mail domains"),
        blank=True,
        max_length=4000,
        help_text=_("One a line: mail domains of many organisations, which tell of no conflict of interest."),
    )
    gives_feedback = models.BooleanField(
        _("feedback in letters"),
        default=False,
        help_text=_("Letters of decision carry the comments that a coordinator has chosen, without names."),
    )
    decider = models.CharField(_("who decides"), max_length=200, blank=True)
    presenter = models.CharField(_("who presents"), max_length=200, blank=True)
    contact = models.CharField(_("who tells more"), max_length=200, blank=True)
    remedy = models.TextField(
        _("how to ask for a correction"),
        blank=True,
        max_length=4000,
        help_text=_("Stands in every letter of decision."),
    )

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        permissions = [("observe_review", "Can read the whole review and change nothing")]

    def __str__(self) -> str:
        return str(self.campaign)

    @classmethod
    def of(cls, campaign: Campaign) -> "Procedure":
        """The campaign's own, or an unsaved one with the defaults."""
        return getattr(campaign, "procedure", None) or cls(campaign=campaign)


class ReasonPhrase(models.Model):
    """Reasons that are often given, ready in three languages."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="reason_phrases", verbose_name=_("campaign")
    )
    outcome = models.CharField(
        _("decision"),
        max_length=10,
        choices=Reasoned.Outcome.choices,
        blank=True,
        help_text=_("Left empty: any decision."),
    )
    text = models.TextField(_("text"), max_length=1000)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("phrase for reasons")
        verbose_name_plural = _("phrases for reasons")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
