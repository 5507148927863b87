"""What a browser sent, as references that can exist."""

from collections.abc import Iterable

from campaign.references import normalise


def references(typed: Iterable[str]) -> list[str]:
    """Those of the texts that can be references, as they are stored."""
    return [reference for text in typed if (reference := normalise(text))]
