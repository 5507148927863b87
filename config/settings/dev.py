"""Settings for one's own machine: the embedded database, mail to files, the demo allowed."""

import os
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent.parent / "var"
VAR.mkdir(exist_ok=True)
PORT = os.environ.get("PORT", "8000")

os.environ.setdefault("SECRET_KEY", "development-only-" + "x" * 40)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{VAR / 'lupaus.sqlite3'}")
os.environ.setdefault("EMAIL_URL", f"filemail:///{VAR / 'mail'}")
os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{PORT}")

from .base import *  # noqa: E402,F403

DEBUG = os.environ.get("DEBUG") == "1"
DEMO_ALLOWED = True
SERVE_MEDIA = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [f"http://{host}:{PORT}" for host in ("127.0.0.1", "localhost")]
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):  # noqa: F405
    EMAIL_BACKEND = "home.file_mail.EmailBackend"  # a file a mail, whole as soon as it is there
    EMAIL_FILE_PATH = f"/{EMAIL_FILE_PATH.lstrip('/')}"  # noqa: F405 -- the address loses its first slash when read
