"""What a browser sent, as numbers that can exist: the ids of rows, and the numbers of versions."""

import re
from collections.abc import Iterable


def whole_numbers(typed: Iterable[str]) -> list[int]:
    """Those of the texts that are whole numbers."""
    return [number for text in typed if (number := whole_number(text)) is not None]


def whole_number(typed: str) -> int | None:
    """A whole number that a column can hold; None when it is none."""
    return int(typed) if re.fullmatch(r"[0-9]{1,18}", typed) else None
