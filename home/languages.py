"""The languages of the portal, and the one of addresses that carry none: the desk, the accounts and the admin."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from modeltranslation.utils import build_localized_fieldname, get_language
from wagtail.models import Page

CODES = tuple(code for code, _name in settings.LANGUAGES)
CATCH_ALL = "wagtail_serve"


def written_in(row: Model, field: str) -> str:
    """The language in which a field that is kept in several is read: the reader's, else the first that has words.

    Empty where none has.
    """
    codes = (get_language(), *settings.MODELTRANSLATION_FALLBACK_LANGUAGES)
    return next((code for code in codes if getattr(row, build_localized_fieldname(field, code))), "")


class AddressLanguageMiddleware(LocaleMiddleware):
    """Sends an address without a language to the visitor's, where there is such an address in a language.

    Django's own would send `/desk/…` and `/api/…` that are not there on to `/en/…`, since Wagtail's catch-all makes
    every address look like a page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        named = translation.get_language_from_path(request.path_info)
        if response.status_code == 404 and not named and not self.stands_in_a_language(request):
            patch_vary_headers(response, ("Accept-Language",))
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)

    def stands_in_a_language(self, request: HttpRequest) -> bool:
        """Whether this address, not found as it is, is one of the public side or a page's, but for the language."""
        if request.resolver_match:
            return False
        for path in (request.path_info, f"{request.path_info}/"):
            with suppress(Resolver404):
                match = resolve(f"/{translation.get_language()}{path}")
                return match.url_name != CATCH_ALL or Page.find_for_request(request, path) is not None
        return False


class StaffLanguageMiddleware:
    """Speaks the signed-in person's own language where the address names no language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.may_be_staff(request) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)

    def may_be_staff(self, request: HttpRequest) -> bool:
        named = translation.get_language_from_path(request.path_info)
        return not named and settings.SESSION_COOKIE_NAME in request.COOKIES
