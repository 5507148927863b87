"""Every letter, in every language: warm, short, distinct, and with the right link."""

from datetime import timedelta

import pytest
from django.conf import settings
from wagtail.models import Site

from campaign.moments import in_words
from home.mail import compose, queue
from home.models import Mail, SiteSettings
from pledges import links
from pledges.emails import TO_OWNERS
from pledges.models import Status, Submission
from tests.factories import SubmissionFactory

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LEADS_TO = {
    "confirm": links.confirm_url,
    "draft_kept": links.own_url,
    "expired": links.own_url,
    "received": links.own_url,
    "returned": links.own_url,
    "ineligible": links.own_url,
    "taken_back": links.own_url,
    "late_link": links.own_url,
    "lead_taken": links.own_url,
    "transferred": links.own_url,
    "withdrawn": None,
}


def letter(name: str, submission: Submission, language: str, at):
    """The letter as it leaves. What expires was told before that it waits for its sender."""
    about = {"language": language, "at": at, "reference": submission.reference, "submission": submission.pk}
    if name == "expired":
        queue("confirm", key="first", **about)
    queue(name, key=name, **about)
    return compose(Mail.objects.get(key=name))


@pytest.fixture
def submission(campaign, at) -> Submission:
    return SubmissionFactory(
        campaign=campaign,
        contact_email="maija@example.org",
        reason="Say <when> & where.",
        correction_until=at + timedelta(days=3),
        text__title="Buy now at spam.example",
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LEADS_TO)
def test_each_letter_goes_to_the_owner_with_its_link(name, language, submission, at):
    mail = letter(name, submission, language, at)
    (html, _type) = mail.alternatives[0]
    assert mail.to == ["maija@example.org"]
    assert submission.reference in mail.subject
    url = LEADS_TO[name] and LEADS_TO[name](submission, language)
    if url:
        assert url in mail.body
        assert url in html
        assert f"/{language}/" in url
    else:
        assert "/mine/" not in mail.body
    assert name == "received" or len(mail.body) < 1200  # the receipt repeats all that was sent


@pytest.mark.parametrize("language", LANGUAGES)
def test_subjects_are_distinct(submission, language, at):
    subjects = {letter(name, submission, language, at).subject for name in LEADS_TO}
    assert len(subjects) == len(LEADS_TO)


@pytest.mark.parametrize("name", LEADS_TO)
def test_each_letter_says_what_it_is_about(name, submission, at):
    mail = letter(name, submission, "en", at)
    for text in (mail.body, mail.alternatives[0][0]):
        for words in (submission.latest.title, "Pledge", submission.campaign.name, submission.reference):
            assert words in text


def test_the_first_letter_says_what_to_do_and_until_when_exactly(submission, at):
    mail = letter("confirm", submission, "en", at)
    assert mail.subject == (
        f"One step left: confirm {submission.reference} (Pledge, {submission.campaign.name})"
    )
    for text in (mail.body, mail.alternatives[0][0]):
        assert "press the button there" in text
        assert "The link works until Thu 26 Nov 2026 at 12.00 (Finnish time)." in text


UNPROVEN = ["confirm", "draft_kept", "expired"]


@pytest.mark.parametrize("name", UNPROVEN)
@pytest.mark.parametrize(
    "title",
    [
        "Buy now at spam.example",
        "https://10.0.0.1/spam",
        "Write to spam@localhost",
        "spam\uff0eexample",
        "spam。example",
        "Call +358 (0)40 123-456 for spam",
    ],
)
def test_letters_to_an_unproven_address_carry_no_title_that_leads_elsewhere(name, title, campaign, at):
    submission = SubmissionFactory(campaign=campaign, confirmed_at=None, text__title=title)
    mail = letter(name, submission, "en", at)
    assert "spam" not in mail.subject + mail.body + mail.alternatives[0][0]
    assert submission.reference in mail.body


@pytest.mark.parametrize(
    "title", ["Klo 9.30 kahville ja/tai teelle", "Arbete 2026–2027: 1.1. start", "Työtä!"]
)
def test_a_harmless_title_is_told_before_the_address_is_proven(title, campaign, at):
    submission = SubmissionFactory(campaign=campaign, confirmed_at=None, text__title=title)
    assert title in letter("confirm", submission, "en", at).body


def test_links_to_everything_name_no_title_that_leads_elsewhere(campaign, submission, at):
    email = submission.contact_email
    SubmissionFactory(campaign=campaign, contact_email=email, confirmed_at=None, text__title="At ads.example")
    queue("links", key="links", language="en", at=at, submission=submission.pk)
    mail = compose(Mail.objects.get())
    assert "ads.example" not in mail.body + mail.alternatives[0][0]
    assert "spam.example" in mail.body


def test_the_reasons_stand_in_the_letter_and_are_escaped_in_its_html(submission, at):
    mail = letter("returned", submission, "en", at)
    assert "Say <when> & where." in mail.body
    assert "Say &lt;when&gt; &amp; where." in mail.alternatives[0][0]
    assert "Fri 27 Nov 2026 at 12.00" in mail.body


def test_links_to_everything_come_in_one_mail(campaign, submission, at):
    other = SubmissionFactory(campaign=campaign, contact_email="Maija@example.org", text__title="Another")
    SubmissionFactory(
        campaign=campaign, contact_email="maija@example.org", status=Status.SPAM, text__title="Junk"
    )
    stranger = SubmissionFactory(campaign=campaign)
    queue("links", key="links", language="sv", at=at, submission=submission.pk)
    mail = compose(Mail.objects.get())
    for text in (mail.body, mail.alternatives[0][0]):
        assert links.own_url(submission, "sv") in text
        assert links.own_url(other, "sv") in text
        assert stranger.reference not in text
        assert "Junk" not in text


def test_nothing_is_written_to_somebody_who_was_erased(submission, at):
    for name in (*TO_OWNERS, "links"):
        queue(name, key=name, language="en", at=at, submission=submission.pk)
    Submission.objects.update(erased_at=at)
    assert [compose(mail) for mail in Mail.objects.all()] == [None] * (len(TO_OWNERS) + 1)


MORE_TIME = "It can be sent only if a coordinator gives it more time."


@pytest.mark.parametrize("name", ["draft_kept", "expired"])
def test_the_letter_about_a_draft_that_came_too_late_says_since_when_and_whom_to_ask(
    name, submission, campaign, at
):
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(), defaults={"contact_email": "desk@example.org"}
    )
    Submission.objects.update(status=Status.DRAFT, correction_until=None)
    late = letter(name, submission, "en", campaign.deadline)
    for text in (late.body, late.alternatives[0][0]):
        assert (
            f"The call closed on {in_words(campaign.deadline, campaign)} (Finnish time). {MORE_TIME}" in text
        )
        assert "Ask for more time, and give the reference: desk@example.org" in text
        assert "call is open" not in text


@pytest.mark.parametrize("name", ["draft_kept", "expired"])
def test_the_letter_about_a_draft_that_came_too_early_promises_the_call(name, submission, campaign, at):
    Submission.objects.update(status=Status.DRAFT, correction_until=None)
    early = letter(name, submission, "en", campaign.phase("call").opens_at - timedelta(seconds=1))
    for text in (early.body, early.alternatives[0][0]):
        assert "call is open" in text
        assert MORE_TIME not in text
