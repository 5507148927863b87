"""What is mailed about forms that are not sent, to whom, when and how often; and when they are forgotten."""

from datetime import timedelta

import pytest
from django.conf import settings

from campaign.moments import in_words
from home.mail import compose
from home.models import Mail
from pledges import links, timers, unsent_links, unsent_reminding
from pledges.deadlines import EDITABLE
from pledges.models import Status, Submission, UnsentForm
from pledges.revisions import correct_people
from pledges.unsent import edit_key
from pledges.unsent_reminding import FORGOTTEN_AFTER, MOST_A_DAY, MOST_ADDRESSES, QUIET, mail_link
from tests.factories import CampaignFactory, SubmissionFactory, UnsentFormFactory

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def deadline(campaign):
    return campaign.deadline


def begun(campaign, at, **fields) -> UnsentForm:
    data = [["title", "Secret Words"]]
    return UnsentFormFactory(campaign=campaign, created_at=at, saved_at=at, data=data, **fields)


def begun_to_change(submission, at, **fields) -> UnsentForm:
    about = {"submission": submission, "key": edit_key(submission), "kind": submission.kind}
    return begun(submission.campaign, at, **about, **fields)


def queued() -> list[tuple[str, int]]:
    """Every mail of the ledger: its letter and the form, or the submission, that it is about."""
    return [(mail.letter, *mail.data.values()) for mail in Mail.objects.order_by("pk")]


def reminded(moment) -> list:
    """The reminders that leave at a moment."""
    timers.remind_of_unsent(moment)
    mails = Mail.objects.filter(created_at=moment, letter="unsent_ends").order_by("pk")
    return list(filter(None, map(compose, mails)))


def test_who_stops_writing_gets_the_link_once(campaign, at):
    form = begun(campaign, at)
    begun(campaign, at, email="")
    timers.mail_links_of_left(at + QUIET - SECOND)
    assert queued() == []
    timers.mail_links_of_left(at + QUIET)
    timers.mail_links_of_left(at + QUIET + HOUR)
    assert queued() == [("unsent", form.pk)]


def test_another_address_gets_the_link_too_but_not_many(campaign, at):
    form = begun(campaign, at)
    told = []
    for number in range(MOST_ADDRESSES + 2):
        form.email = f"other{number}@example.org"
        form.save()
        told.append(mail_link(form, at=at))
    assert told == [True] * MOST_ADDRESSES + [False] * 2
    assert Mail.objects.count() == MOST_ADDRESSES


def test_one_address_gets_few_links_a_day_whoever_writes_it(campaign, at):
    forms = [begun(campaign, at, email="stranger@example.org") for _each in range(MOST_A_DAY + 3)]
    told = [mail_link(form, at=at) for form in forms]
    assert told == [True] * MOST_A_DAY + [False] * 3
    assert mail_link(UnsentForm.objects.get(pk=forms[0].pk), at=at)
    assert Mail.objects.count() == MOST_A_DAY


def test_what_was_sent_meanwhile_is_not_written_about_and_forgotten(campaign, at):
    form = begun(campaign, at)
    SubmissionFactory(form_key=form.key)
    timers.mail_links_of_left(at + HOUR)
    assert queued() == []
    timers.forget_unsent(at)
    assert not UnsentForm.objects.exists()


@pytest.mark.parametrize("days", [3, 1])
def test_reminders_come_three_days_and_one_day_before_the_deadline(campaign, at, deadline, days):
    form = begun(campaign, at)
    moment = deadline - days * DAY
    timers.remind_of_unsent(moment - SECOND)
    before = queued()
    timers.remind_of_unsent(moment)
    timers.remind_of_unsent(moment + HOUR)
    assert queued() == [*before, ("unsent_ends", form.pk)]


def test_both_reminders_come_once_and_none_after_the_deadline(campaign, at, deadline):
    form = begun(campaign, at)
    for moment in (deadline - 3 * DAY, deadline - 2 * DAY, deadline - DAY, deadline - SECOND, deadline):
        timers.remind_of_unsent(moment)
    assert queued() == [("unsent_ends", form.pk)] * 2


