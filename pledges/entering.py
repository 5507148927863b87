"""Submissions that did not come by the web form: what a coordinator enters from paper, or from a table."""

import hashlib
from datetime import datetime

from django.db import transaction

from campaign.models import Campaign
from home.languages import CODES
from home.models import User
from pledges.actors import coordinator
from pledges.lifecycle import perform_locked, tell
from pledges.models import Organisation, Submission
from pledges.submitting import Sending, store


def key_of(source: str, said: str) -> str:
    """A form key that is the same whenever the same was said."""
    return f"{source}-{hashlib.sha256(said.encode()).hexdigest()[:48]}"


@transaction.atomic
def enter(
    sending: Sending,
    *,
    campaign: Campaign,
    source: str,
    language: str,
    by: User,
    at: datetime,
    received_at: datetime | None = None,
    writes: bool = False,
    organisation: Organisation | None = None,
) -> Submission:
    """Store what a coordinator vouches for; it goes straight to screening. Entered once, it is found again.

    Letters and consents are in the language of the text, or in `language` where that is none of the portal's.
    `received_at` is when it arrived, which may be before it is entered and after which the call may have closed.
    With `writes`, its contact person gets the receipt by mail. `organisation` is the giver where it is known
    already. Raises Refused with a sentence.
    """
    known = Submission.objects.filter(form_key=sending.form_key, source=source).first()
    if known:
        return known
    spoken = sending.text.language if sending.text.language in CODES else language
    stored = store(sending, campaign=campaign, language=spoken, at=at, organisation=organisation)
    stored.source, stored.entered_by, stored.confirmed_at = source, by, at
    stored.submitted_at = received_at or at
    stored.save(update_fields=["source", "entered_by", "confirmed_at", "submitted_at"])
    entered = perform_locked(stored, "enter", by=coordinator(by), at=at)
    if writes and entered.contact_email:
        tell(entered, "received", at=at)
    return entered
