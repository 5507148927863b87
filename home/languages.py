"""The language of addresses that carry none: the desk, the accounts and the admin."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


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
