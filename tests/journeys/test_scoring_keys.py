"""Single keys score only for who wants them, and the choice is kept."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from campaign.models import Campaign
from pledges.models import Status
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def page(person, live_server, signed_in, reviewer, campaign: Campaign) -> Page:
    """The scoring page of one submission with one criterion."""
    factories.CriterionFactory(campaign=campaign, name="Effect")
    submission = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    factories.AssignmentFactory(submission=submission, reviewer=reviewer)
    page = person()
    session = signed_in(reviewer).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(reverse("desk:review", args=[submission.reference]))
    return page


def press(page: Page, key: str) -> None:
    page.get_by_role("radio", name="0").focus()
    page.keyboard.press(key)


def test_keys_score_only_while_they_are_switched_on_and_that_is_remembered(page):
    four, wanted = page.get_by_role("radio", name="4"), page.get_by_label("Score with single keys")
    expect(page.get_by_text("They work only while this is on.")).to_be_visible()
    press(page, "4")
    expect(four).not_to_be_checked()
    wanted.check()
    press(page, "4")
    expect(four).to_be_checked()
    expect(page.locator("[data-total]")).to_have_text("4.00")
    page.reload()
    expect(wanted).to_be_checked()
    wanted.uncheck()
    press(page, "4")
    expect(four).not_to_be_checked()


def test_keys_never_score_while_a_comment_is_written(page):
    page.get_by_label("Score with single keys").check()
    page.get_by_label("Comment").press_sequentially("At 4 o'clock.")
    expect(page.get_by_label("Comment")).to_have_value("At 4 o'clock.")
    expect(page.get_by_role("radio", name="4")).not_to_be_checked()
