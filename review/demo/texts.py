"""The demo's words: data files beside this module, so that they can be read and corrected without reading code."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    with (Path(__file__).parent / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def entries(round_name: str) -> list[dict[str, Any]]:
    """The submissions of a round, as the file holds them."""
    return read(f"submissions-{round_name}")["submission"]


def in_languages(**texts: dict[str, str]) -> dict[str, str]:
    """`name={"fi": …, "sv": …}` as the fields of a translated model: `name_fi`, `name_sv`."""
    return {f"{field}_{code}": text for field, by_code in texts.items() for code, text in by_code.items()}
