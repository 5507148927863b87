"""Mailing somebody the links to everything that was sent from their address, or begun with it."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from home.mail import queue
from home.models import Mail
from pledges.models import Participation, Submission
from pledges.waiting import begun_with

# An address gets at most one such mail in a window, and so many a day, whoever asks.
WINDOW = timedelta(minutes=10)
MOST_A_DAY = 5


def mail_links(email: str, *, language: str, at: datetime) -> bool:
    """Queue one mail with all links of an address, if it has any; whether a mail was queued.

    The unique key keeps two requests at once to one mail.
    """
    known = {
        "submission": Submission.objects.sent_from(email),
        "participation": Participation.objects.answered_from(email),
        "unsent": begun_with(email),
    }
    about = next(({name: row.pk} for name, rows in known.items() if (row := rows.first())), None)
    if about is None:
        return False
    prefix = key_of(email)
    today = Mail.objects.filter(key__startswith=prefix, created_at__gt=at - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        return False
    window = int(at.timestamp() // WINDOW.total_seconds())
    return queue("links", key=f"{prefix}{window}", language=language, at=at, **about)


def key_of(email: str) -> str:
    """What the ledger's keys of such mails begin with: they hold the address only as a keyed hash."""
    digest = salted_hmac("pledges.reminding", email.lower(), algorithm="sha256").hexdigest()[:32]
    return f"links:{digest}:"
