"""Delivering the mail ledger: one row leased at a time, each mail sent at least once.

A row whose worker dies is free again when its lease ends, and goes out under the same Message-ID.
A server that cannot be talked to is nobody's fault: the row goes back untouched, and the worker waits.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from home.mail import compose
from home.models import Mail

logger = logging.getLogger(__name__)

# Longer than a mail can take: every step of the talk with the server ends after EMAIL_TIMEOUT.
LEASE = timedelta(minutes=2)
# How long to wait after the first try, the second, …; after the last wait there is one more try.
DELAYS = [timedelta(minutes=n) for n in (1, 2, 5, 10, 20, 40, 90, 180, 360, 360, 360)]
MOST_TRIES = len(DELAYS) + 1
# A permanent refusal (SMTP 5xx) is believed when it has been said this often.
MOST_REFUSALS = 3


class Outage(Exception):
    """The mail server cannot be talked to; nothing was lost and nothing was counted."""


def claim(at: datetime) -> Mail | None:
    """Lease the mail that has been due longest and count the try; None when nothing is due."""
    due = Mail.objects.due(at)
    if not due.exists():  # asked without a lock, every second
        return None
    with transaction.atomic():
        mail = due.select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        mail.attempts, mail.leased_until = mail.attempts + 1, at + LEASE
        mail.save(update_fields=["attempts", "leased_until"])
    return mail


class Delivery:
    """Delivers one mail after another over one connection to the mail server."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend = get_connection(fail_silently=False)

    def close(self) -> None:
        self.connection.close()

    def deliver_next(self, at: datetime) -> bool:
        """Deliver the mail that has been due longest; whether there was one. Raises Outage."""
        mail = claim(at)
        if mail is None:
            return False
        if mail.attempts > MOST_TRIES:  # each try ended with the death of its worker
            _settle(mail, state=Mail.State.FAILED, closed_at=at)
            return True
        try:
            self._deliver(mail, at)
        except Outage:
            raise
        except Exception as error:
            logger.exception("Mail %s (%s) could not be written", mail.pk, mail.letter)
            _postpone(mail, error, at)
        return True

    def _deliver(self, mail: Mail, at: datetime) -> None:
        message = compose(mail)
        if message is None:
            _settle(mail, state=Mail.State.DROPPED, closed_at=at, error="")
            return
        is_new = self._open(mail)
        try:
            self.connection.send_messages([message])
        except OSError as error:  # smtplib's errors are among them
            self.close()
            self._not_taken(mail, error, at, is_new=is_new)
        else:
            sent = {"state": Mail.State.SENT, "closed_at": at, "leased_until": None, "error": ""}
            Mail.objects.filter(pk=mail.pk).update(**sent)

    def _open(self, mail: Mail) -> bool:
        """Whether the connection is a fresh one. Raises Outage when the server cannot be reached or signed in to."""
        try:
            is_new = self.connection.open() is not False
            talk = getattr(self.connection, "connection", None)
            if isinstance(talk, smtplib.SMTP):
                talk.ehlo_or_helo_if_needed()  # a server that does not greet us refuses no single mail
            return is_new
        except OSError as error:
            self.close()
            _give_back(mail)
            raise Outage(_said(error)) from error

    def _not_taken(self, mail: Mail, error: OSError, at: datetime, *, is_new: bool) -> None:
        """Plan the next try. Raises Outage when it was not this mail but the server that failed."""
        if _is_lost(error) and not is_new:
            _give_back(mail)  # the server had hung up between two mails; the next try opens anew
            return
        logger.warning("Mail %s (%s) was not taken: %s", mail.pk, mail.letter, _said(error))
        _postpone(mail, error, at)
        if _is_lost(error):
            raise Outage(_said(error)) from error


def _give_back(mail: Mail) -> None:
    _settle(mail, attempts=F("attempts") - 1)


def _postpone(mail: Mail, error: Exception, at: datetime) -> None:
    """Plan the next try, or give up."""
    tries = MOST_REFUSALS if _is_refusal(error) else MOST_TRIES
    if mail.attempts >= tries:
        _settle(mail, state=Mail.State.FAILED, closed_at=at, error=_said(error))
    else:
        _settle(mail, next_try_at=at + DELAYS[mail.attempts - 1], error=_said(error))


def _settle(mail: Mail, **fields: Any) -> None:
    """End this worker's lease; does nothing when it has ended by itself and another worker has the row."""
    own = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING, leased_until=mail.leased_until)
    own.update(leased_until=None, **fields)


def _code(error: Exception) -> int | None:
    """The server's answer; of several receivers' answers, the first."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return getattr(error, "smtp_code", None)


def _is_lost(error: OSError) -> bool:
    """Whether the talk with the server broke off, or the server ended it (SMTP 421)."""
    answered = isinstance(error, smtplib.SMTPException) and not isinstance(
        error, smtplib.SMTPServerDisconnected
    )
    return not answered or _code(error) == 421


def _is_refusal(error: Exception) -> bool:
    """Whether the server will never take this mail. A refused sender is our own setting, which may be mended."""
    final = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return final and 500 <= (_code(error) or 0) < 600


def _said(error: Exception) -> str:
    """What went wrong, without the addresses and words that servers put into their answers."""
    return f"{type(error).__name__} {_code(error) or ''}".strip()


def try_again(at: datetime) -> int:
    """Put every mail that was given up back into the queue, once its cause is mended; how many there were."""
    failed = Mail.objects.filter(state=Mail.State.FAILED)
    return failed.update(
        state=Mail.State.WAITING, attempts=0, next_try_at=at, closed_at=None, leased_until=None
    )
