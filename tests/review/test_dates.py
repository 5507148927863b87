"""The desk's page of dates: what is typed is read in the campaign's zone, asked once more, and then holds."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.models import Campaign, Extension
from campaign.moments import in_words
from home.models import Mail
from pledges.models import Status
from review.date_forms import LateLinkForm
from tests.factories import CampaignFactory, SubmissionFactory, laid_around

URL = "/desk/dates/"
DAY = timedelta(days=1)


@pytest.fixture
def desk(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


def typed(moment: datetime) -> str:
    return moment.astimezone(Campaign.objects.get().zone).strftime("%Y-%m-%dT%H:%M")


def sent(desk, **changes) -> dict:
    """What the form of the page sends, but for some changes."""
    page = desk.get(URL).content.decode()
    fields = re.findall(r'<input type="(?:hidden|datetime-local)" name="(\w+)" value="([^"]*)"', page)
    return (
        {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
        | {"moves_review": "on"}
        | changes
    )


def test_the_page_shows_every_date_in_the_campaigns_zone(desk, campaign):
    Campaign.objects.update(pledges_until=campaign.deadline - DAY, partners_until=campaign.deadline + DAY)
    page = desk.get(URL).content.decode()
    moments = [moment for phase in campaign.phases.all() for moment in (phase.opens_at, phase.closes_at)]
    for moment in (*moments, campaign.deadline - DAY, campaign.deadline + DAY):
        assert in_words(moment, campaign) in page
    assert "All moments are in Finnish time." in page


def test_the_call_is_extended_after_one_more_question(desk, campaign):
    SubmissionFactory(campaign=campaign, status=Status.DRAFT, submitted_at=None)
    later = (campaign.deadline + 3 * DAY).replace(second=0, microsecond=0)
    asked = desk.post(URL, sent(desk, call_closes_at=typed(later)))
    page = asked.content.decode()
    assert (asked.status_code, Extension.objects.count()) == (200, 0)
    assert f"<strong>{in_words(later, campaign)}</strong>" in page
    assert "1 person has begun a text and gets a letter." in page
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = desk.post(URL, hidden | {"sure": "1"})
    assert (answer.status_code, answer["Location"]) == (303, URL)
    assert Campaign.objects.get().deadline == later
    assert Mail.objects.get().letter == "call_extended"
    extended = f"Extended from {in_words(campaign.deadline, campaign)} to {in_words(later, campaign)}."
    page = desk.get(URL).content.decode()
    assert extended in page
    assert "Kirsi Coordinator, " in page.partition(extended)[2].partition("</li>")[0]


def test_the_public_pages_tell_the_extension_at_once(desk, client, campaign, settings):
    settings.PAGE_CACHE_SECONDS = 600
    later = (campaign.deadline + 3 * DAY).replace(second=0, microsecond=0)
    assert in_words(later, campaign) not in client.get("/en/submit/").content.decode()
    client.get("/en/dates.ics")
    desk.post(URL, sent(desk, call_closes_at=typed(later)) | {"sure": "1"})
    extended = f"Extended from {in_words(campaign.deadline, campaign)} to {in_words(later, campaign)}."
    assert extended in client.get("/en/submit/").content.decode()
    calendar = client.get("/en/dates.ics").content.decode()
    assert f"DTSTART:{later:%Y%m%dT%H%M%SZ}" in calendar
    assert "SEQUENCE:1" in calendar


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Choose a later moment than the present one."),
        ({"call_closes_at": "2020-01-01T12:00"}, "never shortened"),
        ({"call_closes_at": "2120-01-01T12:00"}, "The review ends on"),
        ({"call_closes_at": "soon"}, "This is not a day with an hour"),
        ({"call_closes_at": ""}, "Fill in the field"),
        ({"seen": "other dates"}, "The dates have changed meanwhile."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(desk, campaign, changes, sentence):
    answer = desk.post(URL, sent(desk, **changes) | {"sure": "1"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Extension.objects.exists()


def test_a_moment_left_alone_keeps_its_seconds(desk, campaign):
    deadline = campaign.deadline.replace(second=59, microsecond=0)
    campaign.phases.filter(kind="call").update(closes_at=deadline)
    answer = desk.post(URL, sent(desk))
    assert "Choose a later moment than the present one." in answer.content.decode()


def test_the_review_is_moved_only_when_that_was_ticked(desk, campaign):
    asked = sent(desk, call_closes_at=typed(campaign.deadline + DAY), sure="1")
    del asked["moves_review"]
    assert "The review opens on" in desk.post(URL, asked).content.decode()
    assert desk.post(URL, asked | {"moves_review": "on"}).status_code == 303


HELSINKI = [
    ("2026-10-25T02:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
    ("2026-10-25T03:00", "this hour comes twice"),
    ("2026-10-25T03:59", "this hour comes twice"),
    ("2026-10-25T04:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ("2027-03-28T02:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
    ("2027-03-28T03:00", "this hour does not come"),
    ("2027-03-28T03:59", "this hour does not come"),
    ("2027-03-28T04:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("moment", "expected"), HELSINKI)
def test_an_hour_that_the_clocks_show_twice_or_never_is_no_moment(moment, expected):
    with timezone.override(Campaign().zone):
        form = LateLinkForm({"until": moment}, at=datetime(2026, 10, 1, tzinfo=UTC))
        is_valid = form.is_valid()
    if is_valid:
        assert form.cleaned_data["until"] == expected
    else:
        assert expected in str(form.errors["until"])


def test_the_desk_names_the_zone_beside_every_moment_that_is_typed(desk, campaign):
    assert "Day and hour, in Finnish time." in desk.get(URL).content.decode()


def test_only_coordinators_find_the_page(desk, signed_in, reviewer, campaign):
    assert reverse("desk:dates") in desk.get("/desk/").content.decode()
    assert reverse("desk:dates") not in signed_in(reviewer).get("/desk/").content.decode()
