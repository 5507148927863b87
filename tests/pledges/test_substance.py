"""What counts as a change in substance, and who is told of it."""

from dataclasses import replace
from datetime import date

import pytest

from home.mail import compose
from home.models import Mail
from pledges import actors, links, versions
from pledges.models import Status, Submission
from pledges.partner_acts import State
from pledges.revisions import pass_version, revise
from pledges.substance import AT_ONCE, changed_in_substance
from pledges.versions import ActionRow, ExchangeRow
from tests.factories import PartnerFactory, SubmissionFactory, ThemeFactory, UserFactory

LITTLE = {
    "spaces": {"title": "A  language café\nevery Tuesday"},
    "capitals and stops": {"title": "a Language Café, every Tuesday!"},
    "hashtags": {"tags": frozenset({"café"})},
}
MUCH = {
    "title": {"title": "A language café every Wednesday"},
    "not": {"description": "We do not open our hall."},
    "number": {"summary": "Thirty volunteers."},
    "plain summary": {"plain_summary": "Come and speak."},
    "end": {"ends_on": date(2027, 1, 31)},
    "actions": {"actions": (ActionRow(what="Coffee"),)},
    "needs": {"needs": (ExchangeRow(what="A hall"),)},
}


@pytest.fixture
def submission(campaign) -> Submission:
    return SubmissionFactory(campaign=campaign, text__title="A language café every Tuesday")


def change(submission: Submission, at, **said):
    text = versions.read(Submission.objects.get(pk=submission.pk).latest)
    return revise(submission, replace(text, **said), base=None, at=at).version


@pytest.mark.parametrize(
    ("said", "expected"),
    [(said, False) for said in LITTLE.values()] + [(said, True) for said in MUCH.values()],
    ids=[*LITTLE, *MUCH],
)
def test_what_is_substance(said, expected, submission, at):
    before = submission.latest
    after = change(submission, at, **said)
    assert changed_in_substance(before, after) is expected


def test_another_theme_is_substance(submission, at):
    theme = ThemeFactory(campaign=submission.campaign)
    assert changed_in_substance(submission.latest, change(submission, at, theme_id=theme.pk))


def test_a_text_is_no_change_of_itself(submission):
    assert not changed_in_substance(submission.latest, submission.latest)


@pytest.mark.parametrize("state", State.values)
def test_the_confirmed_are_told_of_a_changed_text_and_nobody_else(state, submission, at):
    part = PartnerFactory(submission=submission, state=state)
    change(submission, at, **LITTLE["spaces"])
    assert not Mail.objects.exists()
    change(submission, at, **MUCH["not"])
    if state != State.CONFIRMED:
        assert not Mail.objects.exists()
        return
    mail = compose(Mail.objects.get())
    assert mail.to == [part.contact_email]
    assert links.partner_url(part, "en") in mail.body


def test_passing_a_text_tells_nobody_twice(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    PartnerFactory(submission=submission, state=State.CONFIRMED)
    version = change(submission, at, **MUCH["not"])
    pass_version(submission, version, by=actors.coordinator(UserFactory()), at=at)
    assert Mail.objects.filter(letter="partner_text_changed").count() == 1


def test_many_changes_a_day_come_as_few_letters(submission, at):
    PartnerFactory(submission=submission, state=State.CONFIRMED)
    for number in range(AT_ONCE + 4):
        change(submission, at, title=f"Title {number}")
    mails = Mail.objects.filter(letter="partner_text_changed")
    assert mails.filter(next_try_at=at).count() == AT_ONCE
    assert mails.filter(next_try_at__gt=at).count() == 1
