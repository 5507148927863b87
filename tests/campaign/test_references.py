"""References: found however they are typed, and never taken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.references import ALPHABET, check_symbol, new_reference, normalise

symbols = st.text(ALPHABET, min_size=7, max_size=7)
places = st.integers(0, 7)


def whole(random: str) -> str:
    complete = random + check_symbol(random)
    return f"KL-{complete[:4]}-{complete[4:]}"


def test_a_new_reference_is_known_as_it_is():
    reference = new_reference("KL")
    assert normalise(reference) == reference


@pytest.mark.parametrize(
    "spelling", [str.lower, str.strip, " {} ".format, lambda text: text.replace("-", "").replace("KL", "KL-")]
)
def test_it_is_found_as_people_type_it(spelling):
    reference = whole("4F7K2Q9")
    assert normalise(spelling(reference)) == reference


def test_lookalike_letters_are_read_as_digits():
    assert normalise(whole("1001234").replace("0", "O").replace("1", "l")) == whole("1001234")


@given(symbols, places, st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_always_found(random, place, wrong):
    right = random + check_symbol(random)
    typed = right[:place] + wrong + right[place + 1 :]
    assert (normalise(f"KL-{typed}") is None) == (typed != right)


@pytest.mark.parametrize(
    "typed", ["", "-", "KL", "\0-4F7K-2Q90", "ABCDE-4F7K-2Q90", "KL-4F7K-2Q9", "KL-ÄÖÅÄÖÅÄÖ"]
)
def test_anything_else_is_no_reference(typed):
    assert normalise(typed) is None
