"""Rules for passwords, where Django's own words do not reach every language."""

from django.contrib.auth import password_validation
from django.utils.translation import ngettext


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's refusal of a short password has no Finnish translation."""

    def get_error_message(self) -> str:
        return ngettext(
            "The password is too short: write at least %(number)d character.",
            "The password is too short: write at least %(number)d characters.",
            self.min_length,
        ) % {"number": self.min_length}
