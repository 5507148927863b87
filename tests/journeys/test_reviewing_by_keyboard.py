"""A reviewer works through the queue by keyboard alone, and single keys can be switched off."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from campaign.models import Campaign
from home.models import User
from pledges.models import Status
from review.models import Assignment, Review
from tests import factories

pytestmark = pytest.mark.browser

TITLES = ("First", "Second", "Third")


@pytest.fixture
def tasks(campaign: Campaign, reviewer: User) -> None:
    """Three submissions to review by two criteria."""
    for name in ("Effect", "Novelty"):
        factories.CriterionFactory(campaign=campaign, name=name)
    for title in TITLES:
        submission = factories.SubmissionFactory(
            campaign=campaign, status=Status.IN_REVIEW, text__title=title
        )
        factories.AssignmentFactory(submission=submission, reviewer=reviewer)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at(page: Page, title: str) -> None:
    """The page of this submission is open, and its keys work."""
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_visible()


def points(page: Page, criterion: str, number: str):
    return page.get_by_role("group", name=criterion).get_by_role("radio", name=number)


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/?next=/desk/queue/")
    page.get_by_role("textbox", name="E-mail").focus()
    page.keyboard.type(email)
    press(page, "Tab", "Tab")  # past the link for who has forgotten the password
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type("a-long-enough-secret")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1, name="My reviews")).to_be_visible()


def score_the_first(page: Page) -> None:
    """Points by digits; a comment, in which no key acts; the draft saves itself and survives a reload."""
    press(page, "j", "j", "k", "Enter")
    at(page, "First")
    press(page, "4", "j", "2", "c")
    page.keyboard.type("Half of it, said d. h? 5 s.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"Draft saved at \d+\.\d\d"))
    page.reload()
    at(page, "First")
    expect(points(page, "Effect", "4")).to_be_checked()
    expect(points(page, "Novelty", "2")).to_be_checked()
    expect(page.get_by_label("Comment")).to_have_value("Half of it, said d. h? 5 s.")
    expect(page.locator("[data-total]")).to_have_text("3.00")


def abstain(page: Page) -> None:
    press(page, "a", "Tab")
    page.keyboard.type("I do not know this field.")
    press(page, "Tab", "Enter")


def test_an_evening_of_reviews_without_a_mouse(tasks, reviewer, person):
    page = person()
    sign_in(page, reviewer.email)
    score_the_first(page)
    press(page, "s")
    at(page, "Second")
    abstain(page)
    at(page, "Third")
    press(page, "5", "j", "5", "c")
    page.keyboard.type("Clear.")
    press(page, "Control+Enter")
    at(page, "First")  # what was skipped comes last
    press(page, "h")
    page.wait_for_url("**/desk/queue/")
    expect(page.get_by_text("2 of 2 handed in")).to_be_visible()
    given = Review.objects.order_by("submission__screened__title")
    assert [(str(review.total), review.abstention) for review in given] == [
        ("3.00", ""),
        ("None", "I do not know this field."),
        ("5.00", ""),
    ]
    assert Assignment.objects.filter(skipped_at__isnull=False).count() == 1


def test_single_keys_are_switched_off_in_the_help(tasks, reviewer, person, signed_in, live_server):
    page = person()
    session = signed_in(reviewer).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(reverse("desk:review", args=[reviewer.assignments.first().submission.reference]))
    at(page, "First")
    press(page, "?")
    help_ = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help_).to_be_visible()
    expect(help_.get_by_label("Single keys act")).to_be_focused()
    press(page, "Space")
    expect(help_.get_by_role("status")).to_have_text("Single keys are off.")
    press(page, "Escape")
    for key in ("4", "?", "j"):
        press(page, key)
    expect(help_).to_be_hidden()
    assert page.get_by_role("radio", checked=True).count() == 0
    page.reload()
    press(page, "4")
    assert page.get_by_role("radio", checked=True).count() == 0
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(help_.get_by_label("Single keys act")).not_to_be_checked()
