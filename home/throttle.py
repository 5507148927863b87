"""How often something may be asked for, counted in the shared cache."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac


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
