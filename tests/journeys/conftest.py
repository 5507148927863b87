"""People with browsers of their own, and the worker's mails read as a person would."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page

from campaign.models import Campaign, Phase
from home.worker import Worker
from tests import factories
from tests.pages import pages

__all__ = ["pages"]
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def call(campaign, theme, pages) -> Campaign:
    """The current campaign, whose call is open now."""
    for kind, opens_at, closes_at in factories.laid_around(timezone.now(), on=Phase.Kind.CALL):
        campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)
    return campaign


@pytest.fixture
def person(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens a page for one more person, with cookies of their own. A script error on a page fails the test."""
    contexts, errors = [], []

    def arrive(**options) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def post() -> Callable[[], list[mail.EmailMessage]]:
    """Lets the worker work once and returns what it sent."""

    def deliver() -> list[mail.EmailMessage]:
        before = len(mail.outbox)
        Worker().run_once()
        return mail.outbox[before:]

    return deliver


def by_lost_link(page: Page, email: str, post: Callable[[], list[mail.EmailMessage]]) -> None:
    """Ask for the links of an address, and follow the one that is mailed."""
    page.goto("/en/mine/")
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("button", name="Mail me my links").click()
    (letter,) = post()
    page.goto(link_in(letter))


def sideways(page: Page) -> int:
    """By how much a page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def link_in(message: mail.EmailMessage) -> str:
    """The path of the first link in a mail's text."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.body).group(1)
