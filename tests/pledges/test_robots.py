"""What the robots' trap catches, and what becomes of it."""

import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from campaign.models import Campaign, PublicItem
from home.models import Mail
from pledges import actors, lifecycle, robots, timers
from pledges.models import CaughtDay, Organisation, Status, Submission
from tests.factories import CampaignFactory, SubmissionFactory, ThemeFactory, UserFactory, laid_around
from tests.home.test_robots import solved

from .form import URL, filled
from .test_submit_view import key_in

BAIT = {"homepage_url": "https://buy.example"}
DAY = timedelta(days=1)


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(is_current=True, phases=laid_around(timezone.now()))


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign)


def caught(client, theme, number: int = 1, **fields):
    return client.post(URL, filled(theme, form_key=f"robot-{number}", **BAIT, **fields))


def tallies() -> list[tuple[int, int]]:
    return list(CaughtDay.objects.values_list("kept", "counted"))


def test_what_is_caught_is_kept_as_spam_with_the_reason_and_nobody_is_written_to(client, theme):
    answer = caught(client, theme, consent_text="on", title="Buy now")
    submission = Submission.objects.select_related("latest").get()
    assert (submission.status, submission.suspicion, submission.latest.title) == ("spam", "trap", "Buy now")
    assert submission.submitted_at == submission.status_at == submission.created_at
    assert not Mail.objects.exists()
    assert not PublicItem.objects.exists()
    assert (answer.status_code, tallies()) == (302, [(1, 0)])


def test_its_receipt_looks_like_any_other(client, theme):
    real = client.post(URL, filled(theme))
    trapped = caught(client, theme)
    assert trapped.status_code == real.status_code
    assert trapped.url.split("=")[0] == real.url.split("=")[0]
    page = client.get(trapped.url).content.decode()
    assert "<h1>One step left</h1>" in page
    assert Submission.objects.get(status=Status.SPAM).reference in page


def test_the_receipt_promises_nobody_a_mail_that_was_not_sent(client, theme):
    page = client.get(caught(client, theme).url).content.decode()
    assert "We have sent" not in page
    assert "If none has come by tomorrow, write to us and give the reference." in page


def test_what_lacks_an_essential_is_only_counted(client, theme):
    assert caught(client, theme, title="").url == "/en/submit/sent/"
    assert (Submission.objects.count(), tallies()) == (0, [(0, 1)])


def test_a_flood_keeps_a_day_s_measure_and_is_counted_beyond(client, theme, monkeypatch):
    monkeypatch.setattr(robots, "MOST_KEPT_A_DAY", 2)
    assert {caught(client, theme, number).status_code for number in range(5)} == {302}
    assert (Submission.objects.count(), tallies()) == (2, [(2, 3)])


def test_after_the_call_nothing_is_kept_since_nothing_could_come_of_it(client, theme):
    call = theme.campaign.phases.get(kind="call")
    call.closes_at = timezone.now() - DAY
    call.save()
    assert caught(client, theme).url == "/en/submit/sent/"
    assert (Submission.objects.count(), tallies()) == (0, [(0, 1)])


def test_the_same_form_twice_is_kept_once_and_a_sent_one_stays_as_it_is(client, theme):
    caught(client, theme)
    caught(client, theme, title="Another")
    assert Submission.objects.get().versions.count() == 1
    client.post(URL, filled(theme))
    client.post(URL, filled(theme, title="Changed", **BAIT))
    sent = Submission.objects.get(status=Status.SUBMITTED)
    assert (sent.latest.title, Submission.objects.count()) == (filled(theme)["title"], 2)


def test_taken_back_it_gets_its_first_letter_and_72_hours_from_then(client, theme):
    caught(client, theme)
    submission, later = Submission.objects.get(), timezone.now() + 5 * DAY
    by = actors.coordinator(UserFactory())
    back = lifecycle.perform(submission, "restore", by=by, at=later)
    assert (back.status, back.suspicion, back.submitted_at) == ("submitted", "", later)
    assert list(Mail.objects.values_list("letter", "reference")) == [("confirm", back.reference)]
    timers.expire_unconfirmed(later + timedelta(hours=71))
    assert Submission.objects.get().status == Status.SUBMITTED


def test_marked_by_a_coordinator_and_taken_back_again_nobody_is_written_to(campaign, at):
    submission = SubmissionFactory(campaign=campaign)
    by = actors.coordinator(UserFactory())
    marked = lifecycle.perform(submission, "mark_spam", by=by, at=at)
    back = lifecycle.perform(marked, "restore", by=by, at=at)
    assert (back.submitted_at, back.status_at) == (submission.submitted_at, submission.submitted_at)
    assert not Mail.objects.exists()


