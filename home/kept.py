"""What is read of public rows for every page, kept in the cache until something public changes."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpRequest

from home.models import PublicVersion

T = TypeVar("T")
LONGEST = 60  # seconds, for a change that no signal tells of


def public_version(request: HttpRequest) -> int:
    """The number of `PublicVersion`, read once a request, before anything it stands for."""
    if not hasattr(request, "_public_version"):
        request._public_version = PublicVersion.current()  # type: ignore[attr-defined]
    return request._public_version  # type: ignore[attr-defined]


def kept(request: HttpRequest, name: str, make: Callable[[], T]) -> T:
    """The result of `make`, plain data, kept under a name that carries the number of `PublicVersion`.

    What is kept under it is never older than it.
    """
    key = f"kept:{name}:{public_version(request)}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, LONGEST)
    return found
