"""A panel goes through its cases on one screen, by keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaign.models import Phase
from pledges.models import Status
from review import meetings
from review.models import Decision, Meeting, Standing
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def cases(campaign, coordinator) -> list:
    """The cases of an open meeting in a campaign whose review is on."""
    at = timezone.now()
    for kind, opens_at, closes_at in factories.laid_around(at, on=Phase.Kind.REVIEW):
        campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)
    people = {"chair": coordinator, "secretary": coordinator}
    meeting = Meeting.objects.create(campaign=campaign, title="Panel", starts_at=at, opened_at=at, **people)
    meeting.present.add(coordinator)
    rows = factories.SubmissionFactory.create_batch(2, campaign=campaign, status=Status.IN_REVIEW)
    Standing.objects.create(submission=rows[0], mean="3.21", median="3.21", spread=1, reviews=2)
    meetings.add_cases(meeting, rows, by=coordinator, at=at)
    return list(meeting.cases.select_related("submission__screened"))


def test_a_meeting_is_led_by_keyboard_alone(person, live_server, signed_in, coordinator, cases):
    first, second = cases
    page = person(viewport={"width": 1280, "height": 720})
    session = signed_in(coordinator).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(reverse("desk:meeting_case", args=[first.meeting_id, first.pk]))
    keys = page.keyboard
    expect(page.get_by_text("Hidden until they are revealed.")).to_be_visible()

    keys.press("t")
    keys.type("Everybody liked it.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    keys.press("Escape")
    keys.press("r")
    expect(page.get_by_text("3.21").first).to_be_visible()
    expect(page.get_by_label("Notes")).to_have_value("Everybody liked it.")

    keys.press("t")
    keys.press("Tab")
    keys.type("4,5")
    keys.press("Tab")
    keys.press("ArrowDown")
    expect(page.get_by_role("radio", name="Selected", exact=True)).to_be_checked()
    keys.press("Tab")
    keys.type("Many gain from it.")
    keys.press("Escape")
    keys.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text(second.submission.screened.title)
    first.refresh_from_db()
    recorded = (first.notes, str(first.final_score), first.outcome)
    assert recorded == ("Everybody liked it.", "4.50", "selected")
    assert Decision.objects.get().reasons == "Many gain from it."

    keys.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.submission.screened.title)
