"""The last evening in a browser: a text that comes a second late, and one that was returned for correction.

Nothing is frozen: the campaign's dates are laid around the present moment. Each way is walked with and without scripts.
"""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.models import Campaign, Phase
from home.models import User
from pledges import actors, correcting
from pledges.lifecycle import perform
from pledges.models import Status, Submission
from tests.factories import SubmissionFactory

from .conftest import SCRIPTS, link_in

pytestmark = pytest.mark.browser


@pytest.fixture
def campaign(call) -> Campaign:
    return call


def close_in(seconds: float, campaign: Campaign) -> None:
    """Let the call close so soon."""
    closes_at = timezone.now() + timedelta(seconds=seconds)
    call = campaign.phases.get(kind=Phase.Kind.CALL)
    call.closes_at = closes_at
    call.save()


def wait_for_the_deadline(campaign: Campaign) -> None:
    deadline = Campaign.objects.get(pk=campaign.pk).deadline
    while timezone.now() < deadline:
        time.sleep(0.1)


def fill(page: Page) -> None:
    page.get_by_role("radio", name="Pledge").check()
    page.locator("[name=title]").fill("Soup on Thursdays")
    page.locator("[name=summary]").fill("We cook soup for whoever comes.")
    page.locator("[name=description]").fill("Every Thursday at five.")
    page.locator("[name=theme]").select_option(index=1)
    page.locator("[name=organisation_name]").fill("The Soup Association")
    page.locator("[name=organisation_kind]").select_option("association")
    page.locator("[name=contact_name]").fill("Sanna Soup")
    page.locator("[name=contact_email]").fill("sanna@example.org")
    page.locator("[name=authorised]").check()
    page.wait_for_timeout(6_000)  # as fast as no person is, a form is taken for a robot's


def sign_in(page: Page, person: User) -> None:
    page.goto("/accounts/login/?next=/desk/submissions/%3Ftab%3Dlate")
    page.get_by_role("textbox", name="E-mail").fill(person.email)
    page.get_by_label("Password").fill("a-long-enough-secret")
    page.get_by_role("button", name="Sign in").click()


@SCRIPTS
def test_late_by_a_second_kept_as_a_draft_and_sent_by_a_late_link(
    campaign, coordinator, person, post, scripts
):
    sender = person(java_script_enabled=scripts)
    sender.goto("/en/submit/")
    fill(sender)
    close_in(1, campaign)
    wait_for_the_deadline(campaign)
    sender.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(sender.get_by_role("heading", level=1)).to_have_text("Kept as a draft")
    expect(sender.get_by_text("The call closed on")).to_be_visible()
    draft = Submission.objects.get(contact_email="sanna@example.org")
    assert draft.status == Status.DRAFT
    (letter,) = [mail for mail in post() if mail.to == ["sanna@example.org"]]
    sender.goto(link_in(letter))
    expect(sender.get_by_text("The call closed on")).to_be_visible()
    expect(sender.get_by_role("button", name="Send it")).to_have_count(0)

    desk = person(java_script_enabled=scripts)
    sign_in(desk, coordinator)
    row = desk.get_by_role("row").filter(has_text=draft.reference)
    row.get_by_text("Give more time").first.click()
    until = timezone.localtime(timezone.now() + timedelta(days=1), campaign.zone)
    row.get_by_label("It can be sent until").fill(until.strftime("%Y-%m-%dT%H:%M"))
    row.get_by_role("button", name="Send a late link").click()
    expect(desk.get_by_text("It can be sent until").first).to_be_visible()

    (letter,) = [mail for mail in post() if mail.to == ["sanna@example.org"]]
    sender.goto(link_in(letter))
    sender.get_by_role("button", name="Send it").click()
    expect(sender.get_by_text("Thank you. Your submission is with us.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED


@SCRIPTS
def test_returned_corrected_and_sent_again_after_the_call(campaign, coordinator, person, post, scripts):
    submission = SubmissionFactory(
        campaign=campaign, contact_email="sanna@example.org", text__title="Soup", at=timezone.now()
    )
    close_in(0, campaign)
    perform(
        submission,
        "return",
        by=actors.coordinator(coordinator),
        at=timezone.now(),
        reason="Say on which day.",
        correction_until=timezone.now() + timedelta(days=7),
        returned_fields=correcting.fields_of(["title", "actions"]),
    )
    (letter,) = [mail for mail in post() if mail.to == ["sanna@example.org"]]
    owner = person(java_script_enabled=scripts)
    owner.goto(link_in(letter))
    expect(owner.get_by_text("Say on which day.")).to_be_visible()
    owner.get_by_role("link", name="Change the text").click()
    expect(owner.get_by_label("Summary")).to_have_count(0)
    expect(owner.get_by_text(submission.latest.summary)).to_be_visible()
    owner.get_by_label("Title").fill("Soup on Thursdays")
    owner.get_by_label("What will be done").first.fill("Cook for forty")
    owner.get_by_role("button", name="Save and send").click()
    expect(owner.get_by_text("Thank you. Your submission is with us.")).to_be_visible()
    submission.refresh_from_db()
    assert (submission.status, submission.latest.title) == (Status.SUBMITTED, "Soup on Thursdays")
    assert submission.latest.actions.get().what == "Cook for forty"
