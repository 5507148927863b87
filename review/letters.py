"""Letters shown before they are sent."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from home.mail import compose
from home.models import Mail, User
from pledges import actors, lifecycle
from pledges.models import Submission
from review.decisions import LETTER_OF
from review.models import Decision


def of_transition(
    submission: Submission, name: str, *, by: User, at: datetime, **facts
) -> EmailMultiAlternatives | None:
    """The letter that a transition would send: it is performed, read and taken back. Raises Refused like it."""
    with transaction.atomic():
        lifecycle.perform(submission, name, by=actors.coordinator(by), at=at, **facts)
        letter = lifecycle.TRANSITIONS[name].letter
        mail = Mail.objects.filter(letter=letter, reference=submission.reference).latest("pk")
        message = compose(mail)
        transaction.set_rollback(True)
    return message


def of_decision(decision: Decision) -> EmailMultiAlternatives | None:
    """The letter that will tell of a pending decision."""
    submission = decision.submission
    outcome = Decision.Outcome(decision.outcome)
    mail = Mail(
        key=f"preview:{decision.pk}",
        letter=LETTER_OF[outcome],
        reference=submission.reference,
        language=submission.mail_language,
    )
    return compose(mail)
