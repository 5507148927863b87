"""Keeping what visitors write through a form page, and telling the coordinators."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import Page

from home.mail import queue
from home.models import User


def tell_coordinators(letter: str, *, about: int, at: datetime, reference: str = "") -> None:
    """Queue one letter to each coordinator, about the row with this id; belongs inside its transaction."""
    for person in User.objects.coordinators():
        queue(
            letter,
            key=f"{letter}:{about}:{person.pk}",
            language=person.language,
            at=at,
            reference=reference,
            about=about,
            person=person.pk,
        )


@transaction.atomic
def receive(page: Page, data: dict[str, Any], *, at: datetime) -> FormSubmission:
    """Store one filled-in form and tell the coordinators."""
    submission = FormSubmission.objects.create(page=page, form_data=data)
    tell_coordinators("feedback", about=submission.pk, at=at)
    return submission
