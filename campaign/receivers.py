"""What changes of campaigns and news carry with them."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from campaign import stream
from campaign.models import (
    Campaign,
    Extension,
    Municipality,
    NewsPage,
    Phase,
    PublicAward,
    Region,
    StreamItem,
    Theme,
)
from home.models import PublicVersion


@receiver([post_save, post_delete], sender=Campaign)
@receiver([post_save, post_delete], sender=Phase)
@receiver([post_save, post_delete], sender=Extension)
@receiver([post_save, post_delete], sender=Theme)
@receiver([post_save, post_delete], sender=Region)
@receiver([post_save, post_delete], sender=Municipality)
@receiver([post_save, post_delete], sender=PublicAward)
def move_public_version(sender, **kwargs) -> None:
    PublicVersion.move()


@receiver(post_delete, sender=PublicAward)
def forget_copies_of_picture(sender, instance: PublicAward, **kwargs) -> None:
    """The copies that were made of a winner's picture for the pages go with the award; the editors' own stays."""
    picture = instance.picture
    if picture and not PublicAward.objects.filter(picture=picture).exists():
        for copy in picture.renditions.all():
            copy.delete()


@receiver(page_published, sender=NewsPage)
def tell_of_news(sender, instance: NewsPage, **kwargs) -> None:
    """One event for all translations of a news page, at the moment the first of them came out."""
    campaign = Campaign.objects.current()
    if campaign is None:
        return
    stream.record(
        StreamItem.Kind.NEWS,
        campaign=campaign,
        key=str(instance.translation_key),
        at=instance.first_published_at or timezone.now(),
        news_key=instance.translation_key,
    )


@receiver(page_unpublished, sender=NewsPage)
def retract_news(sender, instance: NewsPage, **kwargs) -> None:
    """The event goes with the last published translation."""
    others = NewsPage.objects.live().filter(translation_key=instance.translation_key)
    if not others.exclude(pk=instance.pk).exists():
        stream.retract(StreamItem.Kind.NEWS, key=str(instance.translation_key))
