"""What changes of pages, pictures and people carry with them."""

from allauth.account.models import EmailAddress
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.models import Picture, PublicVersion, SiteSettings, User


# Wagtail takes a page down before it deletes it, so deletions are among these.
@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def move_public_version(sender, **kwargs) -> None:
    PublicVersion.move()


@receiver([post_save, post_delete], sender=PageViewRestriction)
@receiver([post_save, post_delete], sender=Picture)
@receiver([post_save, post_delete], sender=SiteSettings)
def move_public_version_with_a_row(sender, **kwargs) -> None:
    PublicVersion.move()


@receiver(post_save, sender=User)
def forget_former_addresses(sender, instance: User, created: bool, **kwargs) -> None:
    """allauth notes each address at sign-in; one that is no longer the person's must not open the account."""
    if not created:
        EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()
