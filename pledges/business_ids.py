"""The Finnish business ID (Y-tunnus): seven digits, a hyphen and a check digit."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHAPE = re.compile(r"(\d{6,7})-(\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def is_business_id(text: str) -> bool:
    """Whether the check digit fits: weights 7, 9, 10, 5, 8, 4, 2 modulo 11 (the Finnish Tax Administration's rule)."""
    match = SHAPE.fullmatch(text)
    if match is None:
        return False
    digits, check = match.groups()
    remainder = sum(w * int(d) for w, d in zip(WEIGHTS, digits.zfill(7), strict=True)) % 11
    return remainder != 1 and int(check) == (11 - remainder) % 11


def validate_business_id(text: str) -> None:
    if not is_business_id(text):
        raise ValidationError(_("This is not a business ID. It looks like 1234567-1."))
