"""The addresses for machines, and the headers of every answer."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from wagtail.models import Site

from home.mail import queue
from home.models import Mail, SiteSettings
from home.readiness import FLOOD, STUCK_AFTER
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def put(at, number: int = 0) -> Mail:
    queue("password_reset", key=f"mail {number}", language="fi", at=at, user=UserFactory().pk)
    return Mail.objects.get(key=f"mail {number}")


def test_alive_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_when_all_is_well(client):
    put(timezone.now())
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True, "troubles": {}})


def test_not_ready_when_mail_is_stuck(client):
    row = put(timezone.now() - STUCK_AFTER - timedelta(minutes=2))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "troubles": {
            "mail_is_moving": "Mail has been waiting for 17 minutes; is script/work running, "
            "and does EMAIL_URL answer?"
        },
    }
    assert row.key not in response.content.decode()


def test_mail_that_waits_for_its_next_try_is_not_stuck(client):
    put(timezone.now() - timedelta(days=1))
    Mail.objects.update(attempts=5, next_try_at=timezone.now() + timedelta(hours=1))
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(("failed", "status"), [(FLOOD - 1, 200), (FLOOD, 503)])
def test_not_ready_when_many_mails_were_given_up(client, failed, status):
    for number in range(failed):
        put(timezone.now(), number)
    Mail.objects.update(state=Mail.State.FAILED, closed_at=timezone.now())
    assert client.get("/readyz").status_code == status


def test_not_ready_when_a_migration_is_missing(client):
    MigrationRecorder(connection).migration_qs.filter(app="review").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "review.0001_initial" in response.json()["troubles"]["migrations"]


def test_not_ready_when_the_cache_forgets(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert "cache" in client.get("/readyz").json()["troubles"]


def test_the_favicon_stands_where_browsers_look_for_it(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/favicon.svg")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not response.cookies


def test_robots_stay_out_of_what_is_not_public(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /desk/", "Disallow: /admin/", "Disallow: /sv/mine/", "Disallow: /fi/confirm/"} <= set(
        lines
    )
    assert "Sitemap: http://localhost/sitemap.xml" in lines


def test_security_txt_says_whom_to_tell_and_until_when(client):
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.create(site=site, security_email="security@example.org")
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Preferred-Languages"] == "fi, sv, en"
    assert fields["Canonical"] == "http://localhost/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=150) < left < timedelta(days=365)


def test_security_txt_names_the_portal_while_no_address_is_set(client):
    assert "Contact: http://localhost/" in client.get("/.well-known/security.txt").content.decode()


@pytest.mark.parametrize("address", ["/healthz", "/accounts/login/", "/robots.txt", "/en/no-such-page/"])
def test_every_answer_carries_the_strict_headers(client, address):
    response = client.get(address)
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_admin_keeps_its_inline_scripts(client, administrator):
    client.force_login(administrator)
    response = client.get("/admin/")
    assert response.status_code == 200
    assert "Content-Security-Policy" not in response
    assert response["X-Frame-Options"] == "SAMEORIGIN"
