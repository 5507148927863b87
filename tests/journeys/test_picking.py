"""Municipalities are picked by name where scripts run; the list behind stays the field that is sent."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.models import Municipality, Phase
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def form(person, campaign, theme, pages) -> Page:
    """The form of an open call, with its optional part open."""
    for kind, opens_at, closes_at in factories.laid_around(timezone.now(), on=Phase.Kind.CALL):
        campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)
    page = person()
    page.goto("/en/submit/")
    page.get_by_text("More about it").click()
    page.get_by_label("Certain municipalities").check()
    return page


def sent(page: Page) -> list[str]:
    return page.evaluate("new FormData(document.querySelector('main form')).getAll('municipalities')")


def pick(page: Page, name: str) -> None:
    page.get_by_label("Which municipalities?").fill(name)
    page.keyboard.press("Enter")


def test_a_name_is_picked_and_taken_back(form):
    inari = Municipality.objects.get(name_fi="Inari")
    pick(form, "inari")
    assert sent(form) == [str(inari.pk)]
    form.get_by_role("button", name="Remove: Inari").click()
    assert sent(form) == []
    expect(form.get_by_label("Which municipalities?")).to_be_focused()


def test_an_unknown_name_is_refused_in_words(form):
    pick(form, "Atlantis")
    expect(form.get_by_text("There is no municipality of this name.")).to_be_visible()
    assert sent(form) == []
