"""Writing to the mail ledger, and the letters that it knows by name.

Each app registers its letters in its `emails.py`. A letter is a function from a ledger row to a `Letter`,
or to None when there is nothing to say any more (the submission was erased, the person has left).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from home.models import Mail


@dataclass(frozen=True)
class Letter:
    """A letter ready to be rendered: `templates/emails/<template>.{subject.txt,txt,html}` in the row's language."""

    to: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


Write = Callable[[Mail], Letter | None]
_letters: dict[str, Write] = {}


def letter(name: str) -> Callable[[Write], Write]:
    """Register the function that writes the letter of this name."""

    def register(write: Write) -> Write:
        _letters[name] = write
        return write

    return register


def write(mail: Mail) -> Letter | None:
    """The letter of a ledger row. Raises KeyError for a letter that no app has registered."""
    return _letters[mail.letter](mail)


def queue(name: str, *, key: str, language: str, at: datetime, reference: str = "", **data: Any) -> bool:
    """Put one mail into the ledger, inside the transaction that causes it.

    The same `key` is queued once, however often it is asked for. `data` holds ids only. Tells whether it was new.
    """
    if name not in _letters:
        raise KeyError(f"No app has registered a letter called {name!r}.")
    fields = {"letter": name, "reference": reference, "language": language, "data": data}
    row, created = Mail.objects.get_or_create(
        key=key, defaults=fields | {"created_at": at, "next_try_at": at}
    )
    return created
