"""What happens in the review by the clock."""

from datetime import datetime, timedelta

from home.timers import timer
from review import awards, releasing


@timer(every=timedelta(minutes=1))
def release_decisions(at: datetime) -> None:
    """Release the decisions that a coordinator has ordered to be released."""
    releasing.release_ordered(at)


@timer(every=timedelta(minutes=1))
def announce_awards(at: datetime) -> None:
    """Announce awards whose moment, set by a coordinator, has come."""
    awards.announce_due(at)
