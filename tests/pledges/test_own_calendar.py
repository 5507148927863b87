"""The owner's own deadline as iCalendar, behind the signed link."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from pledges import actors, links
from pledges.late_links import give_late_link
from pledges.models import Status, Submission
from tests.factories import CampaignFactory, SubmissionFactory, UserFactory, laid_around

DAY = timedelta(days=1)


def address(submission: Submission) -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/deadline.ics"


def event(client, submission: Submission):
    response = client.get(address(submission))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    (found,) = Calendar.from_ical(response.content).walk("VEVENT")
    return found


def test_a_late_link_moves_the_owners_event(client, db):
    campaign = CampaignFactory(is_current=True, phases=laid_around(timezone.now(), on="review"))
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT, submitted_at=None)
    assert client.get(address(draft)).status_code == 404
    found, now = [], timezone.now().replace(microsecond=0)
    for days in (1, 2):
        give_late_link(draft, now + days * DAY, by=actors.coordinator(UserFactory()), at=now)
        found.append(event(client, draft))
        assert found[-1].decoded("dtstart") == now + days * DAY
    assert found[0]["uid"] == found[1]["uid"]
    assert int(found[0]["sequence"]) < int(found[1]["sequence"])
    assert str(found[0]["summary"]).startswith(f"Send {draft.reference} by")
    assert links.token(draft, links.OWN) not in str(found[0])
    page = client.get(f"/en/mine/{links.token(draft, links.OWN)}/").content.decode()
    assert "deadline.ics" in page
    assert "A coordinator has given you more time" in page


@pytest.mark.parametrize(("kind", "days"), [("pledge", 5), ("initiative", 20)])
def test_a_sent_text_can_be_changed_until_its_kind_closes(client, db, kind, days):
    now = timezone.now().replace(microsecond=0)
    campaign = CampaignFactory(is_current=True, phases=laid_around(now), pledges_until=now + 5 * DAY)
    found = event(client, SubmissionFactory(campaign=campaign, kind=kind))
    assert found.decoded("dtstart") == now + days * DAY
    assert "can be changed until" in str(found["summary"])


def test_what_can_no_longer_be_changed_has_no_deadline(client, campaign):
    ended = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN)
    assert client.get(address(ended)).status_code == 404


def test_a_forged_link_opens_no_calendar(client, campaign):
    assert client.get("/en/mine/forged/deadline.ics").status_code == 404
