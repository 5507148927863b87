"""What stands before the forms of people without an account, in place of Django's CSRF cookie.

Their pages rest on no cookie: the form is open to everybody, and a page behind a signed link is opened by its
address. So there is nothing that a foreign page could do in a visitor's name, and a token could only grow stale
and cost somebody their text. What is left to check is that a browser does not post from another site, and
that nobody sends more than a form can hold. See docs/decisions/0007-forms-without-a-csrf-cookie.md.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from home.origin import is_foreign

View = Callable[..., HttpResponse]

# A body up to this size is read to its end and thrown away, so that the sender gets to see the answer.
DRAINED = 64_000_000


def open_form(view: View) -> View:
    """A form for everybody: kept by no cache, yet restored by the browser's Back button with what was typed."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = _too_large(request) or view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return guarded


def by_link(view: View, *, most: int | None = None) -> View:
    """A page behind a signed link: stored nowhere, told to nobody, found by no search engine.

    `most` is how many bytes may be sent to a page that takes files; any other takes as much as a text can be.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = _too_large(request, most) or _foreign(request) or view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def _foreign(request: HttpRequest) -> HttpResponse | None:
    return render(request, "pledges/foreign.html", status=403) if is_foreign(request) else None


def _too_large(request: HttpRequest, most: int | None = None) -> HttpResponse | None:
    """The page that says so when the body is larger than a form can be; None when it is not."""
    if request.method != "POST":
        return None
    declared = request.META.get("CONTENT_LENGTH") or "0"
    length = int(declared) if declared.isdecimal() else 0
    if length > (most or settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
        _drain(request, min(length, DRAINED))
        return render(request, "pledges/too_large.html", {"takes_files": most is not None}, status=413)
    try:
        request.POST  # noqa: B018 - reading it is the check
    except (RequestDataTooBig, TooManyFieldsSent):
        return render(request, "pledges/too_large.html", status=413)
    return None


def _drain(request: HttpRequest, length: int) -> None:
    while length > 0:
        piece = request.read(min(length, 65_536))
        if not piece:
            break
        length -= len(piece)
