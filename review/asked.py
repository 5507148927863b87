"""What a browser sent, as ids and references that can exist."""

import re
from collections.abc import Iterable

from campaign.references import normalise


def references(typed: Iterable[str]) -> list[str]:
    """Those of the texts that can be references, as they are stored."""
    return [reference for text in typed if (reference := normalise(text))]


def row_ids(typed: Iterable[str]) -> list[int]:
    """Those of the texts that can be ids of rows."""
    return [pk for text in typed if (pk := row_id(text)) is not None]


def row_id(typed: str) -> int | None:
    """The id of a row; None when it cannot be one."""
    return int(typed) if re.fullmatch(r"[0-9]{1,18}", typed) else None
