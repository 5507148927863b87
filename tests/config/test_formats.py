from datetime import date, datetime, time

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format, time_format

DAY = date(2026, 12, 7)
MOMENT = datetime(2026, 12, 7, 9, 5)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["7 December 2026", "7 Dec 2026", "7 December 2026, 9.05"]),
        ("sv", ["7 december 2026", "7.12.2026", "7 december 2026 kl. 9.05"]),
    ],
)
def test_dates_are_written_as_readers_in_finland_expect(language, written):
    with translation.override(language):
        formats = ["DATE_FORMAT", "SHORT_DATE_FORMAT"]
        assert [date_format(DAY, name) for name in formats] == written[:2]
        assert date_format(MOMENT, "DATETIME_FORMAT") == written[2]
        assert time_format(time(9, 5)) == "9.05"


@pytest.mark.parametrize("typed", ["7.12.2026", "2026-12-07"])
def test_a_day_typed_in_swedish_is_understood_as_people_and_browsers_write_it(typed):
    with translation.override("sv"):
        assert forms.DateField(localize=True).clean(typed) == DAY
