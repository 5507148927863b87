"""Settings of the tests: as in production but for fast hashing, memory mail and plain static names."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 40)
os.environ.setdefault("DATABASE_URL", "sqlite:///test-lupaus.sqlite3")
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["SITE_URL"] = "http://localhost"
os.environ.pop("CACHE_URL", None)

from .base import *  # noqa: E402,F403
from .base import DATABASES, STORAGES  # noqa: E402

DEMO_ALLOWED = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # else each test client lists all static files before its first request

# On SQLite a file, as in life: many writers at once behave differently in memory, and a file can be kept.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"] + ".test"}
