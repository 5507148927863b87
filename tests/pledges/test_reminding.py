"""The mail with all links of an address: to what was sent from it, and to what was begun with it and not sent."""

from datetime import timedelta

import pytest
from django.conf import settings

from home.mail import compose
from home.models import Mail
from pledges import links, unsent_links
from pledges.models import UnsentForm
from pledges.reminding import MOST_A_DAY, WINDOW, mail_links
from pledges.unsent import edit_key
from tests.factories import PartnerFactory, SubmissionFactory, UnsentFormFactory

MAIJA = "maija@example.org"


def begun(campaign, **fields) -> UnsentForm:
    data = [["title", "Secret Words"]]
    return UnsentFormFactory(campaign=campaign, data=data, **({"email": MAIJA} | fields))


def composed(at, *, language: str = "en"):
    assert mail_links("MAIJA@example.org", language=language, at=at)
    return compose(Mail.objects.get(letter="links"))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_who_has_only_begun_forms_gets_one_mail_with_a_link_to_each(campaign, at, language):
    forms = [begun(campaign), begun(campaign, email="Maija@Example.org")]
    letter = composed(at, language=language)
    assert letter.to[0].lower() == MAIJA
    for body in (letter.body, letter.alternatives[0][0]):
        assert all(unsent_links.url(form, language) in body for form in forms)
        assert body.count(campaign.name) >= 2
        assert "Secret Words" not in body
    assert "maija" not in str(list(Mail.objects.values())).lower()


def test_what_was_sent_and_what_was_begun_stand_in_the_same_mail(campaign, at):
    sent = SubmissionFactory(campaign=campaign, contact_email=MAIJA)
    part = PartnerFactory(contact_email=MAIJA)
    form = begun(campaign)
    body = composed(at).body
    for url in (links.own_url(sent, "en"), links.partner_url(part, "en"), unsent_links.url(form, "en")):
        assert url in body
    assert Mail.objects.count() == 1


def test_changes_and_what_was_sent_meanwhile_and_other_peoples_forms_are_left_out(campaign, at):
    sent = SubmissionFactory(campaign=campaign, contact_email=MAIJA)
    begun(campaign, submission=sent, key=edit_key(sent), email="")
    begun(campaign, key=sent.form_key)
    begun(campaign, email="other@example.org")
    assert "/submit/kept/" not in composed(at).body


def test_nobody_is_bombed_by_way_of_begun_forms(campaign, at):
    begun(campaign)
    asked = [
        mail_links(MAIJA, language="en", at=at + number * WINDOW / 2) for number in range(2 * MOST_A_DAY + 6)
    ]
    assert sum(asked) == Mail.objects.count() == MOST_A_DAY


def test_an_address_that_was_put_on_the_form_meanwhile_gets_nothing(campaign, at):
    form = begun(campaign)
    SubmissionFactory(campaign=campaign, contact_email="victim@example.org")
    mail_links(MAIJA, language="en", at=at)
    UnsentForm.objects.filter(pk=form.pk).update(email="victim@example.org")
    assert compose(Mail.objects.get()) is None
    form.delete()
    assert compose(Mail.objects.get()) is None


def test_nobody_is_written_to_who_has_neither_sent_nor_begun_anything(campaign, at):
    begun(campaign, email="")
    assert not mail_links("nobody@example.org", language="en", at=at + timedelta(days=1))
    assert not Mail.objects.exists()
