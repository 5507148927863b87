import signal

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from home.readiness import migrations
from home.worker import Worker


class Command(BaseCommand):
    help = "The worker: delivers mail and runs the timers. Any number may run; each stops cleanly on SIGTERM."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, once: bool, **options) -> None:
        self.refuse_without_tables()
        worker = Worker()
        if once:
            worker.run_once()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        worker.run()

    def refuse_without_tables(self) -> None:
        """A database that is away is waited for; one that is not migrated is the operator's to mend."""
        try:
            missing = migrations(timezone.now())
        except OperationalError:
            return
        if missing:
            raise CommandError(missing)
