import re
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from campaign.models.text import ROW_WORDS, SubmissionText

from .submission import Submission

HAS_LETTERS = re.compile(r"[^\W\d_]")


class VersionTag(TaggedItemBase):
    content_object = models.ForeignKey("Version", on_delete=models.CASCADE, related_name="tag_rows")


class Version(SubmissionText):
    """The text of a submission as it was sent at one moment; never changed afterwards."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    saved_at = models.DateTimeField(_("saved"))

    tags = TaggableManager(_("hashtags"), through=VersionTag, blank=True)

    class Meta(SubmissionText.Meta):
        abstract = False
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["number"]
        constraints = [
            *SubmissionText.Meta.constraints,
            models.UniqueConstraint(fields=["submission", "number"], name="version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.number}"

    @cached_property
    def phrases(self) -> dict[str, str]:
        """What its actions, needs and offers say in words, each once, with where that stands: "Action 1: unit"."""
        exchanges = list(self.exchanges.all())
        groups = {pgettext("of a pledge", "Action"): list(self.actions.all())} | {
            str(direction.label): [row for row in exchanges if row.direction == direction]
            for direction in Exchange.Direction
        }
        found: dict[str, str] = {}
        for group, rows in groups.items():
            for number, row in enumerate(rows, start=1):
                for name in row.WORDS:
                    if HAS_LETTERS.search(text := getattr(row, name)):
                        label = row._meta.get_field(name).verbose_name
                        found.setdefault(text, f"{group} {number}: {label}")
        return found


class Action(models.Model):
    """One thing that will be done: measured from a start to a target, or done / not done without a unit."""

    WORDS = ROW_WORDS["actions"]

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("what"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    start = models.DecimalField(_("now"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.what


class Exchange(models.Model):
    """Something that the givers need, or offer to others."""

    WORDS = ROW_WORDS["needs"]

    class Direction(models.TextChoices):
        NEED = "need", _("Need")
        OFFER = "offer", _("Offer")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="exchanges")
    direction = models.CharField(max_length=5, choices=Direction.choices)
    what = models.CharField(_("what"), max_length=200)
    amount = models.CharField(_("how much"), max_length=60, blank=True)
    where = models.CharField(_("where"), max_length=120, blank=True)
    until = models.DateField(_("until when"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("need or offer")
        verbose_name_plural = _("needs and offers")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.what
