"""The letters to partners and about them, in every language: true when they leave, short, and no bait for spam."""

import pytest
from django.conf import settings

from home.mail import compose, queue
from home.models import Mail
from pledges import links
from pledges.models import Participation, Status, Submission
from pledges.partner_acts import State
from pledges.partner_emails import ANSWERS, TO_PARTNER
from tests.factories import PartnerFactory, SubmissionFactory

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LEADS_TO = {
    "partner_invited": links.partner_url,
    "partner_accepted": links.partner_url,
    "partner_reminded": links.partner_url,
    "partner_turned_down": None,
    "partner_text_changed": links.partner_url,
    "partner_removed": None,
    "partner_ended": None,
    "lead_offered": links.partner_lead_url,
    "lead_given": links.partner_url,
}
BAIT = ["Buy at spam.example", "https://10.0.0.1/", "Call +358 40 123 4567"]


def letter(name: str, part: Participation, at, language: str = "en"):
    queue(
        name,
        key=name,
        language=language,
        at=at,
        reference=part.submission.reference,
        participation=part.pk,
    )
    return compose(Mail.objects.get(key=name))


@pytest.fixture
def submission(campaign) -> Submission:
    return SubmissionFactory(
        campaign=campaign,
        contact_email="lead@example.org",
        organisation__name="The Association",
        text__title="A café",
    )


def partner(submission: Submission, name: str) -> Participation:
    """One whose state makes the letter true."""
    state = sorted(TO_PARTNER[name].states)[0]
    return PartnerFactory(
        submission=submission,
        state=state,
        contact_email="partner@example.org",
        organisation__name="The City",
    )


def test_the_list_is_whole():
    assert LEADS_TO.keys() == TO_PARTNER.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LEADS_TO)
def test_each_letter_goes_to_the_partner_with_its_link(name, language, submission, at):
    part = partner(submission, name)
    mail = letter(name, part, at, language)
    (html, _type) = mail.alternatives[0]
    assert mail.to == ["partner@example.org"]
    for text in (mail.body, html):
        assert submission.reference in text
        assert "A café" in text
        assert "%(" not in text
        assert "lead@example.org" not in text
    if LEADS_TO[name]:
        url = LEADS_TO[name](part, language)
        assert url in mail.body
        assert url in html
    else:
        assert "/partner/" not in mail.body
    assert len(mail.body) < 1300


@pytest.mark.parametrize("language", LANGUAGES)
def test_subjects_are_distinct(language, submission, at):
    subjects = {letter(name, partner(submission, name), at, language).subject for name in LEADS_TO}
    assert len(subjects) == len(LEADS_TO)


@pytest.mark.parametrize("name", LEADS_TO)
@pytest.mark.parametrize("state", State.values)
def test_what_is_no_longer_true_is_not_sent(state, name, submission, at):
    part = PartnerFactory(submission=submission, state=state)
    assert (letter(name, part, at) is not None) is (state in TO_PARTNER[name].states)


@pytest.mark.parametrize("state", State.values)
def test_the_lead_hears_the_answer_as_it_is_by_then(state, submission, at):
    part = PartnerFactory(submission=submission, state=state, organisation__name="The City")
    mail = letter("partner_answered", part, at)
    assert (mail is not None) is (state in ANSWERS)
    if mail:
        assert mail.to == ["lead@example.org"]
        assert links.partners_url(submission, "en") in mail.body
        assert "The City" in mail.subject


@pytest.mark.parametrize("bait", BAIT)
@pytest.mark.parametrize("name", ["partner_invited", "partner_reminded", "partner_accepted"])
def test_letters_to_strangers_carry_nothing_that_leads_elsewhere(name, bait, campaign, at):
    submission = SubmissionFactory(campaign=campaign, organisation__name=bait, text__title=bait)
    part = PartnerFactory(submission=submission, organisation__name=bait)
    mail = letter(name, part, at)
    assert bait not in mail.subject + mail.body + mail.alternatives[0][0]


def test_a_title_that_a_coordinator_has_passed_is_told_as_it_is(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, text__title=BAIT[0])
    assert BAIT[0] in letter("partner_invited", PartnerFactory(submission=submission), at).body


@pytest.mark.parametrize("name", [*LEADS_TO, "partner_answered", "partner_requested"])
def test_about_what_was_erased_nobody_is_written_to(name, campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN, erased_at=at)
    for state in State.values:
        part = PartnerFactory(submission=submission, state=state)
        queue(name, key=f"{name}{state}", language="en", at=at, participation=part.pk)
        assert compose(Mail.objects.get(key=f"{name}{state}")) is None


def test_a_percent_sign_in_a_name_is_a_percent_sign(submission, at):
    part = PartnerFactory(submission=submission, organisation__name="100 % wool %(giver)s")
    assert "100 % wool %(giver)s" in letter("partner_invited", part, at).body
