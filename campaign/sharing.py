"""Sharing by plain links: nothing is loaded from anywhere, and nobody is told of a reader who does not click."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from campaign.models import PublicItem


def share_links(item: PublicItem, title: str, url: str) -> list[dict]:
    """Where a submission's page may be shared. Only for items whose giver lets them be shared."""
    text = f"{title} #{item.campaign.hashtag}"
    both = f"{text} {url}"
    return [
        {
            "name": _("E-mail"),
            "url": f"mailto:?{urlencode({'subject': title, 'body': both}, quote_via=quote)}",
        },
        {"name": "Mastodon", "url": f"https://mastodonshare.com/?{urlencode({'text': text, 'url': url})}"},
        {"name": "Bluesky", "url": f"https://bsky.app/intent/compose?{urlencode({'text': both})}"},
        {
            "name": "LinkedIn",
            "url": f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}",
        },
        {"name": "Facebook", "url": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"},
        {"name": "WhatsApp", "url": f"https://wa.me/?{urlencode({'text': both})}"},
    ]
