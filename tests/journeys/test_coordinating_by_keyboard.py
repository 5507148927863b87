"""A coordinator's day without a mouse: from the overview through screening and deciding to the export and its line in the log."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from campaign.models import Phase
from pledges.models import Status, Submission
from review import scoring
from tests import factories
from tests.journeys.test_form_by_keyboard import press, tab_to, unfold

pytestmark = pytest.mark.browser
NEW, KNOWN = "A choir without notes", "A key on every floor"


@pytest.fixture
def in_work(campaign, reviewer) -> None:
    """The review is on: one submission waits to be screened, another is reviewed and waits for its decision."""
    at = timezone.now()
    for kind, opens_at, closes_at in factories.laid_around(at, on=Phase.Kind.REVIEW):
        campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)
    factories.SubmissionFactory(campaign=campaign, text__title=NEW)
    row = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, text__title=KNOWN)
    factories.AssignmentFactory(submission=row, reviewer=reviewer)
    factories.ReviewFactory(submission=row, reviewer=reviewer, total="4.00", handed_in_at=at)
    scoring.update_standing(row)


def follow(page: Page, link: Locator) -> None:
    tab_to(page, link)
    page.keyboard.press("Enter")


def open_tab(page: Page, name: str) -> None:
    follow(page, page.get_by_role("navigation").get_by_role("link", name=name, exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def check(page: Page, role: str, name: str) -> None:
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    page.keyboard.press("Space")


def sign_in(page: Page, user) -> None:
    page.goto("/accounts/login/?next=/desk/overview/")
    tab_to(page, page.get_by_role("textbox", name="E-mail"))
    page.keyboard.type(user.email)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type("a-long-enough-secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def screen_and_assign(page: Page, reviewer) -> None:
    open_tab(page, "Submissions")
    follow(page, page.get_by_role("link", name=NEW))
    tab_to(page, page.get_by_label("How did you check"))
    page.keyboard.type("The register of associations")
    press(page, "Pass to review")
    unfold(page, "Give to more reviewers")
    check(page, "checkbox", str(reviewer))
    press(page, "Assign")
    expect(page.get_by_role("main")).to_contain_text("not begun")


def decide_and_release(page: Page, reference: str) -> None:
    open_tab(page, "Ranking")
    follow(page, page.locator(f'main a[href^="/desk/ranking/{reference}/"]').first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Why this rank")
    open_tab(page, "Decisions")
    check(page, "checkbox", reference)
    check(page, "radio", "Selected")
    tab_to(page, page.get_by_role("textbox", name="Reasons"))
    page.keyboard.type("Others can do the same tomorrow.")
    press(page, "Store the decisions")
    follow(page, page.get_by_role("link", name="Release 1 pending decision"))
    press(page, "Release and send the letters")
    expect(page.get_by_role("main")).to_contain_text("1 decision is released.")


def test_a_coordinators_day_by_keyboard_alone(in_work, person, coordinator, reviewer):
    page, reference = person(), Submission.objects.get(status=Status.IN_REVIEW).reference
    sign_in(page, coordinator)
    screen_and_assign(page, reviewer)
    decide_and_release(page, reference)
    open_tab(page, "Overview")
    open_tab(page, "Export")
    tab_to(page, page.get_by_role("link", name="ZIP of CSV files"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith("-everything.zip")
    open_tab(page, "Log")
    lines = page.get_by_role("table")
    for act in ("Records taken out as files", "Given to reviewers", "Decision stored, pending"):
        expect(lines).to_contain_text(act)
