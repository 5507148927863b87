"""Fifty writers on a private portal that loses a worker and all its database connections; started by script/benchmark."""

import os
import signal
import sys
from collections import Counter
from pathlib import Path
from statistics import median

import run
from django.db import connection
from rush import WORKER, Rush, faults

SECONDS, WRITERS = 60, 50


def kill_worker() -> None:
    """One of gunicorn's workers is gone in the middle of whatever it did; its master starts another."""
    workers = WORKER.findall(Path(os.environ["SERVER_LOG"]).read_text())
    print(f"killed worker {workers[0]} of {', '.join(workers)} with -9")
    os.kill(int(workers[0]), signal.SIGKILL)


def end_connections() -> None:
    """The database throws out everybody else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        print(f"ended {cursor.fetchone()[0]} database connections")


def report(rush: Rush) -> None:
    receipts = [sending for sending in rush.sendings if sending.reference]
    times = sorted(sending.seconds for sending in receipts)
    met = Counter(what for sending in rush.sendings for what in sending.met)
    again = sum(bool(sending.met) for sending in rush.sendings)
    print(f"requests {sum(sending.requests for sending in rush.sendings)}")
    print(f"receipts {len(receipts)} of {len(rush.sendings)} forms, {len(receipts) / rush.seconds:.0f}/s")
    print(f"errors   {dict(met)}, met by {again} forms, which were sent or asked for again")
    print(
        f"sending  median {median(times) * 1000:.0f} ms, worst {times[-1] * 1000:.0f} ms, pressing again included"
    )


def main(seconds: float) -> int:
    theme = run.open_campaign().themes.first()
    rush = Rush(int(os.environ["PORT"]), lambda key: run.pledge(theme, key), WRITERS, seconds)
    rush.run((seconds / 3, kill_worker), (seconds * 2 / 3, end_connections))
    report(rush)
    found = faults(rush.sendings)
    for fault, of in found.items():
        print(f"{fault}: {len(of)}, such as {next(iter(of))}")
    print(
        "Not every receipt is one stored submission."
        if found
        else "Every receipt is exactly one stored submission."
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
