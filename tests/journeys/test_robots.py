"""People prove in passing that they are no robots, and come through where they cannot."""

from collections.abc import Callable

import pytest
from django.test import RequestFactory
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.models import Phase, Theme
from pledges.models import Status, Submission
from pledges.views.submit import GATE
from tests import factories
from tests.pledges.form import filled

pytestmark = pytest.mark.browser

DONE = "Checked: no robot. There is nothing for you to do."
Person = Callable[..., Page]


@pytest.fixture
def theme(campaign, theme, pages) -> Theme:
    """One of the current campaign, whose call is open now."""
    for kind, opens_at, closes_at in factories.laid_around(timezone.now(), on=Phase.Kind.CALL):
        campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)
    return theme


def fill(page: Page, theme: Theme) -> None:
    typed = {name: str(value) for name, value in filled(theme).items() if name != "form_key"}
    page.check(f"[name=kind][value={typed.pop('kind')}]")
    page.check("[name=authorised]")
    del typed["authorised"]
    for name in ("theme", "organisation_kind"):
        page.select_option(f"[name={name}]", typed.pop(name))
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One step left")
    assert Submission.objects.get().status == Status.SUBMITTED


def test_while_somebody_writes_the_browser_does_the_sum_and_says_so(theme, person: Person):
    page = person()
    page.goto("/en/submit/")
    note = page.get_by_role("status").and_(page.locator("[data-challenge]"))
    expect(note).to_be_empty()
    fill(page, theme)
    expect(note).to_have_text(DONE, timeout=60_000)
    proof = RequestFactory().post("/", {"proof": page.input_value("[name=proof]")})
    assert GATE.is_proven(proof, at=timezone.now(), key=page.input_value("[name=form_key]"))
    send(page)


def test_a_form_that_comes_back_is_summed_up_anew_without_a_touch(theme, person: Person):
    page = person()
    page.goto("/en/submit/")
    page.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("[data-challenge]")).to_have_text(DONE, timeout=60_000)


def test_without_scripts_the_form_goes_all_the_same(theme, person: Person):
    page = person(java_script_enabled=False)
    page.goto("/en/submit/")
    fill(page, theme)
    expect(page.locator("[data-challenge]")).to_be_empty()
    send(page)


def test_where_the_sum_cannot_be_done_the_form_goes_all_the_same(theme, person: Person):
    page = person()
    page.route("**/proof-worker*.js", lambda route: route.abort())
    page.goto("/en/submit/")
    fill(page, theme)
    send(page)


def test_the_trap_is_met_by_nobody_who_sees_listens_or_types(theme, person: Person):
    page = person()
    page.goto("/en/submit/")
    trap = page.locator("[name=homepage_url]")
    assert trap.get_attribute("tabindex") == "-1"
    assert trap.get_attribute("autocomplete") == "off"
    assert page.get_by_role("textbox", name="Leave this empty").count() == 0
