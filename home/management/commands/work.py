import signal

from django.core.management.base import BaseCommand

from home.worker import Worker


class Command(BaseCommand):
    help = "The worker: delivers mail and runs the timers. Any number may run; each stops cleanly on SIGTERM."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, once: bool, **options) -> None:
        worker = Worker()
        if once:
            worker.run_once()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        worker.run()
