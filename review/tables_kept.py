"""Tables that a coordinator has uploaded and is still mapping: in the private storage, for a day."""

import re
import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.core.files.base import ContentFile

from home.models import User
from home.timers import timer
from pledges.models.attachment import private_storage

FOLDER = "imports"
KEPT_FOR = timedelta(days=1)
NAME = re.compile(r"[\w-]{22}", re.ASCII)


def keep(content: bytes, *, user: User) -> str:
    """Store a table; the signed word by which this person gets it back."""
    name = secrets.token_urlsafe(16)
    private_storage().save(f"{FOLDER}/{name}", ContentFile(content))
    return _signer(user).sign(name)


def content(word: str, *, user: User) -> bytes | None:
    """The table of this person; None for another's, and for one that is gone."""
    try:
        name = _signer(user).unsign(word)
    except signing.BadSignature:
        return None
    path = f"{FOLDER}/{name}"
    if not NAME.fullmatch(name) or not private_storage().exists(path):
        return None
    with private_storage().open(path) as file:
        return file.read()


@timer(every=timedelta(hours=1))
def forget_tables(at: datetime) -> None:
    storage = private_storage()
    if not storage.exists(FOLDER):
        return
    for name in storage.listdir(FOLDER)[1]:
        if storage.get_modified_time(f"{FOLDER}/{name}") < at - KEPT_FOR:
            storage.delete(f"{FOLDER}/{name}")


def _signer(user: User) -> signing.Signer:
    return signing.Signer(salt=f"review.tables_kept.{user.pk}")
