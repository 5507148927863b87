from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.languages import Piece, in_reader_s
from pledges.models import Status, Submission


class Reasoned(models.Model):
    """An outcome with its reasons: phrases, as they stood when they were chosen, and words of its own.

    `phrases` is a list of `{"phrase": id, "fi", "sv", "en"}`; what was decided does not change with the phrases.
    """

    class Outcome(models.TextChoices):
        SELECTED = Status.SELECTED.value, _("Selected")
        RESERVE = Status.RESERVE.value, _("In reserve")
        DECLINED = Status.DECLINED.value, _("Not selected")

    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    reasons = models.TextField(_("reasons"), max_length=4000, blank=True)
    language = models.CharField(
        _("language of the reasons"), max_length=2, choices=settings.LANGUAGES, blank=True
    )
    phrases = models.JSONField(_("phrases"), default=list, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"))
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def phrases_read(self) -> list[Piece]:
        """The phrases in the reader's language, or where they lack it in another."""
        return [in_reader_s(phrase) for phrase in self.phrases]


class Decision(Reasoned):
    """The ministry's decision on one submission; pending, and known to staff only, until it is released.

    `release_ordered_at` marks one that waits for its turn in a release that was ordered.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="decision", verbose_name=_("submission")
    )
    letter_note = models.TextField(
        _("added to the letter"), max_length=2000, blank=True, help_text=_("Only this receiver reads it.")
    )
    reserve_place = models.PositiveSmallIntegerField(_("place in reserve"), null=True, blank=True)
    letters_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    release_ordered_at = models.DateTimeField(null=True, blank=True, editable=False)
    release_ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reasons="") | ~models.Q(phrases=[]), name="decision_has_reasons"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_outcome_display()}"

    @property
    def is_selection(self) -> bool:
        return self.outcome == self.Outcome.SELECTED


class EarlierDecision(Reasoned):
    """What had been decided and released before; `because` says why it was corrected, empty where one in reserve was lifted."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="earlier")
    because = models.TextField(_("why it was corrected"), max_length=2000, blank=True)
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta:
        verbose_name = _("earlier decision")
        verbose_name_plural = _("earlier decisions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_outcome_display()}"


def snapshot(phrase: Any) -> dict[str, Any]:
    """A phrase as a decision keeps it."""
    texts = {code: getattr(phrase, f"text_{code}") or "" for code, _name in settings.LANGUAGES}
    return {"phrase": phrase.pk} | texts
