"""The letter to those who were selected says what becomes of their text."""

import pytest
from django.conf import settings

from home.mail import compose
from home.models import Mail
from pledges import consent, links
from pledges.models import Purpose
from review import letters
from review.decisions import decide
from review.models import Decision
from review.releasing import release

LANGUAGES = [code for code, _name in settings.LANGUAGES]
HELD_BACK = "You have not allowed the text, so nothing of it is printed in the programme or published."
PRINTED = "the programme prints what you agreed to publish"


@pytest.fixture
def decision(in_review, coordinator, at) -> Decision:
    return decide(in_review, Decision.Outcome.SELECTED, reasons="It reaches many.", by=coordinator, at=at)


def sent(decision, coordinator, at):
    release(decision.submission.campaign, by=coordinator, at=at)
    return compose(Mail.objects.get(letter="decision_selected"))


def both(mail) -> tuple[str, str]:
    return mail.body, mail.alternatives[0][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_text_a_selected_giver_gets_the_link_to_the_consents(language, decision, coordinator, at):
    type(decision.submission).objects.update(mail_language=language)
    for text in both(sent(decision, coordinator, at)):
        assert links.consents_url(decision.submission, language) in text
        assert PRINTED not in text


def test_other_consents_without_the_text_change_nothing_of_that(decision, coordinator, at):
    lead = decision.submission.participations.get()
    consent.record(lead, [Purpose.ORGANISATION, Purpose.REUSE], language="en", at=at)
    for text in both(sent(decision, coordinator, at)):
        assert HELD_BACK in text


def test_with_the_text_the_letter_says_that_it_is_printed(decision, coordinator, at):
    consent.record(decision.submission.participations.get(), [Purpose.TEXT], language="en", at=at)
    for text in both(sent(decision, coordinator, at)):
        assert PRINTED in text
        assert HELD_BACK not in text
        assert "/consents/" not in text


def test_reasons_in_another_language_than_the_letter_are_marked_as_such(in_review, coordinator, at):
    type(in_review).objects.update(mail_language="sv")
    decision = decide(
        in_review, Decision.Outcome.DECLINED, reasons="Liian laaja.", language="fi", by=coordinator, at=at
    )
    text, html = both(letters.of_decision(decision))
    assert 'lang="fi" dir="auto"><p>Liian laaja.</p>' in html
    for part in (text, html):
        assert "finska" in part
    type(in_review).objects.update(mail_language="fi")
    text, _html = both(letters.of_decision(Decision.objects.get()))
    assert "suomi" not in text


def test_nobody_claims_a_language_of_reasons_where_none_was_said(decision):
    _text, html = both(letters.of_decision(decision))
    assert '" dir="auto"><p>It reaches many.</p>' in html
    assert 'lang=""' not in html


def test_the_preview_says_the_same_without_the_link(decision):
    for text in both(letters.of_decision(decision)):
        assert HELD_BACK in text
        assert "/mine/…/consents/" in text
        assert links.token(decision.submission, links.OWN) not in text
