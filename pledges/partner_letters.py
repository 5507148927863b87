"""Queuing letters to partners, and to the lead about them. What they say stands in `partner_emails`."""

from datetime import datetime

from home.mail import queue
from pledges.models import Participation, Submission


def tell_partner(part: Participation, letter: str, *, at: datetime, key: str = "") -> bool:
    """Queue a letter to a partner's contact person; the same key once. Without a key, once a moment."""
    submission = part.submission
    return queue(
        letter,
        key=f"{letter}:{part.pk}:{key or at.isoformat()}",
        language=part.language or submission.mail_language,
        at=at,
        reference=submission.reference,
        participation=part.pk,
    )


def tell_partners(submission: Submission, letter: str, *, at: datetime) -> None:
    """Queue a letter to every partner that has confirmed."""
    for part in confirmed_partners(submission):
        tell_partner(part, letter, at=at)


def confirmed_partners(submission: Submission) -> list[Participation]:
    """The confirmed participations beside the lead's; each holds this very submission."""
    rows = submission.participations.filter(state=Participation.State.CONFIRMED)
    parts = list(rows.exclude(role=Participation.Role.LEAD))
    for part in parts:
        part.submission = submission
    return parts


def tell_lead(part: Participation, letter: str, *, at: datetime) -> bool:
    """Queue a letter to the lead that speaks of one partner."""
    submission = part.submission
    return queue(
        letter,
        key=f"{letter}:{part.pk}:{at.isoformat()}",
        language=submission.mail_language,
        at=at,
        reference=submission.reference,
        participation=part.pk,
    )
