"""The languages of the portal, and the one of addresses that carry none: the desk, the accounts and the admin."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

CODES = tuple(code for code, _name in settings.LANGUAGES)


class AddressLanguageMiddleware(LocaleMiddleware):
    """Sends an address without a language to the visitor's, but leaves alone what a page itself does not have.

    Django's own would send the desk's 404 on to `/en/desk/…`, which Wagtail's catch-all makes look like a page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        named = translation.get_language_from_path(request.path_info)
        if response.status_code == 404 and request.resolver_match and not named:
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)


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
