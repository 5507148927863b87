from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pledges.models import Status, Submission


class Decision(models.Model):
    """The ministry's decision on one submission; pending, and known to staff only, until it is released."""

    class Outcome(models.TextChoices):
        SELECTED = Status.SELECTED.value, _("Selected")
        RESERVE = Status.RESERVE.value, _("In reserve")
        DECLINED = Status.DECLINED.value, _("Not selected")

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="decision", verbose_name=_("submission")
    )
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    reasons = models.TextField(_("reasons"), max_length=4000)
    language = models.CharField(
        _("language of the reasons"), max_length=2, choices=settings.LANGUAGES, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"))
    letter_note = models.TextField(
        _("added to the letter"), max_length=2000, blank=True, help_text=_("Only this receiver reads it.")
    )
    reserve_place = models.PositiveSmallIntegerField(_("place in reserve"), null=True, blank=True)
    letters_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [models.CheckConstraint(condition=~models.Q(reasons=""), name="decision_has_reasons")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_outcome_display()}"

    @property
    def is_selection(self) -> bool:
        return self.outcome == self.Outcome.SELECTED
