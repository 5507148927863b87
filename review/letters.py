"""Letters shown before they are sent, without the links that only their receiver may hold."""

import re
from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet

from home.mail import compose, render
from home.models import Mail, User
from pledges import actors, lifecycle
from pledges.models import Submission
from review import correcting, emails
from review.decisions import LETTER_OF
from review.models import Decision

# The part of an address that opens something to whoever has it: what was signed, a colon, and the signature.
SIGNED = re.compile(r"(?<=/)[\w.:-]+:[\w-]{43}(?=/)")
NOT_SHOWN = "…"


def of_transition(
    submission: Submission, name: str, *, by: User, at: datetime, **facts: Any
) -> EmailMultiAlternatives | None:
    """The letter that a transition would send: it is performed, read and taken back. Raises Refused like it.

    None where the transition writes none.
    """
    letter = lifecycle.TRANSITIONS[name].letter
    if not letter:
        return None
    with transaction.atomic():
        lifecycle.perform(submission, name, by=actors.coordinator(by), at=at, **facts)
        mail = Mail.objects.filter(letter=letter, reference=submission.reference).latest("pk")
        message = compose(mail)
        transaction.set_rollback(True)
    return without_links(message)


def of_decision(decision: Decision) -> EmailMultiAlternatives | None:
    """The letter that tells of a decision."""
    return next(iter(of_decisions(Decision.objects.filter(pk=decision.pk)).values()), None)


def of_decisions(rows: QuerySet[Decision]) -> dict[int, EmailMultiAlternatives]:
    """The letters that tell of decisions of one campaign, by decision; in as few queries for many as for one."""
    decisions = emails.told(rows)
    if not decisions:
        return {}
    terms = emails.Terms.of(decisions[0].submission.campaign)
    letters = {row.pk: without_links(_preview(row, terms)) for row in decisions}
    return {pk: letter for pk, letter in letters.items() if letter}


def _preview(decision: Decision, terms: emails.Terms) -> EmailMultiAlternatives | None:
    mail = Mail(
        key=f"preview:{decision.pk}",
        letter=LETTER_OF[Decision.Outcome(decision.outcome)],
        reference=decision.submission.reference,
        language=decision.submission.mail_language,
    )
    return render(mail, lambda mail: emails.of_decision(mail, decision, terms))


def of_change(
    submission: Submission, outcome: str, *, by: User, at: datetime, **facts: Any
) -> EmailMultiAlternatives | None:
    """The letter that changing a known decision would send: it is changed, read and taken back. Raises Refused like it."""
    with transaction.atomic():
        decision = correcting.change(submission, outcome, by=by, at=at, **facts)
        message = of_decision(decision)
        transaction.set_rollback(True)
    return message


def without_links(message: EmailMultiAlternatives | None) -> EmailMultiAlternatives | None:
    """The message with a placeholder in every address that would open the sender's page."""
    if message is None:
        return None
    message.body = SIGNED.sub(NOT_SHOWN, str(message.body))
    html = [SIGNED.sub(NOT_SHOWN, str(content)) for content, _type in message.alternatives]
    message.alternatives.clear()
    for content in html:
        message.attach_alternative(content, "text/html")
    return message