def test_a_kind_that_closes_earlier_is_reminded_of_earlier(campaign, at, deadline):
    campaign.pledges_until = deadline - 5 * DAY
    campaign.save()
    forms = {kind: begun(campaign, at, kind=kind) for kind in ("pledge", "initiative", "")}
    timers.remind_of_unsent(deadline - 6 * DAY)
    assert {form for _letter, form in queued()} == {forms["pledge"].pk, forms[""].pk}
    Mail.objects.all().delete()
    timers.remind_of_unsent(deadline - DAY)
    assert {form for _letter, form in queued()} == {forms["initiative"].pk, forms[""].pk}


def test_an_extended_call_reminds_anew(campaign, at, deadline):
    form = begun(campaign, at)
    timers.remind_of_unsent(deadline - DAY)
    campaign.phases.filter(kind="review").delete()
    campaign.phases.filter(kind="call").update(closes_at=deadline + 7 * DAY)
    timers.remind_of_unsent(deadline + 6 * DAY)
    assert queued() == [("unsent_ends", form.pk)] * 2


@pytest.mark.parametrize("fields", [{"email": ""}, {"wants_reminders": False}])
def test_who_gave_no_address_or_wants_none_gets_no_reminder(campaign, at, deadline, fields):
    begun(campaign, at, **fields)
    timers.remind_of_unsent(deadline - DAY)
    assert queued() == []


def test_who_began_after_the_moment_is_not_reminded_of_it(campaign, deadline):
    begun(campaign, deadline - 2 * DAY)
    timers.remind_of_unsent(deadline - 2 * DAY + HOUR)
    assert queued() == []
    timers.remind_of_unsent(deadline - DAY)
    assert len(queued()) == 1


@pytest.mark.parametrize("status", Status.values)
def test_a_change_is_reminded_of_while_it_can_be_saved(campaign, at, deadline, status):
    submission = SubmissionFactory(campaign=campaign, status=status)
    begun_to_change(submission, at)
    letters = reminded(deadline - DAY)
    assert [letter.to for letter in letters] == [[submission.contact_email]] * (status in EDITABLE)


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.INELIGIBLE])
def test_a_change_of_what_came_back_and_ended_is_not_reminded_of(campaign, at, deadline, status):
    until = deadline + 20 * DAY
    submission = SubmissionFactory(campaign=campaign, status=status, correction_until=until)
    begun_to_change(submission, at)
    assert reminded(until - DAY) == []


@pytest.mark.parametrize("is_begun", [True, False])
def test_a_correction_is_reminded_of_before_its_own_end(campaign, at, deadline, is_begun):
    until = deadline + 20 * DAY
    submission = SubmissionFactory(
        campaign=campaign, status=Status.RETURNED, status_at=at, correction_until=until
    )
    if is_begun:
        begun_to_change(submission, at)
    assert reminded(deadline - DAY) == []
    (letter,) = reminded(until - DAY)
    assert f"until {in_words(until, campaign)}" in letter.body


@pytest.mark.parametrize("more", [None, -DAY, 20 * DAY])
@pytest.mark.parametrize("is_begun", [True, False])
def test_a_draft_is_reminded_of_before_the_last_moment_to_send_it(campaign, at, deadline, more, is_begun):
    """It came before or after the call, or was never confirmed; a late link that has passed takes nothing away."""
    own = deadline + more if more else None
    draft = SubmissionFactory(
        campaign=campaign, status=Status.DRAFT, status_at=at, confirmed_at=None, correction_until=own
    )
    if is_begun:
        begun_to_change(draft, at)
    last = max(deadline, own or deadline)
    letters = [letter for days in (3, 1) for letter in reminded(last - days * DAY)]
    assert [letter.to for letter in letters] == [[draft.contact_email]] * 2
    path = f"/en/mine/{links.token(draft, links.OWN)}/" + ("edit/" if is_begun else "")
    for letter in letters:
        assert f"{draft.reference} is not sent yet." in letter.body
        assert path in letter.body
        assert f"until {in_words(last, campaign)}" in letter.body


def test_an_address_gets_one_letter_however_much_is_begun_with_it(campaign, at, deadline):
    """Whoever writes it on forms: nobody has confirmed it."""
    forms = [begun(campaign, at, email=f"{name}@example.org") for name in ("Anna", "anna", "ANNA", "ben")]
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT, contact_email="anna@example.org")
    later = CampaignFactory(phases=[("call", at, deadline + 30 * DAY)])
    begun(later, at, email="anna@example.org")
    anna, ben = sorted(reminded(deadline - DAY), key=lambda letter: letter.to)
    for form in forms[:3]:
        assert unsent_links.url(form, "en") in anna.body
        assert unsent_links.quiet_url(form, "en") in anna.body
    assert links.own_url(draft, "en") in anna.body
    assert anna.body.count("You can send it until") == 4
    assert unsent_links.url(forms[3], "en") in ben.body
    assert reminded(deadline - DAY + HOUR) == []


