"""A field that people do not see and robots fill in."""

from collections.abc import Mapping

TRAP = "homepage_url"


def is_caught(data: Mapping[str, str]) -> bool:
    return bool(data.get(TRAP))
