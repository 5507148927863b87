"""The co-operation programme: a draft of entries, and the numbered editions that have been released."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .campaign import Campaign, Theme
from .public import PublicItem


class Programme(models.Model):
    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="programme")
    compiled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return str(self.campaign)


class ProgrammeEntry(models.Model):
    """One selected submission in the draft: its chapter and its place there."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="entries")
    item = models.OneToOneField(PublicItem, on_delete=models.CASCADE, related_name="programme_entry")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("programme entry")
        verbose_name_plural = _("programme entries")
        ordering = ["theme__position", "position", "pk"]

    def __str__(self) -> str:
        return self.item.reference


class ProgrammeEntryText(models.Model):
    """An entry's text in one language; what an editor has changed is never overwritten."""

    entry = models.ForeignKey(ProgrammeEntry, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"))
    edited = models.BooleanField(_("edited by hand"), default=False)

    class Meta:
        verbose_name = _("programme text")
        verbose_name_plural = _("programme texts")
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="entry_text_once")]

    def __str__(self) -> str:
        return self.title


class ProgrammeRelease(models.Model):
    """One numbered edition, for all languages at once."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    released_at = models.DateTimeField()
    removed = models.PositiveSmallIntegerField(
        default=0, help_text=_("How many entries have been removed since, at their givers' wish.")
    )

    class Meta:
        verbose_name = _("programme release")
        verbose_name_plural = _("programme releases")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="release_once")]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"


class ReleasedEntry(models.Model):
    """An entry as an edition printed it. Names are read from the public copy, so consent always holds.

    `texts` maps a language to `{"title", "body"}`.
    """

    release = models.ForeignKey(ProgrammeRelease, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(PublicItem, on_delete=models.CASCADE, related_name="released_entries")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    texts = models.JSONField()

    class Meta:
        verbose_name = _("released entry")
        verbose_name_plural = _("released entries")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["release", "item"], name="released_entry_once")]

    def __str__(self) -> str:
        return self.item.reference
