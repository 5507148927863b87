"""What happens by the clock: functions that apps register, run by whichever worker comes first."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from home.models import TimerRun

logger = logging.getLogger(__name__)

# A timer whose worker dies, or which fails, is run again after this long.
AGAIN_AFTER = timedelta(minutes=15)

Run = Callable[[datetime], None]


@dataclass(frozen=True)
class Timer:
    name: str
    every: timedelta
    run: Run


_timers: dict[str, Timer] = {}


def timer(*, every: timedelta) -> Callable[[Run], Run]:
    """Register a function that takes the moment `at` and is run `every` so often.

    It may run twice at the same time when it takes longer than AGAIN_AFTER, so it must bear that.
    """

    def register(run: Run) -> Run:
        name = f"{run.__module__}.{run.__name__}"
        _timers[name] = Timer(name, every, run)
        return run

    return register


def run_due(at: datetime) -> list[str]:
    """Run each timer whose time has come and that no other worker holds; the names of those run."""
    known = dict(TimerRun.objects.values_list("name", "next_at"))
    new = [TimerRun(name=name, next_at=at) for name in _timers if name not in known]
    TimerRun.objects.bulk_create(new, ignore_conflicts=True)
    due = [each for each in _timers.values() if known.get(each.name, at) <= at]
    return [each.name for each in due if _take(each, at) and _run(each, at)]


def _take(each: Timer, at: datetime) -> bool:
    """Move the timer's next moment on; only one worker's update finds it due."""
    due = TimerRun.objects.filter(name=each.name, next_at__lte=at)
    return due.update(next_at=at + min(each.every, AGAIN_AFTER)) == 1


def _run(each: Timer, at: datetime) -> bool:
    try:
        each.run(at)
    except Exception:
        logger.exception("Timer %s failed and will be run again", each.name)
        return False
    TimerRun.objects.filter(name=each.name).update(next_at=at + each.every)
    return True
