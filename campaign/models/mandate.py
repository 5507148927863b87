from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .campaign import Campaign, Theme


class Mandate(models.Model):
    """What narrows a member of staff: whoever has one works in the campaigns of theirs only.

    The groups give the rights; without any mandate they hold in every campaign. Where a mandate names themes, a
    reviewer is given submissions of those themes only. It ends at `until`, or with the campaign's reviews.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("campaign")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("person")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("only the themes"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    ends_with_review = models.BooleanField(_("ends with the reviews"), default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given by"),
    )
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="mandate_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.campaign}"
