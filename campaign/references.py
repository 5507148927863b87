"""References such as KL-4F7K-2Q9C: random, short, checksummed, easy to read aloud.

Seven random symbols of Crockford's base 32 (no I, L, O or U) and a check symbol by Luhn's algorithm
modulo 32, which finds every single wrong symbol and nearly every swapped pair.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("ILO", "110")
RANDOM_SYMBOLS = 7
PREFIX = re.compile(r"[A-Z]{1,4}")


def check_symbol(symbols: str) -> str:
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        value = ALPHABET.index(symbol) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def new_reference(prefix: str) -> str:
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SYMBOLS))
    symbols += check_symbol(symbols)
    return f"{prefix}-{symbols[:4]}-{symbols[4:]}"


def normalise(typed: str) -> str | None:
    """A reference as it is stored, from what somebody typed; None when its form or check symbol does not fit."""
    prefix, _, rest = typed.strip().upper().partition("-")
    if not PREFIX.fullmatch(prefix):
        return None
    symbols = rest.replace("-", "").translate(LOOKALIKES)
    if len(symbols) != RANDOM_SYMBOLS + 1 or not set(symbols) <= set(ALPHABET):
        return None
    if check_symbol(symbols[:-1]) != symbols[-1]:
        return None
    return f"{prefix}-{symbols[:4]}-{symbols[4:]}"
