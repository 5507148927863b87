from django.conf import settings
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
    jury = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="juries", verbose_name=_("jury")
    )
    votes_until = models.DateTimeField(_("the jury votes until"), null=True, blank=True)

    class Meta:
        verbose_name = _("award category")
        verbose_name_plural = _("award categories")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Award(models.Model):
    """A category's prize for one submission. `public` is its announcement, gone while no consent carries it.

    A picture that was sent for it alone (`owns_picture`) goes with it; one of the editors' images stays.
    """

    category = models.ForeignKey(AwardCategory, on_delete=models.PROTECT, related_name="awards")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="awards")
    citation = models.TextField(_("citation"), max_length=1000)
    given_at = models.DateTimeField()
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    owns_picture = models.BooleanField(default=False, editable=False)
    announce_at = models.DateTimeField(_("announce at"), null=True, blank=True)
    announce_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who set when to announce"),
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    public = models.OneToOneField(
        PublicAward, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(fields=["category", "submission"], name="award_once"),
            models.CheckConstraint(
                condition=models.Q(announce_at__isnull=True, announce_by__isnull=True)
                | models.Q(announce_at__isnull=False, announce_by__isnull=False),
                name="award_announced_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.submission}"

    @property
    def citation_lang(self) -> str:
        return written_in(self, "citation")


class Nominee(models.Model):
    """A submission on a category's shortlist."""

    category = models.ForeignKey(AwardCategory, on_delete=models.CASCADE, related_name="nominees")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="nominations")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("nominee")
        verbose_name_plural = _("nominees")
        constraints = [models.UniqueConstraint(fields=["category", "submission"], name="nominee_once")]

    def __str__(self) -> str:
        return f"{self.category}: {self.submission}"


class JuryVote(models.Model):
    """What one juror gives a nominee: points from 0 to 5."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="votes")
    juror = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jury_votes")
    points = models.PositiveSmallIntegerField(_("points"))
    voted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("jury vote")
        verbose_name_plural = _("jury votes")
        constraints = [
            models.UniqueConstraint(fields=["nominee", "juror"], name="vote_once"),
            models.CheckConstraint(condition=models.Q(points__lte=5), name="vote_from_0_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.nominee}: {self.points}"
