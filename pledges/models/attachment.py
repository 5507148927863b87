import uuid
from collections.abc import Collection
from datetime import datetime

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from .submission import Submission


def private_storage() -> Storage:
    return storages["private"]


def path_of(attachment: "Attachment", filename: str) -> str:
    """A name that cannot be guessed and says nothing; the ending is that of what was found inside."""
    return f"attachments/{uuid.uuid4().hex}{attachment.Kind(attachment.kind).ending}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def passed(self) -> "AttachmentQuerySet":
        """Those that a coordinator has looked at: reviewers and, with consent, the public may see them."""
        return self.filter(passed_at__isnull=False)

    def let_pass(self, ids: Collection[int], *, at: datetime) -> int:
        """Note that a coordinator has looked at these; how many of them are new."""
        return self.filter(pk__in=ids, passed_at=None).update(passed_at=at)


class Attachment(models.Model):
    """A picture or document of a submission, in the private storage. `name` is what its owner called it."""

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"
        WEBP = "image/webp", "WebP"

        @property
        def ending(self) -> str:
            return f".{self.label.lower()}"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(_("file"), storage=private_storage, upload_to=path_of, max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("text alternative"), max_length=4000)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    rights_declared_at = models.DateTimeField(_("rights declared"))
    shows_minors = models.BooleanField(_("children can be recognised"), default=False)
    guardians_agreed_at = models.DateTimeField(_("guardians have agreed"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"))
    passed_at = models.DateTimeField(_("passed"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "sha256"], name="attachment_once"),
            models.CheckConstraint(
                condition=models.Q(shows_minors=False) | models.Q(guardians_agreed_at__isnull=False),
                name="attachment_guardians_agreed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind != self.Kind.PDF
