from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.translation import override

from campaign.models import Campaign
from campaign.moments import in_words, time_left, zone_in_words

HELSINKI = ZoneInfo("Europe/Helsinki")
DEADLINE = datetime(2026, 12, 7, 21, 59, tzinfo=UTC)


def campaign_in(zone: str) -> Campaign:
    return Campaign(name="Kotolupaus", time_zone=zone)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Mon 7 Dec 2026 at 23.59"),
        ("fi", "Ma 7.12.2026 klo 23.59"),
        ("sv", "mån 7.12.2026 kl. 23.59"),
    ],
)
def test_a_moment_is_read_in_the_campaigns_zone_and_the_readers_language(language, words):
    with override(language):
        assert in_words(DEADLINE, campaign_in("Europe/Helsinki")).lower() == words.lower()


def test_another_campaigns_zone_gives_another_hour():
    with override("en"):
        assert in_words(DEADLINE, campaign_in("America/New_York")) == "Mon 7 Dec 2026 at 16.59"


def test_a_zone_has_a_name_people_use_or_its_own():
    with override("en"):
        assert zone_in_words(campaign_in("Europe/Helsinki")) == "Finnish time"
        assert zone_in_words(campaign_in("America/New_York")) == "America/New York"
        assert zone_in_words(None) == ""


def test_templates_print_moments_with_zone():
    source = "{% load moment %}{{ at|in_zone:campaign }} {{ campaign|zone_name }}"
    context = Context({"at": DEADLINE, "campaign": campaign_in("Europe/Helsinki")})
    with override("en"):
        assert Template(source).render(context) == "Mon 7 Dec 2026 at 23.59 Finnish time"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=11, hours=6, minutes=30), "11 days 6 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=23, minutes=59), "23 hours 59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=1, seconds=59), "1 minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(0), ""),
        (timedelta(seconds=-1), ""),
    ],
)
def test_time_left_is_told_in_its_two_largest_units(left, words):
    with override("en"):
        assert time_left(DEADLINE, DEADLINE - left) == words


@pytest.mark.parametrize(
    ("at", "until", "words"),
    [
        # Clocks go back on 25 October 2026 and forward on 28 March 2027.
        (datetime(2026, 10, 24, 23, 59), datetime(2026, 10, 25, 23, 59), "1 day 1 hour"),
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 4, 30), "3 hours"),
        (datetime(2027, 3, 27, 23, 59), datetime(2027, 3, 28, 23, 59), "23 hours"),
        (datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 4, 30), "1 hour"),
    ],
)
def test_the_countdown_is_right_across_a_change_of_clocks(at, until, words):
    with override("en"):
        assert time_left(until.replace(tzinfo=HELSINKI), at.replace(tzinfo=HELSINKI)) == words
