"""The one worker: delivers the mail ledger and runs the timers, until it is told to stop."""

import logging
import threading
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from home import timers
from home.delivery import Delivery, Outage

logger = logging.getLogger(__name__)

IDLE = 1.0
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)


class Worker:
    """Any number may run side by side: rows are leased, never shared."""

    def __init__(self) -> None:
        self.delivery = Delivery()
        self.stopping = threading.Event()
        self.pause = FIRST_PAUSE
        self.resume_at = timezone.now()
        self.database_is_away = False

    def stop(self, *_signal: Any) -> None:
        """Stop after the mail or timer in hand."""
        self.stopping.set()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                busy = self.work()
            except (OperationalError, InterfaceError) as error:
                self._await_database(error)
                continue
            if self.database_is_away:
                logger.info("The database answers again")
                self.database_is_away = False
            if not busy:
                self.delivery.close()
                self.stopping.wait(IDLE)
        self.delivery.close()

    def _await_database(self, error: Exception) -> None:
        """Say it once, however long it takes; what PostgreSQL says over several lines becomes one."""
        if not self.database_is_away:
            logger.error("The database does not answer, waiting for it: %s", " ".join(str(error).split()))
            self.database_is_away = True
        connections.close_all()
        self.stopping.wait(IDLE)

    def run_once(self) -> None:
        while self.work():
            pass
        self.delivery.close()

    def work(self) -> bool:
        """Run the timers that are due and deliver one mail; whether there was one."""
        timers.run_due(timezone.now())
        if timezone.now() < self.resume_at:
            return False
        try:
            delivered = self.delivery.deliver_next(timezone.now())
        except Outage as outage:
            logger.warning("Mail server: %s; waiting %s", outage, self.pause)
            self.resume_at = timezone.now() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            return False
        if delivered:
            self.pause = FIRST_PAUSE
        return delivered
