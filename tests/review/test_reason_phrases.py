"""Phrases for reasons: written in every language, offered with the decision that they go with, kept as they stood."""

import pytest
from django.urls import reverse

from home.languages import CODES
from review.decision_forms import DecisionForm, ReasonsForm
from review.decisions import Outcome
from review.models import Decision, ReasonPhrase

TEXTS = {f"text_{code}": f"Phrase in {code}." for code in CODES}


@pytest.fixture
def phrases(campaign) -> dict[str, ReasonPhrase]:
    return {
        outcome: ReasonPhrase.objects.create(campaign=campaign, outcome=outcome, **TEXTS)
        for outcome in ("", *Outcome.values)
    }


def test_coordinators_write_a_phrase_in_every_language(campaign, coordinator, signed_in):
    admin, url = signed_in(coordinator), reverse("reason_phrases:add")
    typed = {"campaign": campaign.pk, "outcome": "declined", "position": "1"} | TEXTS
    assert admin.post(url, typed | {"text_sv": ""}).status_code == 200
    assert not ReasonPhrase.objects.exists()
    assert admin.post(url, typed).status_code == 302
    assert ReasonPhrase.objects.values_list("outcome", "text_sv").get() == ("declined", "Phrase in sv.")


def test_an_outcome_offers_its_phrases_and_those_of_any(campaign, phrases):
    form = ReasonsForm(campaign=campaign, outcome="declined")
    assert set(form.fields["phrases"].queryset) == {phrases[""], phrases["declined"]}


@pytest.mark.parametrize(
    ("chosen", "reasons", "faults"),
    [
        (["", "declined"], "", set()),
        (["selected"], "", {"phrases"}),
        ([], "", {"reasons"}),
        ([], "Too wide.", set()),
    ],
)
def test_reasons_are_phrases_that_fit_or_words_or_both(chosen, reasons, faults, campaign, phrases):
    typed = {
        "outcome": "declined",
        "phrases": [str(phrases[outcome].pk) for outcome in chosen],
        "reasons": reasons,
    }
    form = DecisionForm(typed, campaign=campaign)
    assert set(form.errors) == faults


def test_a_decision_keeps_the_phrases_as_they_stood(campaign, phrases, in_review, coordinator, signed_in):
    desk, phrase = signed_in(coordinator), phrases["declined"]
    url = reverse("desk:decide", args=[in_review.reference])
    assert desk.post(url, {"outcome": "declined", "phrases": [str(phrase.pk)]}).status_code == 303
    decision = Decision.objects.get()
    assert decision.phrases == [{"phrase": phrase.pk} | {code: f"Phrase in {code}." for code in CODES}]
    assert DecisionForm.filled_from(decision)["phrases"] == [phrase.pk]
    phrase.delete()
    page = desk.get(reverse("desk:submission", args=[in_review.reference])).content.decode()
    assert "Phrase in en." in page
