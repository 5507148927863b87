"""The form as a browser without scripts meets it."""

from datetime import timedelta

import pytest
from django.test import Client

from home.models import Mail
from pledges.models import Status, Submission

URL = "/en/submit/"


def filled(theme, **changes) -> dict:
    """What the shortest valid form sends."""
    return {
        "form_key": "k" * 32,
        "kind": "pledge",
        "title": "A language café every Tuesday",
        "summary": "Volunteers and newcomers drink coffee together.",
        "description": "We open our hall every Tuesday.",
        "theme": str(theme.pk),
        "organisation_name": "Association of Neighbours",
        "organisation_kind": "association",
        "contact_name": "Maija Meikäläinen",
        "contact_email": "maija@example.org",
        "authorised": "on",
    } | changes


def test_a(client, campaign, theme):
    answer = client.get(URL)
    assert answer.status_code == 200
    answer = client.post(URL, filled(theme))
    assert answer.status_code == 302, answer.context["form"].errors
    print(answer.url)
    answer = client.get(answer.url)
    assert answer.status_code == 200
    s = Submission.objects.get()
    print(s.status, Mail.objects.values_list("key"))
