"""Moments as people read them: in the campaign's zone, the zone named, and how much time is left."""

from datetime import UTC, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from campaign.models import Campaign

FORMATS = {"fi": r"D j.n.Y \k\l\o G.i", "sv": r"D j.n.Y \k\l. G.i", "en": r"D j M Y \a\t G.i"}
ZONES = {
    "Europe/Helsinki": gettext_lazy("Finnish time"),
    "Europe/Mariehamn": gettext_lazy("Finnish time"),
    "Europe/Stockholm": gettext_lazy("Swedish time"),
    "UTC": gettext_lazy("UTC"),
}


def in_words(moment: datetime, campaign: Campaign | None) -> str:
    """Weekday, day and hour in the campaign's zone, as in "Mon 7 Dec 2026 at 23.59"."""
    pattern = FORMATS.get((get_language() or "en")[:2], FORMATS["en"])
    return date_format(localtime(moment, campaign.zone if campaign else None), pattern)


def day_in_words(moment: datetime, campaign: Campaign | None) -> str:
    """The day that it is in the campaign's zone, as in "7 December 2026"."""
    return date_format(localtime(moment, campaign.zone if campaign else None), "DATE_FORMAT")


def clock(moment: datetime, campaign: Campaign) -> str:
    """The hour and minute in the campaign's zone, as in "14.32"."""
    return date_format(localtime(moment, campaign.zone), "G.i")


def zone_in_words(campaign: Campaign | None) -> str:
    """The campaign's zone as people call it, or its own name where they have no word for it."""
    if campaign is None:
        return ""
    return zone_named(campaign.time_zone)


def zone_named(name: str) -> str:
    return str(ZONES.get(name, name.replace("_", " ")))


def time_left(until: datetime, at: datetime) -> str:
    """How long it is from one moment to the other, in its two largest units; empty when it is over.

    Reckoned between instants: two moments of one zone would be subtracted by their wall clocks, which are
    an hour wrong when summer time begins or ends between them.
    """
    left = until.astimezone(UTC) - at.astimezone(UTC)
    if left <= timedelta(0):
        return ""
    minutes = int(left.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return _together(_days(days), _hours(hours) if hours else "")
    if hours:
        return _together(_hours(hours), _minutes(minutes % 60) if minutes % 60 else "")
    return _minutes(minutes) if minutes else gettext("less than a minute")


def _together(larger: str, smaller: str) -> str:
    return f"{larger} {smaller}".strip()


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def _hours(number: int) -> str:
    return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}


def _minutes(number: int) -> str:
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}
