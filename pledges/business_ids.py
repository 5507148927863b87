"""Business IDs: Finnish and Swedish ones by their check digits, those of other registers as they are written."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FINNISH = re.compile(r"(?:FI)?(?:(\d{7})(\d)|(\d{6,7})-(\d))")
SWEDISH = re.compile(r"(?:SE|16)?(\d{6})-?(\d{4})(?:01)?")
ONLY_DIGITS = re.compile(r"[\d-]*")
OTHER = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./-]{3,19}")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)

# Both countries number persons by their day of birth; a Finnish number names the century by its sign.
PERSONAL = re.compile(r"(?:\d{2})?\d{2}[01]\d[0-3]\d[-+]?\d{4}|[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-Y]")


def is_finnish(digits: str, check: str) -> bool:
    """Whether the check digit fits: weights 7, 9, 10, 5, 8, 4, 2 modulo 11 (the Finnish Tax Administration's rule)."""
    remainder = sum(w * int(d) for w, d in zip(WEIGHTS, digits.zfill(7), strict=True)) % 11
    return remainder != 1 and int(check) == (11 - remainder) % 11


def is_swedish(digits: str) -> bool:
    """Whether ten digits are an organisation's: the third is at least 2 and the last by Luhn's sum (Skatteverket)."""
    doubled = (int(d) * (2 - place % 2) for place, d in enumerate(digits))
    return int(digits[2]) >= 2 and sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0


def normalised(text: str) -> str:
    """A business ID as it is kept: 1234567-1, 556016-0680, or another register's in capitals without spaces.

    Raises ValidationError for a check digit that does not fit, and for what looks like a person's number.
    """
    plain = re.sub(r"\s", "", text).upper()
    if match := FINNISH.fullmatch(plain):
        digits, check = match[1] or match[3], match[2] or match[4]
        if is_finnish(digits, check):
            return f"{digits}-{check}"
    elif (match := SWEDISH.fullmatch(plain)) and is_swedish(match[1] + match[2]):
        return f"{match[1]}-{match[2]}"
    if PERSONAL.fullmatch(plain):
        raise ValidationError(_("This looks like a person's identity number. Leave this empty."))
    if ONLY_DIGITS.fullmatch(plain) or not OTHER.fullmatch(plain):
        raise ValidationError(
            _("Check the business ID. A Finnish one looks like 1234567-1, a Swedish one like 556016-0680.")
        )
    return plain


def validate_business_id(text: str) -> None:
    normalised(text)
