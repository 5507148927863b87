"""What staff sent when it could not be taken: after their session had ended, or from a page older than their sign-in.

It is shown to them again, to be sent once more by a button. What comes from another site is never shown so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from home.origin import is_foreign

KEPT = "sent_too_late"
MOST = 200_000  # characters; the longest form at the desk holds a tenth of it
SECRETS = frozenset(
    {"csrfmiddlewaretoken", "login", "password", "oldpassword", "password1", "password2", "code"}
)
READABLE = 12  # shorter values are choices rather than words


@dataclass(frozen=True)
class Sent:
    """A form that was sent: its address and its fields in their order."""

    path: str
    pairs: list[tuple[str, str]]

    @property
    def words(self) -> list[str]:
        """What people would recognise as theirs."""
        return [value for _name, value in self.pairs if len(value) >= READABLE]


def sent(request: HttpRequest) -> Sent | None:
    """The form that this request brings, without what is secret; None for what must not be shown again."""
    if request.method != "POST" or is_foreign(request) or request.path.startswith("/accounts/"):
        return None
    pairs = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in SECRETS
    ]
    return Sent(request.get_full_path(), pairs) if _length(pairs) <= MOST else None


def _length(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(len(name) + len(value) for name, value in pairs)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send somebody to sign in and back; what was sent is kept in the browser's session meanwhile."""
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    form = sent(request)
    had_a_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if form is None or not had_a_session:
        return redirect_to_login("/desk/")
    request.session[KEPT] = [form.path, form.pairs]
    return redirect_to_login(reverse("send_again"))


@never_cache
@login_required
def send_again(request: HttpRequest) -> HttpResponse:
    """What was kept before the sign-in, with a button that sends it."""
    kept = request.session.get(KEPT)
    if kept is None:
        return redirect("account")
    path, pairs = kept
    return _page(request, Sent(path, pairs), status=200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's check failed: mostly a page that was older than the last sign-in."""
    form = sent(request) if request.user.is_authenticated else None
    if form is None:
        return render(request, "stale.html", status=403)
    return _page(request, form, status=403)


def _page(request: HttpRequest, form: Sent, *, status: int) -> HttpResponse:
    return render(request, "send_again.html", {"sent": form}, status=status)
