"""The commands of production as processes: refused, started, used, stopped. What they read and write is a copy."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from campaign.models import Phase
from config.environment import REQUIRED
from tests.factories import CampaignFactory, ThemeFactory, laid_around
from tests.home.smtp import mail_server
from tests.shared_database import SharedDatabase

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ("PATH", "HOME", "TMPDIR")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machine:
    """One that runs the portal: its environment, and what goes in and out."""

    def __init__(self, folder: Path, database_url: str = "", smtp_port: int = 9) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {
            "SECRET_KEY": "of production in a test, and long enough to sign with",
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'empty.sqlite3'}",
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "BIND": f"127.0.0.1:{self.port}",
        }

    def run(self, *command: str, **options) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, **options
        )

    def start(self, script: str) -> subprocess.Popen:
        log = (self.folder / f"{script}.log").open("w")
        return subprocess.Popen([f"script/{script}"], cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def log(self, script: str) -> str:
        return (self.folder / f"{script}.log").read_text()

    def ask(self, path: str, data: dict | None = None, **headers: str) -> HTTPResponse:
        """One request without following redirects; the body is read into `text`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if data is None:
            connection.request("GET", path, headers=sent)
        else:
            form = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self.environment["SITE_URL"],
            }
            connection.request("POST", path, body=urlencode(data), headers=form | sent)
        response = connection.getresponse()
        body = response.read()
        response.text = "" if response.headers["Content-Encoding"] else body.decode()
        connection.close()
        return response


def eventually(holds: Callable[[], bool], *, seconds: float = 60) -> bool:
    """Whether it comes to hold; how long a process needs is the machine's own affair."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen]]:
    started: list[subprocess.Popen] = []
    yield started
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture
def database(transactional_db, tmp_path) -> SharedDatabase:
    """A portal whose call is open."""
    campaign = CampaignFactory(is_current=True)
    for kind, opens_at, closes_at in laid_around(timezone.now(), on=Phase.Kind.CALL):
        campaign.phases.filter(kind=kind).update(opens_at=opens_at, closes_at=closes_at)
    ThemeFactory(campaign=campaign, name="Work", slug="work")
    return SharedDatabase(tmp_path)


@pytest.mark.parametrize("script", ["serve", "work"])
@pytest.mark.parametrize("name", REQUIRED)
def test_each_command_says_in_one_sentence_what_it_misses(tmp_path, script, name):
    machine = Machine(tmp_path)
    machine.environment |= {name: "", "DJANGO_SETTINGS_MODULE": "config.settings.base"}
    result = machine.run(f"script/{script}")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [f"Lupaus does not start without: {name} ({REQUIRED[name]})."]


def test_the_worker_refuses_a_database_without_tables(tmp_path):
    result = Machine(tmp_path).run("script/work")
    assert result.returncode == 1
    assert "migrations are missing" in result.stderr
    assert "Traceback" not in result.stderr


def answers(machine: Machine, **headers: str) -> bool:
    try:
        return machine.ask("/healthz", **headers).status == 200
    except OSError:
        return False


def submit(machine: Machine, **headers: str) -> HTTPResponse:
    """As a browser does: get the form, fill it, send back what was hidden in it."""
    text = machine.ask("/en/submit/", **headers).text
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text))
    (theme,) = set(re.findall(r'<option value="(\d+)">Work', text))
    typed = {
        "kind": "pledge",
        "title": "A language café every Tuesday",
        "summary": "Volunteers and newcomers drink coffee together.",
        "description": "We open our hall every Tuesday.",
        "theme": theme,
        "organisation_name": "Association of Neighbours",
        "organisation_kind": "association",
        "contact_name": "Maija Meikäläinen",
        "contact_email": "maija@example.org",
        "authorised": "on",
    }
    return machine.ask("/en/submit/", hidden | typed, **headers)


def check_headers(machine: Machine) -> None:
    page = machine.ask("/en/")
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Strict-Transport-Security"] is None
    sheet = re.search(r'href="(/static/css/base\.[0-9a-f]{12}\.css)"', page.text).group(1)
    for coding, wanted in (("br, gzip", "br"), ("gzip", "gzip")):
        answer = machine.ask(sheet, Accept_Encoding=coding)
        assert answer.headers["Content-Encoding"] == wanted
        assert "immutable" in answer.headers["Cache-Control"]
    assert machine.ask("/en/", Host="elsewhere.example").status == 400


def stop(process: subprocess.Popen) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=60)


def test_a_pledge_is_sent_mailed_and_confirmed_in_production(tmp_path, database, processes):
    with mail_server() as mails:
        machine = Machine(tmp_path, database.url, mails.port)
        server, worker = machine.start("serve"), machine.start("work")
        processes += [server, worker]
        assert eventually(lambda: answers(machine)), machine.log("serve")
        assert machine.ask("/readyz").status == 200
        check_headers(machine)

        receipt = submit(machine)
        assert (receipt.status, receipt.headers["Location"][:20]) == (302, "/en/submit/sent/?key")
        assert mails.taken.wait(60), machine.log("work")
        (mail,) = mails.mails
        assert mail["To"] == "maija@example.org"
        link = re.search(r"/en/confirm/\S+", mail.get_body(["plain"]).get_content()).group()
        assert machine.ask(link, {}).status == 302

        assert (stop(worker), stop(server)) == (0, 0), machine.log("work")
        assert "Traceback" not in machine.log("work")


def test_behind_a_proxy_only_its_word_about_https_counts(tmp_path, database, processes):
    machine = Machine(tmp_path, database.url)
    machine.environment |= {"SITE_URL": "https://lupaus.example.org", "TRUSTED_PROXIES": "127.0.0.0/8"}
    processes.append(machine.start("serve"))
    host = {"Host": "lupaus.example.org"}
    assert eventually(lambda: answers(machine, **host)), machine.log("serve")
    plain = machine.ask("/accounts/login/", **host)
    assert (plain.status, plain.headers["Location"]) == (301, "https://lupaus.example.org/accounts/login/")
    safe = machine.ask("/accounts/login/", X_Forwarded_Proto="https", **host)
    assert safe.status == 200
    assert safe.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "; Secure" in safe.headers["Set-Cookie"]
    assert "; HttpOnly" in safe.headers["Set-Cookie"]
