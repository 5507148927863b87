"""The mail ledger: the queue and the record of what the portal sends."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(state=Mail.State.WAITING)

    def due(self, at: datetime) -> "MailQuerySet":
        """Waiting mails whose time has come and that no living worker holds."""
        free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=at)
        return self.waiting().filter(free, next_try_at__lte=at).order_by("next_try_at", "pk")


class Mail(models.Model):
    """One mail to one receiver.

    The row holds what is needed to write the mail again and nothing of its content: the letter's name,
    the reference of what it speaks of, and ids. The receiver's address is looked up when it is sent,
    so that erasing a person also empties the letters that wait for them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("dropped: no longer due")
        FAILED = "failed", _("failed")

    key = models.CharField(_("key"), max_length=120, unique=True)
    letter = models.CharField(_("letter"), max_length=60)
    reference = models.CharField(_("reference"), max_length=40, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    data = models.JSONField(_("data"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(_("created"))
    next_try_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=120, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["next_try_at"], condition=models.Q(state="waiting"), name="mail_due")]

    def __str__(self) -> str:
        return self.key
