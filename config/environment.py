"""What the environment must say before the portal starts."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
REQUIRED = {
    "SECRET_KEY": "a long random text that signs links and sessions",
    "DATABASE_URL": "where the data live, such as postgres://user:password@host/name",
    "EMAIL_URL": "how mail leaves, such as smtp+tls://user:password@host:587",
    "SITE_URL": "the portal's own address, such as https://lupaus.example.org",
}


def require(env) -> None:
    """Refuse to start while a required variable is missing.

    Raises ImproperlyConfigured with a sentence that names each missing variable and what it is for.
    """
    missing = [name for name in REQUIRED if not env.str(name, default="")]
    if missing:
        wants = "; ".join(f"{name} ({REQUIRED[name]})" for name in missing)
        raise ImproperlyConfigured(f"Lupaus does not start without: {wants}.")


def is_secure(site_url: str) -> bool:
    """Whether the portal is served over https; plain http is let through on loopback only.

    Raises ImproperlyConfigured for plain http elsewhere and for anything that is not a web address.
    """
    parts = urlsplit(site_url)
    if parts.scheme == "https" and parts.hostname:
        return True
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return False
    raise ImproperlyConfigured(
        f"SITE_URL is {site_url!r}: Lupaus is served over https, and over http only at localhost."
    )
