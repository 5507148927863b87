"""A form page's messages are kept and told to the coordinators, and never mailed inside the request."""

import pytest
from django.core import mail as outbox
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import Page

from home.mail import compose
from home.models import FeedbackPage, Mail
from home.models.feedback import FeedbackField
from tests.markup import problems
from tests.pages import add, pages  # noqa: F401

WORDS = {"what_did_not_work": "The map has no text.", "your_e_mail": "reader@example.org"}


@pytest.fixture
def page(pages) -> FeedbackPage:  # noqa: F811
    page = FeedbackPage(title="Accessibility", slug="accessibility", thanks="Thank you for telling.")
    page.locale = pages["front"]["en"].locale
    page.form_fields = [
        FeedbackField(label="What did not work", field_type="multiline", locale=page.locale),
        FeedbackField(label="Your e-mail", field_type="email", required=False, locale=page.locale),
    ]
    return add(Page.objects.get(pk=pages["front"]["en"].pk), page)


def test_the_form_is_a_valid_page(client, page):
    text = client.get("/en/accessibility/").content.decode()
    assert "What did not work" in text
    assert problems(text) == []


def test_a_message_is_kept_and_told_through_the_ledger(client, page, coordinator):
    response = client.post("/en/accessibility/", WORDS)
    assert (response.status_code, response["Location"]) == (303, "/en/accessibility/")
    assert "Thank you for telling." in client.get("/en/accessibility/").content.decode()
    assert FormSubmission.objects.get().form_data == WORDS
    row = Mail.objects.get()
    assert (row.letter, row.data["person"]) == ("feedback", coordinator.pk)
    assert not outbox.outbox
    letter = compose(row)
    assert letter.to == [coordinator.email]
    assert "What did not work: The map has no text." in letter.body


def test_an_error_keeps_what_was_typed(client, page):
    response = client.post("/en/accessibility/", WORDS | {"your_e_mail": "no address"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "The map has no text." in text
    assert "error-summary" in text
    assert problems(text) == []


def test_a_robot_in_the_trap_is_thanked_and_forgotten(client, page, coordinator):
    response = client.post("/en/accessibility/", WORDS | {"homepage_url": "https://spam.example"})
    assert response.status_code == 303
    assert not FormSubmission.objects.exists()
    assert not Mail.objects.exists()


def test_more_than_a_few_an_hour_are_refused_and_the_text_is_kept(client, page):
    for _ in range(5):
        client.post("/en/accessibility/", WORDS)
    response = client.post("/en/accessibility/", WORDS)
    assert "The map has no text." in response.content.decode()
    assert FormSubmission.objects.count() == 5
