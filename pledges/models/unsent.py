import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.kinds import Kind
from campaign.models import Campaign

from .submission import Submission


def new_key() -> str:
    return secrets.token_urlsafe(12)


class UnsentForm(models.Model):
    """What somebody has typed and not sent yet, kept as it was typed; right or wrong.

    `key` is the form's own `form_key`, so that sending it takes this row's place; `link_key` is in the link that
    resumes it elsewhere. `data` holds the fields as a list of `[name, value]`. `number` grows with each save, and
    `saved_by` names the tab that saved last. A form that edits a submission has that one as `submission`.
    `kind` and `email` are read from what was typed, as far as it is whole; a form that edits has no `email`, since
    letters about it go to its submission's contact person. `linked_to` is the address to which the link has been
    mailed. A form that was begun with the text of an earlier campaign's submission `renews` that one.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="unsent_forms")
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="unsent_forms"
    )
    renews = models.ForeignKey(Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    link_key = models.CharField(max_length=24, default=new_key)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    linked_to = models.EmailField(blank=True)
    wants_reminders = models.BooleanField(_("reminders"), default=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    data = models.JSONField(_("typed text"), default=list)
    number = models.PositiveIntegerField(_("save"), default=1)
    saved_by = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("unsent form")
        verbose_name_plural = _("unsent forms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submission=None) | models.Q(email=""),
                name="unsent_change_has_no_address",
            )
        ]
        indexes = [models.Index(fields=["campaign", "saved_at"], name="unsent_by_time")]

    def __str__(self) -> str:
        return f"{self.campaign} {self.pk}"


class UnsentText(models.Model):
    """What one tab holds beside the form's own text: it began on an older save, or another tab overtook it."""

    form = models.ForeignKey(UnsentForm, on_delete=models.CASCADE, related_name="texts")
    saved_by = models.CharField(max_length=24)
    number = models.PositiveIntegerField(_("save"))
    data = models.JSONField(_("typed text"), default=list)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("overtaken text")
        verbose_name_plural = _("overtaken texts")
        ordering = ["saved_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["form", "saved_by"], name="unsent_text_once_a_tab")]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"
