"""People with browsers of their own, and the worker's mails read as a person would."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page

from home.worker import Worker
from tests.pages import pages

__all__ = ["pages"]


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


def link_in(message: mail.EmailMessage) -> str:
    """The path of the first link in a mail's text."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.body).group(1)
