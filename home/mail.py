"""Writing to the mail ledger, and the letters that it knows by name.

Each app registers its letters in its `emails.py`. A letter is a function from a ledger row to a `Letter`,
or to None when there is nothing to say any more (the submission was erased, the person has left).
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import get_template
from django.utils import translation

from home.models import Mail


@dataclass(frozen=True)
class Letter:
    """A letter ready to be rendered: `templates/emails/<template>.{subject.txt,txt,html}` in the row's language.

    The templates see `context`, and with it `site_url`, `language`, `reference` and (but for the first) `subject`.
    """

    to: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


Write = Callable[[Mail], Letter | None]
_letters: dict[str, Write] = {}


def letter(name: str) -> Callable[[Write], Write]:
    """Register the function that writes the letter of this name."""

    def register(write: Write) -> Write:
        _letters[name] = write
        return write

    return register


def write(mail: Mail) -> Letter | None:
    """The letter of a ledger row. Raises KeyError for a letter that no app has registered."""
    return _letters[mail.letter](mail)


def queue(name: str, *, key: str, language: str, at: datetime, reference: str = "", **data: Any) -> bool:
    """Put one mail into the ledger, inside the transaction that causes it.

    The same `key` is queued once, however often it is asked for. `data` holds ids only. Tells whether it was new;
    of two that ask at the very same moment, both are told so.
    """
    if name not in _letters:
        raise KeyError(f"No app has registered a letter called {name!r}.")
    if Mail.objects.filter(key=key).exists():
        return False
    fields = {"letter": name, "reference": reference, "language": language, "data": data}
    row = Mail(key=key, created_at=at, next_try_at=at, **fields)
    Mail.objects.bulk_create([row], ignore_conflicts=True)
    return True


def queue_all(name: str, letters: Iterable[tuple[str, str, dict[str, int]]], *, at: datetime) -> int:
    """Put many mails of one name into the ledger in few queries: each as key, language and ids. How many those are."""
    if name not in _letters:
        raise KeyError(f"No app has registered a letter called {name!r}.")
    rows = [
        Mail(letter=name, key=key, language=language, data=ids, created_at=at, next_try_at=at)
        for key, language, ids in letters
    ]
    Mail.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return len(rows)


def compose(mail: Mail) -> EmailMultiAlternatives | None:
    """The mail of a ledger row as it leaves, or None when there is nothing to say any more."""
    return render(mail, write)


def render(mail: Mail, write: Write) -> EmailMultiAlternatives | None:
    """The same for a letter that is written in another way than by its row alone, as for a preview.

    It always carries the same Message-ID, so a mail program shows one that came twice only once.
    """
    with translation.override(mail.language):
        letter = write(mail)
        if letter is None or not letter.to:
            return None
        base = {"site_url": settings.SITE_URL, "language": mail.language, "reference": mail.reference}
        context = base | letter.context
        context["subject"] = " ".join(_text(letter.template + ".subject.txt", context).split())
        message = EmailMultiAlternatives(
            subject=context["subject"],
            body=_text(letter.template + ".txt", context),
            to=[letter.to],
            headers={"Message-ID": message_id(mail.key), "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(
            get_template(f"emails/{letter.template}.html").render(context), "text/html"
        )
        return message


def message_id(key: str) -> str:
    host = urlsplit(settings.SITE_URL).hostname
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.SITE_URL}/mail/{key}')}@{host}>"


def _text(name: str, context: dict[str, Any]) -> str:
    """Plain text: rendered without the escapes of HTML."""
    template = Engine.get_default().get_template(f"emails/{name}")
    return template.render(Context(context, autoescape=False)).strip() + "\n"
