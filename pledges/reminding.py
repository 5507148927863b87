"""Mailing somebody the links to everything that was sent from their address."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from home.mail import queue
from home.models import Mail
from pledges.models import Participation, Submission

# An address gets at most one such mail in a window, and so many a day, whoever asks.
WINDOW = timedelta(minutes=10)
MOST_A_DAY = 5


def mail_links(email: str, *, language: str, at: datetime) -> bool:
    """Queue one mail with all links of an address, if it has any; whether a mail was queued.

    The ledger's key holds the address only as a keyed hash. The unique key keeps two requests at once to one mail.
    """
    submission = Submission.objects.sent_from(email).first()
    part = None if submission else Participation.objects.answered_from(email).first()
    if submission is None and part is None:
        return False
    digest = salted_hmac("pledges.reminding", email.lower(), algorithm="sha256").hexdigest()[:32]
    prefix = f"links:{digest}:"
    today = Mail.objects.filter(key__startswith=prefix, created_at__gt=at - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        return False
    window = int(at.timestamp() // WINDOW.total_seconds())
    about = {"submission": submission.pk} if submission else {"participation": part.pk}
    return queue("links", key=f"{prefix}{window}", language=language, at=at, **about)
