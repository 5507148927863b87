"""Production settings as they really load, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from config.environment import REQUIRED

ROOT = Path(__file__).resolve().parent.parent.parent
WELL = {
    "SECRET_KEY": "a long random text",
    "DATABASE_URL": "postgres://lupaus:secret@db.example.org/lupaus",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "SITE_URL": "https://lupaus.example.org",
}


def load(names: str, *, of: str = "base", **environment: str | None) -> subprocess.CompletedProcess:
    """Load config.settings.base, or another, with this environment alone, and print some of the settings as JSON."""
    keys = {name: value for name, value in (WELL | environment).items() if value is not None}
    code = f"import json; from config.settings import {of} as s; print(json.dumps([getattr(s, n) for n in {names!r}.split()]))"
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=inherited | keys,
        capture_output=True,
        text=True,
        check=False,
    )


def loaded(names: str, *, of: str = "base", **environment: str | None) -> list:
    result = load(names, of=of, **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def refusal(**environment: str | None) -> str:
    result = load("DEBUG", **environment)
    assert result.returncode != 0
    return result.stderr.strip().splitlines()[-1].partition("ImproperlyConfigured: ")[2]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, ""])
def test_it_does_not_start_without_what_it_needs(name, value):
    assert refusal(**{name: value}) == f"Lupaus does not start without: {name} ({REQUIRED[name]})."


def test_it_names_everything_that_is_missing_at_once():
    sentence = refusal(SECRET_KEY=None, EMAIL_URL=None)
    assert "SECRET_KEY (" in sentence
    assert "EMAIL_URL (" in sentence


@pytest.mark.parametrize(
    "url", ["http://lupaus.example.org", "ftp://lupaus.example.org", "lupaus.example.org"]
)
def test_it_does_not_start_on_plain_http_in_public(url):
    assert refusal(SITE_URL=url) == (
        f"SITE_URL is '{url}': Lupaus is served over https, and over http only at localhost."
    )


SAFETY = "DEBUG DEMO_ALLOWED SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS"


@pytest.mark.parametrize(
    ("url", "secure"),
    [("https://lupaus.example.org", True), ("http://localhost:8000", False), ("http://[::1]:8000", False)],
)
def test_cookies_redirect_and_hsts_follow_the_scheme(url, secure):
    assert loaded(SAFETY, SITE_URL=url) == [False, False, *[secure] * 4, 31_536_000 if secure else 0]


def test_the_host_of_the_site_is_the_only_one_allowed_unless_named():
    assert loaded("ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS") == [
        ["lupaus.example.org"],
        ["https://lupaus.example.org"],
    ]
    assert loaded("ALLOWED_HOSTS", ALLOWED_HOSTS="a.example,b.example") == [["a.example", "b.example"]]


def test_the_scheme_header_counts_only_behind_named_proxies():
    assert loaded("SECURE_PROXY_SSL_HEADER") == [None]
    assert loaded("SECURE_PROXY_SSL_HEADER TRUSTED_PROXIES", TRUSTED_PROXIES="10.0.0.0/8") == [
        ["HTTP_X_FORWARDED_PROTO", "https"],
        ["10.0.0.0/8"],
    ]


@pytest.mark.parametrize(("cache_url", "seconds"), [(None, 0), ("redis://127.0.0.1:6379/1", 60)])
def test_pages_are_kept_only_in_a_shared_cache(cache_url, seconds):
    assert loaded("PAGE_CACHE_SECONDS", CACHE_URL=cache_url) == [seconds]


def test_mail_has_a_server_and_a_time_limit():
    assert loaded("EMAIL_BACKEND EMAIL_HOST EMAIL_USE_TLS EMAIL_TIMEOUT DEFAULT_FROM_EMAIL") == [
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.example.org",
        True,
        10,
        "noreply@lupaus.example.org",
    ]


def test_production_passes_django_s_own_deployment_check():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = (
        os.environ
        | WELL
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLM",
            "DATABASE_URL": "sqlite:///:memory:",
        }
    )
    # Browser tests of the same run set it for themselves.
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_sqlite_bears_many_writers_and_forgets_what_is_deleted(tmp_path):
    code = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    pragma = lambda name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
    print(pragma("journal_mode"), pragma("synchronous"), pragma("secure_delete"), pragma("busy_timeout"))
print(connection.transaction_mode)
"""
    environment = (
        os.environ
        | WELL
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'recipe.sqlite3'}",
        }
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["wal", "1", "1", "20000", "IMMEDIATE"]


@pytest.mark.django_db
def test_the_tests_database_follows_the_same_recipe():
    if connection.vendor != "sqlite":
        assert connection.settings_dict["CONN_HEALTH_CHECKS"]
        return
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert connection.transaction_mode == "IMMEDIATE"


MAIL = "EMAIL_BACKEND EMAIL_HOST EMAIL_FILE_PATH"


@pytest.mark.parametrize(
    ("url", "backend", "host", "folder"),
    [
        (None, "home.file_mail.EmailBackend", None, str(ROOT / "var" / "mail")),
        ("filemail:///tmp/lupaus-mail", "home.file_mail.EmailBackend", None, "/tmp/lupaus-mail"),
        (
            "smtp://mail.example.org:2525",
            "django.core.mail.backends.smtp.EmailBackend",
            "mail.example.org",
            "",
        ),
    ],
)
def test_on_ones_own_machine_mail_goes_to_files_unless_the_environment_says_where(url, backend, host, folder):
    found_backend, found_host, found_folder = loaded(MAIL, of="dev", EMAIL_URL=url)
    assert (found_backend, found_host) == (backend, host)
    assert (found_folder or "") == folder
