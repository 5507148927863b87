"""Nobody agrees to words that were not on their screen."""

import re

import pytest
from django.utils import timezone

from campaign.models import Campaign
from pledges import links
from pledges.consent import current_wordings
from pledges.models import Consent, ConsentWording, Purpose, Submission
from tests.factories import CampaignFactory, SubmissionFactory, ThemeFactory, laid_around

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


def test_on_the_own_page_newer_words_are_asked_anew_and_taking_back_always_works(client, campaign):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT, Purpose.SOCIAL])
    address = f"/en/mine/{links.token(submission, links.OWN)}/consents/"
    words = shown(client.get(address).content.decode())
    for purpose in ("text", "social", "reuse"):
        reword(purpose)
    page = client.post(address, words | {"consent_text": "on", "consent_reuse": "on"}).content.decode()
    assert (Consent.objects.count(), ticked(page)) == (2, {"text"})
    client.post(address, words | {"consent_text": "on"})
    acts = Consent.objects.order_by("-pk").values_list("purpose", "given")
    assert (acts[0], len(acts)) == (("social", False), 3)
