"""The desk's menu on a narrow screen: the page that is open can be seen in it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}


def test_the_open_page_is_in_sight_in_the_menu(person, live_server, signed_in, coordinator, campaign):
    page = person(viewport=PHONE)
    session = signed_in(coordinator).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    for name in ("home", "decisions", "programme"):
        page.goto(reverse(f"desk:{name}"))
        current = page.locator(".desk-tabs [aria-current=page]")
        expect(current).to_be_in_viewport(ratio=1)
