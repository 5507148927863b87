from datetime import datetime

from django.db import models
from django.db.models.functions import Now


class PublicVersion(models.Model):
    """One row whose number moves whenever something public changes.

    Cached pages carry the number, so a page cached before a withdrawal is never served after it.
    """

    number = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="public_version_single")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def move(cls) -> None:
        """Count one public change; belongs inside the transaction that makes it."""
        cls.objects.filter(pk=1).update(number=models.F("number") + 1, moved_at=Now())

    @classmethod
    def last_moved(cls) -> datetime | None:
        """When something public last changed, be it that something went."""
        return cls.objects.filter(pk=1).values_list("moved_at", flat=True).first()
