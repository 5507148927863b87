"""How often something may be asked for, counted in the shared cache."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from home.proxies import parse

# One household or office is given at least so much of the IPv6 space.
IPV6_PREFIX = 64


def allow(key: str, limit: int, per: timedelta) -> bool:
    """Count one more try under `key`; whether it is within `limit` tries `per` window.

    The window begins with the first try. Keys may hold addresses: the cache sees only their keyed hash.
    """
    name = "throttle:" + salted_hmac("home.throttle", key, algorithm="sha256").hexdigest()
    seconds = int(per.total_seconds())
    if cache.add(name, 1, timeout=seconds):
        return limit >= 1
    try:
        return cache.incr(name) <= limit
    except ValueError:  # the window ended between the two calls
        cache.set(name, 1, timeout=seconds)
        return limit >= 1


def is_within(request: HttpRequest) -> bool:
    """Whether the request comes from this machine itself: a program beside the portal, or a proxy that
    TRUSTED_PROXIES does not name, behind which every visitor would count as one."""
    address = parse(request.META.get("REMOTE_ADDR", ""))
    return address is not None and address.is_loopback


def allow_sender(request: HttpRequest, what: str, limit: int, per: timedelta) -> bool:
    """Count one more try by who asks; programs of this machine are not counted."""
    return is_within(request) or allow(f"{what}:{sender(request)}", limit, per)


def sender(request: HttpRequest) -> str:
    """Who asks, for a key: the visitor's address, or the network of an IPv6 address, which its holder may vary."""
    address = parse(request.META.get("REMOTE_ADDR", ""))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_PREFIX), strict=False))
    return str(address or "")
