from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import hooks
from wagtail.models import Page

from home.page_cache import public_page
from home.viewsets import MailViewSet


@hooks.register("register_admin_viewset")
def register_mail_ledger() -> MailViewSet:
    return MailViewSet()


@hooks.register("on_serve_page")
def pages_are_public(serve: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Pages are the same for everybody; Wagtail itself forbids caching those that it shows to some only."""

    def served(page: Page, request: HttpRequest, args: list, kwargs: dict) -> HttpResponseBase:
        return public_page(lambda request: serve(page, request, args, kwargs))(request)

    return served
