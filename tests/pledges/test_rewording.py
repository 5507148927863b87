"""Asking givers anew whose agreement is in earlier words: who is asked, once, and what it opens."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from home.mail import compose
from home.models import Mail
from pledges import consent, links, rewording
from pledges.models import AskedAnew, Consent, ConsentWording, Participation, Purpose, Status, Submission
from pledges.surfaces import in_force
from tests.factories import PartnerFactory, SubmissionFactory

MINUTE = timedelta(minutes=1)


def reword(*purposes: str, number: int = 2) -> None:
    for purpose in purposes:
        ConsentWording.objects.create(purpose=purpose, number=number, text=f"Newer {number}: {purpose}")


def sent(campaign, *purposes: str, **fields) -> Submission:
    return SubmissionFactory(campaign=campaign, consents=purposes, **fields)


@pytest.fixture
def submission(campaign) -> Submission:
    return sent(campaign, "text", "social", mail_language="sv")


@pytest.fixture
def partner(submission, at) -> Participation:
    part = PartnerFactory(submission=submission, state="confirmed", language="fi")
    consent.record(part, [Purpose.ORGANISATION], language="fi", at=at)
    return part


def everything():
    return Submission.objects.all()


def ask(campaign, by, at) -> int:
    return rewording.ask_anew(campaign, everything(), by=by, at=at)


def told() -> list[tuple[str, int, int]]:
    """What the desk shows: purpose, givers, and how many of them were asked."""
    return [(row.wording.purpose, row.givers, row.asked) for row in rewording.reworded(everything())]


def test_nobody_is_asked_while_all_words_are_the_newest(campaign, submission, partner, coordinator, at):
    assert (told(), ask(campaign, coordinator, at)) == ([], 0)
    assert not Mail.objects.exists()


def test_lead_and_partner_are_asked_once_each_by_their_own_link(
    campaign, submission, partner, coordinator, at
):
    reword("text", "social", "organisation")
    assert told() == [("text", 1, 0), ("organisation", 1, 0), ("social", 1, 0)]
    assert ask(campaign, coordinator, at) == 2
    assert told() == [("text", 1, 1), ("organisation", 1, 1), ("social", 1, 1)]
    to_lead, to_partner = (compose(mail) for mail in Mail.objects.order_by("key"))
    assert (to_lead.to, to_partner.to) == ([submission.contact_email], [partner.contact_email])
    assert links.consents_url(submission, "sv") in to_lead.body
    assert links.partner_url(partner, "fi") in to_partner.body
    entry = ModelLogEntry.objects.get(action="pledges.ask_anew")
    assert (entry.user, entry.data) == (coordinator, {"givers": 2})


def test_the_same_words_are_never_asked_twice_of_the_same_giver(campaign, submission, coordinator, at):
    reword("text")
    assert [ask(campaign, coordinator, at + n * MINUTE) for n in range(3)] == [1, 0, 0]
    reword("social")
    assert ask(campaign, coordinator, at + 4 * MINUTE) == 1
    reword("text", number=3)
    assert ask(campaign, coordinator, at + 5 * MINUTE) == 1
    assert ask(campaign, coordinator, at + 6 * MINUTE) == 0
    asked = AskedAnew.objects.order_by("pk").values_list("wording__purpose", "wording__number")
    assert list(asked) == [("text", 2), ("social", 2), ("text", 3)]
    assert Mail.objects.count() == 3


def test_a_mail_row_that_is_swept_away_leads_to_no_second_letter(campaign, submission, coordinator, at):
    reword("text")
    ask(campaign, coordinator, at)
    Mail.objects.all().delete()
    assert ask(campaign, coordinator, at + MINUTE) == 0


def test_who_has_answered_or_taken_back_is_not_asked(campaign, submission, coordinator, at):
    reword("text", "social")
    lead = submission.participations.get()
    wordings = consent.current_wordings()
    consent.record(lead, ["text"], wordings=wordings, language="sv", at=at)
    assert (told(), ask(campaign, coordinator, at)) == ([], 0)


def test_who_answers_before_the_letter_leaves_gets_none(campaign, submission, coordinator, at):
    reword("text")
    ask(campaign, coordinator, at)
    consent.record(submission.participations.get(), ["text", "social"], language="sv", at=at)
    assert compose(Mail.objects.get()) is None


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.INELIGIBLE, Status.SPAM])
def test_about_what_has_ended_nobody_is_asked(campaign, submission, coordinator, at, status):
    reword("text")
    Submission.objects.update(status=status)
    assert (told(), ask(campaign, coordinator, at)) == ([], 0)


def test_an_address_that_nobody_has_confirmed_is_not_written_to(campaign, submission, coordinator, at):
    reword("text")
    Submission.objects.update(confirmed_at=None)
    assert ask(campaign, coordinator, at) == 0


def test_who_has_no_address_is_counted_and_cannot_be_asked(campaign, submission, partner, coordinator, at):
    reword("text", "organisation")
    Submission.objects.update(contact_email="")
    assert ask(campaign, coordinator, at) == 1
    assert told() == [("text", 1, 0), ("organisation", 1, 1)]


@pytest.mark.parametrize("state", ["invited", "declined", "removed"])
def test_only_confirmed_partners_are_asked(campaign, submission, partner, coordinator, at, state):
    reword("organisation")
    Participation.objects.filter(pk=partner.pk).update(state=state)
    assert ask(campaign, coordinator, at) == 0


def test_only_those_that_the_coordinator_sees_are_asked(campaign, submission, coordinator, at):
    reword("text")
    sent(campaign, "text")
    seen = Submission.objects.filter(pk=submission.pk)
    assert rewording.ask_anew(campaign, seen, by=coordinator, at=at) == 1
    assert rewording.givers(rewording.unasked(everything())) == 1


def test_new_words_and_asking_open_and_close_nothing(campaign, submission, coordinator, at):
    lead = submission.participations.get()
    before = in_force(submission)
    reword(*Purpose.values)
    ask(campaign, coordinator, at)
    assert in_force(submission) == before == {lead.pk: {Purpose.TEXT, Purpose.SOCIAL}}
    assert set(Consent.objects.values_list("wording__number", flat=True)) == {1}


def test_it_takes_as_many_questions_for_two_givers_as_for_twenty(
    campaign, coordinator, at, django_assert_num_queries
):
    for number, more in ((2, 2), (3, 18)):
        for _row in range(more):
            sent(campaign, "text", "social")
        reword("text", "social", number=number)
        with django_assert_num_queries(10):
            assert ask(campaign, coordinator, at + number * MINUTE) == (2 if number == 2 else 20)
