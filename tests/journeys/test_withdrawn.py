"""An owner who has lost the link withdraws a published pledge: it ends, and is public nowhere."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pledges import publishing
from pledges.models import Purpose, Status
from tests.factories import SubmissionFactory

from .conftest import PHONE, SCRIPTS, by_lost_link, sideways

pytestmark = pytest.mark.browser
TITLE = "Soup on Thursdays"


@pytest.fixture
def published(call):
    submission = SubmissionFactory(
        campaign=call,
        status=Status.IN_REVIEW,
        contact_email="sanna@example.org",
        text__title=TITLE,
        consents=list(Purpose),
        at=timezone.now(),
    )
    publishing.refresh(submission, at=timezone.now())
    return submission


@SCRIPTS
def test_withdrawn_from_its_own_page_and_gone_from_the_public_ones(published, person, post, scripts):
    owner = person(**PHONE, java_script_enabled=scripts)
    visitor = person(java_script_enabled=scripts)
    visitor.goto("/en/pledges/")
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)

    by_lost_link(owner, "Sanna@example.org", post)
    owner.get_by_role("link", name="Withdraw the submission").click()
    expect(owner.get_by_role("main")).to_contain_text("This cannot be undone.")
    assert sideways(owner) == 0
    owner.get_by_role("link", name="Keep it").click()
    expect(owner.get_by_role("main")).to_contain_text("In review")
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)

    owner.get_by_role("link", name="Withdraw the submission").click()
    owner.get_by_role("button", name="Withdraw it").click()
    main = owner.get_by_role("main")
    expect(main).to_contain_text("Your submission is withdrawn and public nowhere.")
    expect(main).to_contain_text("You withdrew it. It is public nowhere.")
    expect(owner.get_by_role("link", name="Withdraw the submission")).to_have_count(0)
    expect(owner.get_by_role("link", name="Change the text")).to_have_count(0)
    published.refresh_from_db()
    assert published.status == Status.WITHDRAWN
    (letter,) = post()
    assert (letter.to, letter.subject) == (["sanna@example.org"], f"Withdrawn: {published.reference}")

    visitor.reload()
    expect(visitor.get_by_role("main")).not_to_contain_text(TITLE)
    expect(visitor.get_by_role("main")).to_contain_text(published.reference)
    visitor.goto("/en/pledges/")
    expect(visitor.get_by_role("main")).not_to_contain_text(TITLE)
    assert TITLE not in visitor.request.get("/en/feed/atom.xml").text()
