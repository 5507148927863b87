import os
import subprocess
import sys
from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import REQUIRED, is_secure, require

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "sqlite:///unused.sqlite3",
    "EMAIL_URL": "smtp://mail.example.org",
    "SITE_URL": "https://lupaus.example.org",
}


class Environment(environ.Env):
    def __init__(self, **values):
        super().__init__()
        self.ENVIRON = values


def production(**changes) -> subprocess.CompletedProcess:
    """Start the production settings with this environment and print what hangs on the address's scheme."""
    code = (
        "from django.conf import settings as s; "
        "print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " bool(s.SECURE_HSTS_SECONDS), s.ALLOWED_HOSTS)"
    )
    values = {name: value for name, value in (COMPLETE | changes).items() if value is not None}
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.base", **values}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_complete_environment_is_accepted():
    require(Environment(**COMPLETE))


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, ""])
def test_each_missing_variable_is_named_with_its_use(name, value):
    values = {key: text for key, text in (COMPLETE | {name: value}).items() if text is not None}
    with pytest.raises(ImproperlyConfigured) as refusal:
        require(Environment(**values))
    assert str(refusal.value) == f"Lupaus does not start without: {name} ({REQUIRED[name]})."


@pytest.mark.parametrize(
    ("address", "secure"),
    [
        ("https://lupaus.example.org", True),
        ("https://localhost:8443", True),
        ("http://localhost:8000", False),
        ("http://127.0.0.1", False),
        ("http://[::1]:8000", False),
    ],
)
def test_plain_http_is_for_loopback_only(address, secure):
    assert is_secure(address) is secure


@pytest.mark.parametrize(
    "address",
    [
        "http://lupaus.example.org",
        "http://127.0.0.1.example.org",
        "ftp://localhost",
        "lupaus.example.org",
        "https://",
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is"):
        is_secure(address)


@pytest.mark.parametrize("name", REQUIRED)
def test_production_does_not_start_without(name):
    result = production(**{name: None})
    assert result.returncode != 0
    assert f"Lupaus does not start without: {name}" in result.stderr


def test_production_behind_https_is_strict():
    assert production().stdout.split() == ["False", "True", "True", "True", "True", "['lupaus.example.org']"]


def test_production_on_loopback_may_use_http():
    result = production(SITE_URL="http://127.0.0.1:8000")
    assert result.stdout.split() == ["False", "False", "False", "False", "False", "['127.0.0.1']"]
