"""Business IDs as people write them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pledges.business_ids import WEIGHTS, normalised

# Real ones of a city, a university and a county, from the public registers.
REAL = ["0211675-2", "0313471-7", "556016-0680", "212000-0142"]


@pytest.mark.parametrize("text", REAL)
def test_real_ones_are_kept_as_they_are(text):
    assert normalised(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 02116752 ", "0211675-2"),
        ("FI02116752", "0211675-2"),
        ("fi 0211675-2", "0211675-2"),
        ("5560160680", "556016-0680"),
        ("16556016-0680", "556016-0680"),
        ("SE556016068001", "556016-0680"),
        ("ee 10137319", "EE10137319"),
        ("hrb 12345", "HRB12345"),
    ],
)
def test_every_way_of_writing_one_gives_one(typed, kept):
    assert normalised(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "0211675-3",
        "02116753",
        "556016-0681",
        "5560160681",
        "1234",
        "x",
        "12-34",
        "0211675-22",
        "ABCDE",
        "🙂1234",
    ],
)
def test_what_cannot_be_one_is_refused(typed):
    with pytest.raises(ValidationError, match="Check the business ID"):
        normalised(typed)


@pytest.mark.parametrize("typed", ["131052-308T", "010190A123B", "811228-9874", "19811228-9874"])
def test_a_persons_number_is_refused_and_not_kept(typed):
    with pytest.raises(ValidationError, match="person's identity number"):
        normalised(typed)


@given(st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_at_most_one_check_digit_fits_a_finnish_one(digits):
    fitting = [check for check in "0123456789" if _is_kept(f"{digits}-{check}")]
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    assert fitting == ([] if total == 1 else [str((11 - total) % 11)])


@given(st.from_regex(r"[0-9]{2}[2-9][0-9]{3}-?[0-9]{3}", fullmatch=True))
def test_exactly_one_check_digit_fits_a_swedish_one(digits):
    assert len([check for check in "0123456789" if _is_kept(f"{digits}{check}")]) == 1


@given(st.text(max_size=40))
def test_whatever_is_typed_is_kept_as_one_or_refused(typed):
    if _is_kept(typed):
        kept = normalised(typed)
        assert normalised(kept) == kept
        assert len(kept) <= 20


def _is_kept(text: str) -> bool:
    try:
        return bool(normalised(text))
    except ValidationError:
        return False
