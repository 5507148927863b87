from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models.text import TRANSLATED

from .submission import Submission
from .version import Version


class Translation(models.Model):
    """A submission's words in another of the portal's languages, made from one version of its text.

    The owner's translation is read by others once a coordinator has passed it (`passed_at`); a coordinator's
    own is passed as it is saved. `phrases` holds what each phrase of the version's rows is in this language, empty
    for one that was left as it is.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    of = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=400)
    plain_summary = models.CharField(_("in plain language"), max_length=600, blank=True)
    description = models.TextField(_("what will be done"), max_length=8000)
    novelty = models.TextField(_("what is new in it"), max_length=4000, blank=True)
    target_groups = models.TextField(_("whom it is for"), max_length=2000, blank=True)
    participation = models.TextField(_("how residents can take part"), max_length=2000, blank=True)
    phrases = models.JSONField(_("actions, needs and offers"), default=dict, blank=True)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved"))
    passed_at = models.DateTimeField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["submission", "language"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.submission} {self.language}"

    @property
    def stamp(self) -> str:
        """What tells this saving of it from every other."""
        return f"{self.pk}-{self.saved_at.isoformat()}"

    @property
    def said_phrases(self) -> list[tuple[str, str]]:
        """Each phrase of the rows that is translated, and its translation."""
        return [(phrase, words) for phrase, words in self.phrases.items() if words]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each field that says something, with its name."""
        fields = ((self._meta.get_field(name), getattr(self, name)) for name in TRANSLATED)
        return [(str(field.verbose_name), text) for field, text in fields if text]
