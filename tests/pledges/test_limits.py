"""Nobody floods the portal, nor a stranger's mailbox by way of it; and nobody loses a text by that."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from campaign.models import Campaign
from home.models import Mail
from pledges import confirming, timers
from pledges.deadlines import CONFIRM_WITHIN
from pledges.models import Status, Submission
from tests.factories import CampaignFactory, ThemeFactory, laid_around

from .form import URL, filled


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign)


@pytest.fixture
def _two_an_hour(monkeypatch):
    view = import_module("pledges.views.submit")
    monkeypatch.setattr(view, "GATE", replace(view.GATE, unproven=2))


def send(client, theme, number: int, sender: str = "192.0.2.7", **fields):
    return client.post(URL, filled(theme, form_key=f"form-{number}", **fields), REMOTE_ADDR=sender)


@pytest.mark.usefixtures("_two_an_hour")
def test_who_sends_more_than_an_office_does_is_told_to_wait_and_loses_nothing(client, theme):
    assert [send(client, theme, number).status_code for number in range(2)] == [302, 302]
    answer = send(client, theme, 3, description="My long text")
    assert answer.status_code == 429
    assert "try again later" in answer.content.decode()
    assert "My long text" in answer.content.decode()
    assert Submission.objects.count() == 2
    assert send(client, theme, 3, sender="192.0.2.8").status_code == 302


@pytest.mark.usefixtures("_two_an_hour")
def test_mistakes_do_not_count(client, theme):
    for number in range(4):
        assert send(client, theme, number, title="").status_code == 200
    assert send(client, theme, 9).status_code == 302


@pytest.mark.usefixtures("_two_an_hour")
def test_behind_an_unnamed_proxy_of_this_machine_nobody_is_locked_out(client, theme):
    assert {send(client, theme, number, sender="127.0.0.1").status_code for number in range(4)} == {302}


@pytest.fixture
def spared(client, theme, monkeypatch) -> Submission:
    """One whose address had all its letters of the day."""
    monkeypatch.setattr(confirming, "MOST_A_DAY", 1)
    send(client, theme, 1)
    send(client, theme, 2, contact_email="Maija@Example.org")
    return Submission.objects.latest("pk")


def test_beyond_a_day_s_letters_a_submission_is_stored_without_one_and_its_receipt_says_so(
    client, theme, spared
):
    assert Submission.objects.filter(status=Status.SUBMITTED).count() == 2
    assert not Mail.objects.filter(reference=spared.reference).exists()
    page = send(client, theme, 2, contact_email="Maija@Example.org")
    text = client.get(page.url).content.decode()
    assert "many times today" in text
    assert "Send the mail again" in text
    assert "We have sent a mail to" not in text


def test_sending_again_counts_too_and_another_address_is_another(client, theme, spared):
    receipt = send(client, theme, 2, contact_email="Maija@Example.org").url
    assert "Try again tomorrow." in client.post(receipt).content.decode()
    client.post(receipt, {"contact_email": "pekka@example.org"})
    assert Mail.objects.filter(reference=spared.reference).count() == 1


def test_a_spared_address_is_not_written_to_when_the_time_to_confirm_ends(spared):
    from home.mail import compose

    timers.expire_unconfirmed(timezone.now() + CONFIRM_WITHIN + timedelta(minutes=1))
    letters = {mail.reference: compose(mail) for mail in Mail.objects.filter(letter="expired")}
    assert [reference for reference, letter in letters.items() if letter is None] == [spared.reference]
    assert len(letters) == 2
