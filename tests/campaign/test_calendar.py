"""The dates as iCalendar: read back by a calendar's own library."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from campaign.models import Campaign, Extension, Phase
from tests.factories import AT, CampaignFactory

DAY = timedelta(days=1)


def events(client, address: str = "/en/dates.ics") -> dict[str, dict]:
    """What stands in the calendar, by the part of the UID before the host."""
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def test_the_dates_of_a_campaign_stand_in_utc(client, campaign):
    Campaign.objects.update(pledges_until=AT + 5 * DAY, partners_until=AT + 25 * DAY)
    found = events(client)
    starts = {name.rpartition(".")[0]: event.decoded("dtstart") for name, event in found.items()}
    assert starts == {
        "call-pledge": AT + 5 * DAY,
        "call-initiative": AT + 20 * DAY,
        "partners": AT + 25 * DAY,
        "review": AT + 20 * DAY,
        "results": AT + 50 * DAY,
    }
    assert {start.tzname() for start in starts.values()} == {"UTC"}
    review = found[f"review.{campaign.pk}"]
    assert review.decoded("dtend") == AT + 50 * DAY
    assert b"TZID" not in client.get("/en/dates.ics").content


@pytest.mark.parametrize(
    ("language", "summary", "description"),
    [("en", "The call closes: ", "Mon 14 Dec 2026 at 12.00 (Finnish time)")],
)
def test_an_event_says_its_day_and_hour_in_words(client, campaign, language, summary, description):
    event = events(client, f"/{language}/dates.ics")[f"call-both.{campaign.pk}"]
    assert str(event["summary"]) == summary + campaign.name
    assert str(event["description"]) == description
    assert str(event["url"]).endswith(f"/{language}/submit/")


def test_every_language_tells_the_same_events(client, campaign):
    languages = [events(client, f"/{code}/dates.ics") for code in ("fi", "sv", "en")]
    assert languages[0].keys() == languages[1].keys() == languages[2].keys()


def test_an_extension_moves_the_date_keeps_the_uid_and_counts_up(client, campaign):
    before = events(client)[f"call-both.{campaign.pk}"]
    Phase.objects.get(campaign=campaign, kind="review").delete()
    call = campaign.phases.get(kind="call")
    call.closes_at += DAY
    call.save()
    Extension.objects.create(campaign=campaign, before=AT + 20 * DAY, after=call.closes_at, decided_at=AT)
    after = events(client)[f"call-both.{campaign.pk}"]
    assert after["uid"] == before["uid"]
    assert (int(before["sequence"]), int(after["sequence"])) == (0, 1)
    assert after.decoded("dtstart") == call.closes_at


def test_a_calendar_that_has_the_dates_already_is_told_so(client, campaign):
    etag = client.get("/en/dates.ics")["ETag"]
    assert client.get("/en/dates.ics", headers={"if-none-match": etag}).status_code == 304
    phase = campaign.phases.get(kind="results")
    phase.opens_at += timedelta(hours=1)
    phase.save()
    assert client.get("/en/dates.ics", headers={"if-none-match": etag}).status_code == 200


def test_an_earlier_round_has_its_own_calendar(client, campaign):
    earlier = CampaignFactory(slug="earlier")
    assert f"results.{earlier.pk}" in events(client, "/en/c/earlier/dates.ics")


def test_without_a_campaign_there_is_no_calendar(client, db):
    assert client.get("/en/dates.ics").status_code == 404
