"""What every test may ask for. Browser tests carry the mark `browser`."""

import os
import shutil
from datetime import datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from campaign.models import Campaign, Theme
from home.models import User
from home.models.user import COORDINATORS, EDITORS, JURORS, OBSERVERS, REVIEWERS

from . import factories

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, COMMANDS)), None)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AS_MIGRATED = pytest.StashKey[str]()


def pytest_runtest_setup(item):
    if CHROMIUM or not item.get_closest_marker("browser"):
        return
    reason = "no Chromium on the PATH (set CHROMIUM to its path)"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Remember what the migrations laid, for the tests that really commit and so leave an empty database."""
    if any(map(commits, request.session.items)):
        with django_db_blocker.unblock():
            request.config.stash[AS_MIGRATED] = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    result = yield
    # After the last test the test database is gone, and the connection leads to the one in DATABASE_URL.
    if nextitem and commits(item) and AS_MIGRATED in item.config.stash:
        with item.config.stash[blocking_manager_key].unblock():
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            connection.creation.deserialize_db_from_string(item.config.stash[AS_MIGRATED])
            count_keys_on()
            ContentType.objects.clear_cache()
    return result


def count_keys_on() -> None:
    """The rows came back with their own keys; the next ones must not meet them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def commits(item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and marker.kwargs.get("transaction", False)
    return asked or bool({"transactional_db", "live_server"} & set(item.fixturenames))


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium, shared by the run; a test opens its own context in it."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def _empty_cache():
    """Counters of throttles and cached pages do not outlive a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _in_english():
    """Outside requests, texts are compared in the language in which the code has them."""
    with translation.override("en"):
        yield


@pytest.fixture
def at() -> datetime:
    """The moment at which tests take place."""
    return factories.AT


@pytest.fixture
def campaign(db) -> Campaign:
    """The current campaign; its call is on at `at`."""
    return factories.CampaignFactory(is_current=True)


@pytest.fixture
def theme(campaign: Campaign) -> Theme:
    return factories.ThemeFactory(campaign=campaign)


def in_group(name: str, **fields) -> User:
    user = factories.UserFactory(**fields)
    user.groups.add(Group.objects.get(name=name))
    return user


@pytest.fixture
def coordinator(db) -> User:
    return in_group(COORDINATORS, first_name="Kirsi", last_name="Coordinator")


@pytest.fixture
def reviewer(db) -> User:
    return in_group(REVIEWERS, first_name="Risto", last_name="Reviewer")


@pytest.fixture
def other_reviewer(db) -> User:
    return in_group(REVIEWERS, first_name="Rauha", last_name="Reviewer")


@pytest.fixture
def editor(db) -> User:
    return in_group(EDITORS, first_name="Eeva", last_name="Editor")


@pytest.fixture
def observer(db) -> User:
    return in_group(OBSERVERS, first_name="Oiva", last_name="Observer")


@pytest.fixture
def juror(db) -> User:
    return in_group(JURORS, first_name="Jaana", last_name="Juror")


@pytest.fixture
def administrator(db) -> User:
    return factories.UserFactory(is_staff=True, is_superuser=True, first_name="Aino", last_name="Admin")


@pytest.fixture
def signed_in(client: Client):
    """`signed_in(user)` gives a client of its own that is signed in as this user."""

    def sign_in(user: User) -> Client:
        own = Client()
        own.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return own

    return sign_in
