"""The secretary of a small association sends a pledge from a phone, and keeps its receipt."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from pledges.models import Purpose, Status, Submission, UnsentForm

from .conftest import PHONE, SCRIPTS, link_in, sideways

pytestmark = pytest.mark.browser
TITLE = "A language café every Tuesday"
TYPED = {
    "title": TITLE,
    "summary": "Volunteers and newcomers drink coffee together.",
    "description": "We open our hall every Tuesday from five to seven.",
    "organisation_name": "Association of Neighbours",
    "contact_name": "Maija Meikäläinen",
    "contact_email": "maija.example.org",
}


def fill_in_the_essentials(phone: Page, theme: str) -> None:
    phone.get_by_role("radio", name="Pledge").check()
    for name, text in TYPED.items():
        phone.locator(f"[name={name}]").fill(text)
    phone.get_by_role("combobox", name="Theme").select_option(label=theme)
    phone.get_by_role("combobox", name="Kind of organisation").select_option("association")
    for purpose in (Purpose.TEXT, Purpose.ORGANISATION):
        phone.locator(f"[name=consent_{purpose}]").check()
    phone.get_by_role("checkbox", name="I am authorised").check()


def correct_the_address(phone: Page) -> None:
    """One error: it is said, its link leads to the field, and everything typed is still there."""
    expect(phone.get_by_role("heading", level=1)).to_have_text("Give a pledge or an initiative")
    phone.get_by_role("alert").get_by_role("link").click()
    expect(phone.locator("[name=contact_email]")).to_be_focused()
    for name, text in TYPED.items():
        expect(phone.locator(f"[name={name}]")).to_have_value(text)
    expect(phone.locator(f"[name=consent_{Purpose.TEXT}]")).to_be_checked()
    expect(phone.locator(f"[name=consent_{Purpose.REUSE}]")).not_to_be_checked()
    phone.locator("[name=contact_email]").fill("maija@example.org")


def words_of(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@SCRIPTS
def test_a_secretary_sends_a_pledge_from_a_phone_and_keeps_its_receipt(call, theme, person, post, scripts):
    phone = person(**PHONE, java_script_enabled=scripts)
    phone.goto("/en/")
    phone.get_by_role("main").get_by_role("link", name="Give a pledge").first.click()
    fill_in_the_essentials(phone, theme.name)
    phone.get_by_role("button", name="Send and confirm by e-mail").click()
    correct_the_address(phone)
    assert sideways(phone) == 0
    phone.get_by_role("button", name="Send and confirm by e-mail").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("One step left")
    assert sideways(phone) == 0
    submission = Submission.objects.get()
    expect(phone.get_by_role("main")).to_contain_text(submission.reference)
    assert not UnsentForm.objects.exists()

    (asking,) = post()
    assert asking.to == ["maija@example.org"]
    phone.goto(link_in(asking))
    phone.get_by_role("button", name="Yes, I sent this").click()
    expect(phone.get_by_role("main")).to_contain_text("With us for screening")
    submission.refresh_from_db()
    assert (submission.status, submission.confirmed_at is None) == (Status.SUBMITTED, False)

    (receipt,) = post()
    assert receipt.subject == f"Received: {submission.reference}"
    assert all(text in receipt.body for text in (TITLE, TYPED["description"], "Association of Neighbours"))
    phone.goto(link_in(receipt))
    sent = phone.get_by_role("region", name="What you have sent")
    for text in (TYPED["summary"], TYPED["description"], "maija@example.org", submission.reference):
        expect(sent).to_contain_text(text)
    expect(phone.get_by_role("region", name="What may be published")).to_contain_text("Not allowed")
    assert sideways(phone) == 0
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Download it as PDF").click()
    assert download.value.suggested_filename == f"{submission.reference}.pdf"
    words = words_of(download.value.path())
    assert all(text in words for text in (TITLE, TYPED["description"], "maija@example.org"))
