"""Where a form was sent from."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_foreign(request: HttpRequest) -> bool:
    """Whether a browser says that another site's page posts this. Programs and old browsers say nothing."""
    if request.method != "POST":
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    own = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
    return origin != "null" and urlsplit(origin).netloc not in own
