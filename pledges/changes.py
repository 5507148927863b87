"""Writing only what differs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model


def update(row: Model, values: Mapping[str, Any]) -> None:
    """Write those values that differ, and nothing else of the row."""
    changed = differing(row, values)
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))


def differing(row: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}
