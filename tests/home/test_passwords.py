import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation


def test_a_short_password_is_refused_in_words_of_our_own():
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        validate_password("aamukahvi")
    assert refused.value.messages == ["The password is too short: write at least 12 characters."]


def test_twelve_characters_are_enough():
    validate_password("aamukahvilla")
