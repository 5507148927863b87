"""Nobody agrees to words that were not on their screen."""

import re

import pytest
from django.utils import timezone

from campaign.models import Campaign
from pledges import links
from pledges.consent import current_wordings
from pledges.models import Consent, ConsentWording, Purpose, Submission
from tests.factories import (
    CampaignFactory,
    ConsentFactory,
    PartnerFactory,
    SubmissionFactory,
    ThemeFactory,
    laid_around,
)

from .form import URL, filled

NEW = "These words came while the form stood open."


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign)


def shown(page: str) -> dict[str, str]:
    """The hidden fields that say which words a page shows."""
    return dict(re.findall(r'name="(wording_\w+)" value="(\d+)"', page))


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="consent_(\w+)"[^>]*checked', page))


def reword(purpose: str) -> ConsentWording:
    return ConsentWording.objects.create(purpose=purpose, number=2, text=NEW)


def test_the_form_says_which_words_it_shows(client, theme):
    newest = {f"wording_{purpose}": str(each.pk) for purpose, each in current_wordings().items()}
    assert shown(client.get(URL).content.decode()) == newest


def test_words_that_changed_meanwhile_are_asked_anew_and_nothing_else_is_lost(client, theme):
    form = filled(theme, consent_text="on", consent_social="on") | shown(client.get(URL).content.decode())
    wording = reword("text")
    page = client.post(URL, form).content.decode()
    assert not Submission.objects.exists()
    assert "These words are new." in page
    assert NEW in page
    assert (form["description"] in page, ticked(page)) == (True, {"social"})
    assert shown(page)["wording_text"] == str(wording.pk)
    client.post(URL, form | shown(page))
    given = Consent.objects.order_by("purpose").values_list("purpose", "wording__number")
    assert list(given) == [("social", 1), ("text", 2)]


def test_what_was_left_empty_is_not_asked_again(client, theme):
    form = filled(theme) | shown(client.get(URL).content.decode())
    reword("text")
    assert client.post(URL, form).status_code == 302


def test_a_program_that_names_no_words_answers_the_newest(client, theme):
    reword("text")
    client.post(URL, filled(theme, consent_text="on"))
    assert Consent.objects.get().wording.number == 2


@pytest.mark.parametrize("nonsense", ["", "0", "x", "999999999999999999999"])
def test_words_that_never_were_are_asked_anew(nonsense, client, theme):
    assert client.post(URL, filled(theme, consent_text="on", wording_text=nonsense)).status_code == 200
    assert not Submission.objects.exists()


def consents_page(submission: Submission) -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/consents/"


def in_words() -> list[tuple]:
    """The acts as the ledger has them: what for, in which words, and whether given."""
    return list(Consent.objects.order_by("pk").values_list("purpose", "wording__number", "given"))


def test_on_the_own_page_newer_words_are_asked_anew_and_taking_back_always_works(client, campaign):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT, Purpose.SOCIAL])
    address = consents_page(submission)
    words = shown(client.get(address).content.decode())
    for purpose in ("text", "social", "reuse"):
        reword(purpose)
    page = client.post(address, words | {"consent_text": "on", "consent_reuse": "on"}).content.decode()
    assert (Consent.objects.count(), ticked(page)) == (2, set())
    assert re.search(r'name="take_back_social"[^>]*checked', page)
    client.post(address, words | {"consent_text": "on"})
    assert in_words()[2:] == [("social", 1, False)]


@pytest.fixture
def agreed_to_older(campaign) -> Submission:
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    reword("text")
    return submission


def test_who_agreed_to_older_words_finds_an_empty_box_and_what_they_were(client, agreed_to_older):
    page = client.get(consents_page(agreed_to_older)).content.decode()
    old = Consent.objects.get()
    assert (ticked(page), NEW in page, old.words in page) == (set(), True, True)
    assert "What you agreed to then still stands" in page


@pytest.mark.parametrize(
    ("chosen", "written"),
    [
        ({}, []),
        ({"consent_text": "on"}, [("text", 2, True)]),
        ({"take_back_text": "on"}, [("text", 1, False)]),
        ({"consent_social": "on"}, [("social", 1, True)]),
    ],
)
def test_newer_words_hold_only_when_ticked_and_older_go_only_when_taken_back(
    client, agreed_to_older, chosen, written
):
    address = consents_page(agreed_to_older)
    words = shown(client.get(address).content.decode())
    assert client.post(address, words | chosen).status_code == 302
    assert in_words()[1:] == written


def test_nobody_agrees_and_takes_back_at_once(client, agreed_to_older):
    page = client.post(consents_page(agreed_to_older), {"consent_text": "on", "take_back_text": "on"})
    assert "Choose one" in page.content.decode()
    assert Consent.objects.count() == 1


def test_a_partner_is_asked_anew_too_and_stays_named_until_it_takes_back(client, campaign):
    part = PartnerFactory(submission=SubmissionFactory(campaign=campaign), state="confirmed")
    ConsentFactory(participation=part, purpose=Purpose.ORGANISATION)
    reword("organisation")
    address = f"/en/partner/{links.partner_token(part)}/"
    page = client.get(address).content.decode()
    assert (ticked(page), NEW in page) == (set(), True)
    answer = {
        "act": "correct",
        "organisation_name": part.organisation.name,
        "organisation_kind": part.organisation.kind,
        "contact_name": "Pia",
    }
    client.post(address, answer | shown(page))
    assert in_words()[1:] == []
    client.post(address, answer | shown(page) | {"consent_organisation": "on"})
    assert in_words()[1:] == [("organisation", 2, True)]
