"""Where people turn to with questions."""

from wagtail.models import Site

from home.models import SiteSettings


def contact_address() -> str:
    """The address that the portal settings name; empty where they name none."""
    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site).contact_email if site else ""
