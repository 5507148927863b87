"""A picture and a document, from a phone, with scripts and without."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pledges import links
from pledges.models import Attachment
from tests.factories import CampaignFactory, SubmissionFactory, laid_around
from tests.pledges.made_files import pdf, photograph, picture

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}


@pytest.fixture
def address(transactional_db) -> str:
    campaign = CampaignFactory(is_current=True, phases=laid_around(timezone.now()))
    return f"/en/mine/{links.token(SubmissionFactory(campaign=campaign), links.OWN)}/"


def choose(page: Page, label: str, name: str, content: bytes) -> None:
    page.get_by_label(label).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def tick(page: Page, words: str) -> None:
    page.get_by_role("checkbox", name=words).check()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_picture_and_a_document_are_added_ordered_and_removed(address, person, scripts):
    page = person(viewport=PHONE, java_script_enabled=scripts)
    page.goto(address)
    page.get_by_role("link", name="Pictures and documents").click()
    words = page.get_by_role("textbox", name="What does it show or say?")

    # Too little is said at first: the file need not be chosen again.
    choose(page, "File", "meidän sali.jpg", photograph())
    tick(page, "Somebody under 18")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("“meidän sali.jpg” has arrived and is kept.")).to_be_visible()
    words.fill("A full hall")
    tick(page, "We may publish it")
    tick(page, "The guardians of all")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("“meidän sali.jpg” is added.")).to_be_visible()
    shown = page.get_by_role("img", name="A full hall")
    expect(shown).to_have_js_property("naturalWidth", 40)
    expect(shown).to_have_js_property("naturalHeight", 80)

    # What is wrong with a file is said at its field, and the words stay.
    choose(page, "File", "plan.pdf", b"%PDF-1.7 broken")
    words.fill("What the plan says")
    tick(page, "We may publish it")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("#id_file_error")).to_contain_text("damaged or cut off")
    expect(words).to_have_value("What the plan says")
    choose(page, "File", "plan.pdf", pdf())
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".file")).to_have_count(2)

    page.get_by_role("button", name=re.compile("Move up.*plan.pdf")).click()
    expect(page.locator(".file").first).to_contain_text("What the plan says")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    assert download.value.suggested_filename == "plan.pdf"
    page.get_by_role("link", name=re.compile("Remove.*plan.pdf")).click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".file")).to_have_count(1)
    assert Attachment.objects.get().guardians_agreed_at


def test_a_file_that_is_too_large_is_told_before_it_is_sent(address, person):
    page = person(viewport=PHONE)
    page.goto(f"{address}files/")
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    choose(page, "File", "film.mov", picture() + b"\0" * 10_000_001)
    expect(page.get_by_role("status").filter(has_text="larger than 10 MB")).to_be_visible()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_label("File")).to_be_focused()
    assert "POST" not in sent
