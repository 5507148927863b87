"""Unsent forms, as a page or its script sends them."""

from django.test import Client

from pledges.models import UnsentForm

KEEP = "/en/submit/keep/"
JSON = {"HTTP_ACCEPT": "application/json"}


def save(client: Client, url: str = KEEP, **fields: object):
    """What the script in the page does: the fields and the tab, and an answer for it."""
    sent = {"form_key": "k" * 32, "tab": "one", "save_number": "0", "title": "A language café"} | fields
    return client.post(url, sent, **JSON)


def words(form: UnsentForm, name: str = "title") -> str:
    form.refresh_from_db()
    return dict(form.data)[name]
