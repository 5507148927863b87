"""Public pages kept in the shared cache for anonymous visitors.

A page is kept only when its view says that it is public, the visitor carries no session, form or message
cookie, and the answer is the same for everybody. Its key holds the number of `PublicVersion`, so a page
kept before a withdrawal is never served after it.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, get_max_age
from django.utils.translation import get_language_from_request

from home.kept import public_version

PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
KEPT_TYPES = (
    "text/html",
    "text/xml",
    "text/calendar",
    "image/svg+xml",
    "application/xml",
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/json",
)
# The key knows the language, and a request with a personal cookie never comes here.
KNOWN_VARIATIONS = {"accept-encoding", "accept-language", "cookie"}
LONGEST_ADDRESS = 500


def public_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark what a view answers as public: the same for every visitor who is not signed in."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]
        return response

    return marked


def keep_until(request: HttpRequest, moment: datetime) -> None:
    """Say that what this request shows changes at `moment`: no cache may keep it beyond."""
    earlier = getattr(request, "public_until", None)
    request.public_until = min(earlier, moment) if earlier else moment  # type: ignore[attr-defined]


def is_anonymous(request: HttpRequest) -> bool:
    """Whether nothing in the request tells one visitor from another."""
    return (
        request.method in {"GET", "HEAD"}
        and "HTTP_AUTHORIZATION" not in request.META
        and not any(name in request.COOKIES for name in PERSONAL_COOKIES)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _parts(header: str) -> set[str]:
    return {part.strip() for part in header.lower().split(",") if part.strip()}


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a response may be given to the next visitor as it is."""
    control = {part.partition("=")[0] for part in _parts(response.get("Cache-Control", ""))}
    varies = _parts(response.get("Vary", ""))
    return (
        getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").partition(";")[0] in KEPT_TYPES
        and not response.cookies
        and not control & {"private", "no-store", "no-cache"}
        and varies <= KNOWN_VARIATIONS
        and "CSRF_COOKIE" not in request.META
        and not getattr(request, "_csp_nonce", None)
        and not (hasattr(request, "user") and request.user.is_authenticated)
    )


def seconds_to_keep(request: HttpRequest, response: HttpResponse, at: datetime) -> int:
    """How long: PAGE_CACHE_SECONDS at most, and never past the response's own age or `keep_until`."""
    limits = [settings.PAGE_CACHE_SECONDS]
    if (age := get_max_age(response)) is not None:
        limits.append(age)
    if moment := getattr(request, "public_until", None):
        limits.append(int((moment - at).total_seconds()))
    return min(limits)


def key_of(request: HttpRequest) -> str:
    language = get_language_from_request(request, check_path=True)
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()} {language}"
    return f"page:{public_version(request)}:{hashlib.sha256(address.encode()).hexdigest()}"


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PAGE_CACHE_SECONDS <= 0 or not is_anonymous(request):
            return self.get_response(request)
        # The number is read before the page is made: a change in between leaves the page under the old one.
        key = key_of(request)
        if kept := cache.get(key):
            return self.answer(request, *kept)
        response = self.get_response(request)
        if request.method == "GET" and is_for_everybody(request, response):
            seconds = seconds_to_keep(request, response, timezone.now())
            if seconds > 0:
                cache.set(key, (response.content, dict(response.items())), seconds)
        return response

    def answer(self, request: HttpRequest, content: bytes, headers: dict[str, str]) -> HttpResponse:
        response = HttpResponse(content, headers=headers)
        if etag := response.get("ETag"):
            return get_conditional_response(request, etag=etag, response=response) or response
        return response
