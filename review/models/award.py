from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign, PublicAward
from home.languages import written_in
from pledges.models import Submission


class AwardCategory(models.Model):
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="award_categories", verbose_name=_("campaign")
    )
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("what it is given for"), max_length=300)
    prize = models.CharField(_("prize"), max_length=200, blank=True)
    payer = models.CharField(_("who pays the prize"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("award category")
        verbose_name_plural = _("award categories")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Award(models.Model):
    """A category's prize for one submission. `public` is its announcement, gone while no consent carries it."""

    category = models.ForeignKey(AwardCategory, on_delete=models.PROTECT, related_name="awards")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="awards")
    citation = models.TextField(_("citation"), max_length=1000)
    given_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    public = models.OneToOneField(
        PublicAward, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [models.UniqueConstraint(fields=["category", "submission"], name="award_once")]

    def __str__(self) -> str:
        return f"{self.category}: {self.submission}"

    @property
    def citation_lang(self) -> str:
        return written_in(self, "citation")
