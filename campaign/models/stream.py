from django.db import models
from django.utils.translation import gettext_lazy as _

from .campaign import Campaign
from .programme import ProgrammeRelease
from .public import PublicAward, PublicItem


class StreamItem(models.Model):
    """One public event of the hashtag feed.

    What it says is read from the thing it points to, in the reader's language; when that is gone, so is the event.
    A news item is known by the translation key of its page, one for all languages.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        SELECTED = "selected", _("Selected for the programme")
        AWARD = "award", _("Award")
        RELEASE = "release", _("Co-operation programme")
        NEWS = "news", _("News")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="stream_items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=80, unique=True)
    item = models.ForeignKey(
        PublicItem, on_delete=models.CASCADE, null=True, blank=True, related_name="events"
    )
    award = models.ForeignKey(PublicAward, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    release = models.ForeignKey(
        ProgrammeRelease, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    news_key = models.UUIDField(null=True, blank=True)
    happened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("stream item")
        verbose_name_plural = _("stream items")
        indexes = [
            models.Index(
                models.F("campaign"),
                models.F("happened_at").desc(),
                models.F("id").desc(),
                name="stream_newest",
            )
        ]

    def __str__(self) -> str:
        return self.key
