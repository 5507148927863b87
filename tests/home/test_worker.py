"""Real worker processes on a real database: killed, stopped, and side by side."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from home.mail import queue
from home.models import Mail, TimerRun
from home.worker import FIRST_PAUSE, IDLE, Worker
from tests.factories import UserFactory
from tests.shared_database import SharedDatabase

from .smtp import mail_server

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def server():
    with mail_server() as server:
        yield server


@pytest.fixture
def start(server, tmp_path, transactional_db):
    """`start(mails)` puts so many into the ledger; gives the database and a way to start workers."""
    workers: list[subprocess.Popen] = []

    def begin(mails: int) -> tuple[SharedDatabase, Callable[[], subprocess.Popen]]:
        user = UserFactory()
        for number in range(mails):
            queue("password_reset", key=f"mail {number}", language="fi", at=timezone.now(), user=user.pk)
        database = SharedDatabase(tmp_path)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "SECRET_KEY": "of a worker in a test",
            "DATABASE_URL": database.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "SITE_URL": "http://localhost",
        }

        def worker() -> subprocess.Popen:
            command = [sys.executable, "manage.py", "work"]
            workers.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE))
            return workers[-1]

        return database, worker

    yield begin
    for worker in workers:
        worker.kill()
        worker.communicate()


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "the worker did not get there in time"
        time.sleep(0.05)


def test_a_worker_killed_in_the_middle_loses_no_mail(start, server):
    database, worker = start(mails=5)
    server.may_answer.clear()
    first = worker()
    wait_until(server.taken.is_set)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert len(server.mails) == 1
    assert database.states() == {"waiting": 5}

    server.may_answer.set()
    database.run(
        "UPDATE home_mail SET leased_until = '2026-01-01 00:00:00+00' WHERE leased_until IS NOT NULL"
    )
    worker()
    wait_until(lambda: database.states() == {"sent": 5})
    times = Counter(server.ids())
    assert len(times) == 5
    assert sorted(times.values()) == [1, 1, 1, 1, 2]
    assert times[server.ids()[0]] == 2


def test_workers_side_by_side_deliver_each_mail_once(start, server):
    database, worker = start(mails=30)
    for _ in range(3):
        worker()
    wait_until(lambda: database.states() == {"sent": 30})
    assert sorted(Counter(server.ids()).values()) == [1] * 30


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_finishes_the_mail_in_hand(start, server, number):
    database, worker = start(mails=3)
    server.may_answer.clear()
    told = worker()
    wait_until(server.taken.is_set)
    told.send_signal(number)
    time.sleep(0.2)
    assert told.poll() is None
    server.may_answer.set()
    assert told.wait(10) == 0
    assert database.states() == {"sent": 1, "waiting": 2}
    assert database.run("SELECT count(*) FROM home_mail WHERE leased_until IS NOT NULL") == [(0,)]


def test_an_idle_worker_stops_at_once(start):
    database, worker = start(mails=0)
    idle = worker()
    wait_until(lambda: bool(database.run("SELECT 1 FROM home_timerrun")))
    time.sleep(0.5)
    idle.send_signal(signal.SIGTERM)
    assert idle.wait(3) == 0


def lines_of(worker: subprocess.Popen) -> list[str]:
    """What the worker still has said when it has stopped as told, without the time."""
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    return [line.decode().rstrip().split(maxsplit=2)[2] for line in worker.stderr]


AWAY = "ERROR home.worker The database does not answer, waiting for it: "
BACK = "INFO home.worker The database answers again"


def test_a_worker_says_once_that_its_database_is_away_and_once_that_it_is_back(start):
    database, worker = start(mails=1)
    with database.away():
        waiting = worker()
        first = waiting.stderr.readline().decode()
        assert AWAY in first
        assert len(first) > len(AWAY) + 30
        time.sleep(3 * IDLE)
    wait_until(lambda: database.states() == {"sent": 1})
    assert lines_of(waiting) == [BACK]


def test_a_worker_outlives_a_database_that_throws_it_out(start):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no server that could throw anybody out")
    database, worker = start(mails=1)
    thrown_out = worker()
    wait_until(lambda: database.states() == {"sent": 1})
    with database.away():
        time.sleep(3 * IDLE)
    database.run("UPDATE home_mail SET state = 'waiting', next_try_at = now()")
    wait_until(lambda: database.states() == {"sent": 1})
    away, back = lines_of(thrown_out)
    assert (away[: len(AWAY)], back) == (AWAY, BACK)


@pytest.mark.django_db
def test_a_worker_waits_longer_after_each_outage_and_starts_afresh_when_mail_leaves(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
        server.answers["EHLO"] = server.answers["HELO"] = "421 not now"
        queue("password_reset", key="a", language="fi", at=timezone.now(), user=UserFactory().pk)
        worker = Worker()
        assert worker.work() is False
        assert worker.pause == 2 * FIRST_PAUSE
        assert worker.work() is False
        assert server.connections == 1
        worker.resume_at -= FIRST_PAUSE
        server.answers.clear()
        assert worker.work() is True
        assert worker.pause == FIRST_PAUSE
    assert Mail.objects.get().state == Mail.State.SENT


@pytest.mark.django_db
def test_timers_run_beside_the_mail():
    Worker().work()
    assert TimerRun.objects.filter(next_at__gt=timezone.now() - timedelta(seconds=1)).exists()
