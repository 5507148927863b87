"""Addresses for machines, and a staff member's own page."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.forms import AccountForm
from home.models import SiteSettings
from home.readiness import troubles

CLOSED_TO_ROBOTS = ("/accounts/", "/admin/", "/desk/", "/healthz", "/readyz")
CLOSED_IN_EACH_LANGUAGE = ("confirm/", "mine/", "submit/sent/")
SECURITY_TXT_LASTS = timedelta(days=180)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: asks nothing of anybody."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    found = troubles(timezone.now())
    return JsonResponse({"ready": not found, "troubles": found}, status=503 if found else 200)


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whom it does not let in: strangers go on to sign in, for staff without the right it ends."""
    if request.user.is_authenticated:
        raise PermissionDenied
    query = request.GET.urlencode(safe="/")
    return HttpResponseRedirect(f"{reverse('account_login')}{f'?{query}' if query else ''}")


@cache_control(public=True, max_age=24 * 60 * 60)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers and feed readers look for it that have read no page."""
    return HttpResponseRedirect(static("favicon.svg"))


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    by_language = [f"/{code}/{path}" for code, _ in settings.LANGUAGES for path in CLOSED_IN_EACH_LANGUAGE]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*CLOSED_TO_ROBOTS, *by_language))]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The best contact that the portal settings name, or else the portal itself."""
    site = Site.find_for_request(request)
    chosen = SiteSettings.for_site(site) if site else SiteSettings()
    email = chosen.security_email or chosen.contact_email
    expires = datetime.combine(timezone.now() + SECURITY_TXT_LASTS, time(), timezone.get_default_timezone())
    lines = [
        f"Contact: {f'mailto:{email}' if email else f'{settings.SITE_URL}/'}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{request.path}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """A staff member's own page: the language to work in, the password, the second step."""
    form = AccountForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        user = form.save()
        with override(user.language):
            messages.success(request, gettext("Your choice is kept."))
        return HttpResponseRedirect(reverse("account"), status=303)
    return render(request, "account/account.html", {"form": form})
