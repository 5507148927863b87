from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.kinds import TEXT_LANGUAGES, Scope

from .campaign import Theme
from .geography import Municipality, Region

# The fields that hold people's own words.
WORDS = (
    "title",
    "summary",
    "plain_summary",
    "description",
    "novelty",
    "target_groups",
    "participation",
    "delivery_languages",
)
# Those of them that are translated.
TRANSLATED = tuple(name for name in WORDS if name != "delivery_languages")
# What is people's own words in each of its rows; these are translated phrase by phrase.
ROW_WORDS = {
    "actions": ("what", "unit"),
    "needs": ("what", "amount", "where"),
    "offers": ("what", "amount", "where"),
}
# The code of a text whose language is none of those that can be chosen.
UNNAMED = "mul"


class SubmissionText(models.Model):
    """What a submission says: the fields that its versions and its public copy have in common."""

    language = models.CharField(_("language of the text"), max_length=8, choices=TEXT_LANGUAGES)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=400)
    plain_summary = models.CharField(_("in plain language"), max_length=600, blank=True)
    description = models.TextField(_("what will be done"), max_length=8000)
    novelty = models.TextField(_("what is new in it"), max_length=4000, blank=True)
    target_groups = models.TextField(_("whom it is for"), max_length=2000, blank=True)
    participation = models.TextField(_("how residents can take part"), max_length=2000, blank=True)
    delivery_languages = models.CharField(_("languages in which it is done"), max_length=200, blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, verbose_name=_("main theme"), related_name="+")
    other_themes = models.ManyToManyField(Theme, blank=True, verbose_name=_("other themes"), related_name="+")
    scope = models.CharField(_("where"), max_length=15, choices=Scope.choices, blank=True)
    regions = models.ManyToManyField(Region, blank=True, verbose_name=_("regions"), related_name="+")
    municipalities = models.ManyToManyField(
        Municipality, blank=True, verbose_name=_("municipalities"), related_name="+"
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="%(class)s_ends_after_it_starts",
            )
        ]

    @property
    def lang(self) -> str:
        return lang_of(self.language)


def lang_of(language: str) -> str:
    """What the attribute `lang` says of a text; empty where its language is not known, as HTML asks."""
    return "" if language == UNNAMED else language
