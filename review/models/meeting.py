from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from pledges.models import Submission


class Meeting(models.Model):
    """A panel's meeting: its cases in order, and who was there."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=120)
    place = models.CharField(_("place"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("chair")
    )
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    present = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="meetings", blank=True, verbose_name=_("present")
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class MeetingCase(models.Model):
    """One submission at a meeting. Whoever has a conflict of interest leaves the room: `absent`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="cases")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="meeting_cases")
    position = models.PositiveSmallIntegerField()
    notes = models.TextField(_("notes"), max_length=8000, blank=True)
    final_score = models.DecimalField(_("final score"), max_digits=3, decimal_places=2, null=True, blank=True)
    outcome = models.CharField(_("decision"), max_length=10, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    present = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    absent = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "submission"], name="case_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.submission}"
