from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Participation


class Purpose(models.TextChoices):
    TEXT = "text", _("The text")
    ORGANISATION = "organisation", _("The organisation's name")
    SOCIAL = "social", _("Sharing")
    CONTACT = "contact", _("Contact requests")
    REUSE = "reuse", _("Open data")


class ConsentWording(models.Model):
    """The words that were agreed to; a change of words is a new row."""

    purpose = models.CharField(_("purpose"), max_length=15, choices=Purpose.choices)
    number = models.PositiveSmallIntegerField(_("wording"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("consent wording")
        verbose_name_plural = _("consent wordings")
        ordering = ["purpose", "number"]
        constraints = [models.UniqueConstraint(fields=["purpose", "number"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.number}"

    def in_language(self, language: str) -> str:
        """The words as somebody read them who read in this language."""
        return getattr(self, f"text_{language}") or self.text


class AskedAnew(models.Model):
    """That a giver was asked by mail to read newer words than those agreed to; the same words once."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    wording = models.ForeignKey(ConsentWording, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("asked anew")
        verbose_name_plural = _("asked anew")
        constraints = [models.UniqueConstraint(fields=["participation", "wording"], name="asked_anew_once")]

    def __str__(self) -> str:
        return f"{self.participation}: {self.wording}"


class Consent(models.Model):
    """One act: a consent given or withdrawn for one purpose, in one wording. Rows are added, never edited.

    Acts are written under the submission's lock, so that of two the later row holds. `at` is what the clock of the
    worker said, to be shown: clocks differ.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=15, choices=Purpose.choices)
    wording = models.ForeignKey(ConsentWording, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    given = models.BooleanField(_("given"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.participation}: {self.get_purpose_display()}"

    @property
    def words(self) -> str:
        """The words as the giver read them."""
        return self.wording.in_language(self.language)