@pytest.mark.parametrize(("days", "letters", "left"), [(1, [], 2), (4, ["confirm"], 3)])
def test_what_was_taken_for_spam_too_long_can_be_confirmed_anew(days, letters, left, campaign):
    at, by = timezone.now(), actors.coordinator(UserFactory())
    waiting = SubmissionFactory(campaign=campaign, submitted_at=at, confirmed_at=None)
    lifecycle.perform(waiting, "mark_spam", by=by, at=at)
    back = lifecycle.perform(waiting, "restore", by=by, at=at + days * DAY)
    assert list(Mail.objects.values_list("letter", flat=True)) == letters
    timers.expire_unconfirmed(at + (days + left) * DAY - timedelta(seconds=1))
    back.refresh_from_db()
    assert back.status == Status.SUBMITTED
    timers.expire_unconfirmed(at + (days + left) * DAY)
    back.refresh_from_db()
    assert back.status == Status.DRAFT


def test_spam_is_erased_in_the_end_and_what_was_taken_back_is_not(client, theme):
    caught(client, theme, 1, title="Buy now")
    caught(client, theme, 2, title="Not spam")
    first, second = Submission.objects.order_by("pk")
    now = timezone.now()
    lifecycle.perform(second, "restore", by=actors.coordinator(UserFactory()), at=now)
    timers.forget_spam(now + robots.FORGOTTEN_AFTER - DAY)
    assert not Submission.objects.exclude(erased_at=None).exists()
    timers.forget_spam(now + robots.FORGOTTEN_AFTER + DAY)
    assert list(Submission.objects.exclude(erased_at=None)) == [first]
    assert set(Submission.objects.values_list("latest__title", flat=True)) == {"", "Not spam"}
    assert set(Organisation.objects.values_list("name", flat=True)) == {"", "Association of Neighbours"}


def test_old_days_of_the_trap_are_forgotten_too(campaign):
    now = timezone.now()
    robots.count(campaign, at=now - robots.FORGOTTEN_AFTER - 3 * DAY)
    robots.count(campaign, at=now - DAY)
    assert robots.only_counted(campaign, at=now) == 1
    timers.forget_spam(now)
    assert tallies() == [(0, 1)]


@pytest.fixture
def _one_quick_an_hour(monkeypatch):
    view = import_module("pledges.views.submit")
    monkeypatch.setattr(view, "GATE", replace(view.GATE, hasty=1))


def hidden_in(page) -> dict[str, str]:
    """The hidden fields of a rendered form."""
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page.content.decode()))


@pytest.mark.usefixtures("_one_quick_an_hour")
def test_who_is_too_quick_again_gets_the_form_with_everything_typed_and_then_it_passes(client, theme):
    first = client.post(URL, filled(theme, form_key="first"), REMOTE_ADDR="192.0.2.7")
    assert first.status_code == 302
    second = client.post(
        URL, filled(theme, form_key="second", description="My long text"), REMOTE_ADDR="192.0.2.7"
    )
    page = second.content.decode()
    assert (second.status_code, Submission.objects.count()) == (200, 1)
    assert "You were very quick." in page
    assert "My long text" in page
    assert key_in(page) == "second"
    third = client.post(URL, filled(theme) | hidden_in(second), REMOTE_ADDR="192.0.2.7")
    assert (third.status_code, Submission.objects.count()) == (302, 2)


@pytest.mark.usefixtures("_one_quick_an_hour")
def test_nobody_is_quick_for_mistyping(client, theme):
    client.post(URL, filled(theme, form_key="first"), REMOTE_ADDR="192.0.2.7")
    page = client.get(URL, REMOTE_ADDR="192.0.2.7")
    hidden = hidden_in(page)
    again = client.post(URL, filled(theme, title="") | hidden, REMOTE_ADDR="192.0.2.7")
    assert hidden_in(again)["rendered"] == hidden["rendered"]


def test_who_does_the_sum_may_send_more_from_one_address(client, theme, monkeypatch):
    view = import_module("pledges.views.submit")
    monkeypatch.setattr(view, "GATE", replace(view.GATE, unproven=0))
    page = client.get(URL)
    marks, key = page.context["marks"], page.context["form_key"]
    form = filled(theme, form_key=key, rendered=marks.rendered)
    assert client.post(URL, form, REMOTE_ADDR="192.0.2.7").status_code == 429
    form |= {"proof": solved(marks.challenge)}
    assert client.post(URL, form, REMOTE_ADDR="192.0.2.7").status_code == 302
