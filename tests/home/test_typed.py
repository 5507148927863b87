"""Fields that clean what is typed."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from home.typed import DayField, HashtagsField, NumberField, on_one_line, without_harm


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert without_harm(without_harm(text)) == without_harm(text)
    assert on_one_line(on_one_line(text)) == on_one_line(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Sm", "Sc", "So"]), min_size=1))
def test_nothing_that_can_be_seen_is_lost(text):
    import unicodedata

    assert on_one_line(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_the_result_can_always_be_stored(text):
    cleaned = without_harm(text)
    cleaned.encode("utf-8")
    assert not set(cleaned) & set("\0\r\x1b\u202e\u2066\ufeff")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ()),
        ("#kieli", ("kieli",)),
        ("kieli, #Työ;  äiti", ("kieli", "Työ", "äiti")),
        ("#a#b", ("a", "b")),
        ("#Kieli #kieli", ("Kieli",)),
        ("#!!! # - 😀", ()),
        ("مرحبا", ("مرحبا",)),
        ("<b>x</b>", ("bxb",)),
    ],
)
def test_hashtags_are_taken_from_however_they_are_written(typed, names):
    assert HashtagsField(required=False).clean(typed) == names


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), ("0", "0"), ("1 200,50", "1200.50"), ("-3", "-3"), ("1\u00a0000", "1000")],
)
def test_numbers_are_read_as_people_write_them(typed, number):
    cleaned = NumberField().clean(typed)
    assert (cleaned if cleaned is None else str(cleaned)) == number


@pytest.mark.parametrize("typed", ["1,2,3", "x", "1e5000", "NaN", "sNaN", "0x10", "1.234"])
def test_what_is_no_number_is_said(typed):
    with pytest.raises(forms.ValidationError):
        NumberField().clean(typed)


@pytest.mark.parametrize("typed", ["2027-02-01", "1.2.2027", "01/02/2027"])
def test_days_are_read_as_browsers_and_people_write_them(typed):
    assert str(DayField().clean(typed)) == "2027-02-01"