def test_letters_about_a_change_go_to_whoever_is_its_contact_person_by_then(campaign, at, deadline):
    submission = SubmissionFactory(campaign=campaign, contact_email="old@example.org")
    begun_to_change(submission, at)
    timers.remind_of_unsent(deadline - DAY)
    correct_people(submission, {"contact_email": "new@example.org"}, at=at)
    assert compose(Mail.objects.get()).to == ["new@example.org"]


def test_what_is_sent_before_the_letter_leaves_is_not_in_it(campaign, at, deadline):
    first, second = (
        SubmissionFactory(campaign=campaign, status=Status.DRAFT, contact_email="anna@example.org")
        for _each in range(2)
    )
    timers.remind_of_unsent(deadline - DAY)
    Submission.objects.filter(pk=second.pk).update(status=Status.SUBMITTED)
    body = compose(Mail.objects.get()).body
    assert first.reference in body
    assert second.reference not in body


@pytest.mark.parametrize("rows", [2, 20])
def test_far_from_a_deadline_no_form_is_read(campaign, at, rows, django_assert_num_queries):
    for _row in range(rows):
        begun(campaign, at)
    with django_assert_num_queries(4):
        unsent_reminding.remind(at)


@pytest.mark.parametrize("rows", [2, 20])
def test_reminding_many_takes_as_many_queries_as_reminding_few(
    campaign, at, deadline, rows, django_assert_num_queries
):
    for _row in range(rows):
        begun(campaign, at)
        SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    with django_assert_num_queries(5):
        unsent_reminding.remind(deadline - DAY)
    assert Mail.objects.count() == 2 * rows


def test_what_nobody_touches_is_forgotten_three_months_after_the_call(campaign, at, deadline):
    touched = begun(campaign, at)
    begun(campaign, at)
    UnsentForm.objects.filter(pk=touched.pk).update(saved_at=deadline + DAY)
    timers.forget_unsent(deadline + FORGOTTEN_AFTER - SECOND)
    assert UnsentForm.objects.count() == 2
    timers.forget_unsent(deadline + FORGOTTEN_AFTER)
    assert list(UnsentForm.objects.all()) == [touched]
    timers.forget_unsent(deadline + FORGOTTEN_AFTER + DAY)
    assert not UnsentForm.objects.exists()


def test_a_call_that_is_on_forgets_nothing(db, at):
    campaign = CampaignFactory(phases=[("call", at - 400 * DAY, at + DAY)])
    begun(campaign, at - 300 * DAY)
    timers.forget_unsent(at)
    assert UnsentForm.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("letter", "is_change"), [("unsent", False), ("unsent_ends", False), ("unsent_ends", True)]
)
def test_letters_lead_to_the_form_and_hold_nothing_of_it(campaign, at, deadline, language, letter, is_change):
    submission = SubmissionFactory(campaign=campaign) if is_change else None
    form = begun(campaign, at, submission=submission, language=language)
    mail = Mail.objects.create(
        letter=letter,
        key="x",
        language=language,
        data={"submission": submission.pk} if submission else {"unsent": form.pk},
        created_at=deadline - DAY,
        next_try_at=at,
    )
    message = compose(mail)
    (html, _type) = message.alternatives[0]
    for body in (message.body, html):
        assert unsent_links.url(form, language) in body
        assert unsent_links.quiet_url(form, language) in body
        assert "Secret Words" not in body
        assert f"/{language}/" in body
    assert message.to == [submission.contact_email if submission else form.email]


def test_no_letter_leaves_when_there_is_nothing_to_say_any_more(campaign, at):
    form = begun(campaign, at, wants_reminders=False)
    ends = campaign.deadline - DAY
    mail = Mail(letter="unsent_ends", key="x", language="en", data={"unsent": form.pk}, created_at=ends)
    assert compose(mail) is None
    mail.letter = "unsent"
    assert compose(mail) is not None
    form.delete()
    assert compose(mail) is None
