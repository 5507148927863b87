"""Writing where another request may write the same thing at the same moment."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

T = TypeVar("T")

# Two requests with one key, or two with the same new reference or hashtag: the loser of the race starts again.
TRIES = 4


def through_races(act: Callable[[], T]) -> T:
    """Run `act` in a transaction, and anew when a unique key was taken meanwhile."""
    for _ in range(TRIES - 1):
        try:
            with transaction.atomic():
                return act()
        except IntegrityError:
            continue
    with transaction.atomic():
        return act()
