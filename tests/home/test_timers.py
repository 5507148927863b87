from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import Page

from home import tasks, timers
from home.mail import queue
from home.models import Mail, TimerRun
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def runs(monkeypatch):
    """A registry with one hourly timer; the moments at which it ran."""
    monkeypatch.setattr(timers, "_timers", {})
    moments = []

    @timers.timer(every=HOUR)
    def note(at):
        moments.append(at)
        if len(moments) == 2:
            raise ValueError("the second run fails")

    return moments


def test_a_timer_runs_at_once_and_then_as_often_as_it_says(runs, at):
    timers.run_due(at)
    timers.run_due(at + HOUR - timedelta(seconds=1))
    assert runs == [at]
    assert TimerRun.objects.get().next_at == at + HOUR


def test_a_timer_that_fails_is_run_again_soon_and_stops_nobody(runs, at):
    assert len(timers.run_due(at)) == 1
    assert timers.run_due(at + HOUR) == []
    assert timers.run_due(at + HOUR + timers.AGAIN_AFTER) != []
    assert len(runs) == 3


def test_a_timer_that_another_worker_holds_is_left_alone(runs, at):
    timers.run_due(at)
    TimerRun.objects.update(next_at=at)
    each = next(iter(timers._timers.values()))
    assert timers._take(each, at)
    assert not timers._take(each, at)


def test_asking_what_is_due_takes_one_query(runs, at, django_assert_num_queries):
    timers.run_due(at)
    with django_assert_num_queries(1):
        timers.run_due(at)


def test_the_portal_s_own_timers_are_registered():
    names = {name for name in timers._timers if name.startswith("home.")}
    assert names == {
        "home.tasks.publish_scheduled_pages",
        "home.tasks.forget_ended_sessions",
        "home.tasks.forget_closed_mail",
        "home.tasks.forget_old_feedback",
    }


def test_closed_mail_is_forgotten_after_three_years_and_waiting_mail_never(at):
    user = UserFactory()
    for key in ("old", "recent", "waiting"):
        queue("password_reset", key=key, language="fi", at=at, user=user.pk)
    Mail.objects.filter(key="old").update(state=Mail.State.SENT, closed_at=at - timedelta(days=1096))
    Mail.objects.filter(key="recent").update(state=Mail.State.FAILED, closed_at=at - timedelta(days=1094))
    tasks.forget_closed_mail(at)
    assert set(Mail.objects.values_list("key", flat=True)) == {"recent", "waiting"}


def test_messages_of_visitors_are_forgotten_after_a_year(at):
    page = Page.objects.get(depth=1)
    for name, age in (("old", 366), ("recent", 364)):
        row = FormSubmission.objects.create(page=page, form_data={"words": name})
        FormSubmission.objects.filter(pk=row.pk).update(submit_time=at - timedelta(days=age))
    tasks.forget_old_feedback(at)
    assert [row.form_data["words"] for row in FormSubmission.objects.all()] == ["recent"]


def test_sessions_that_have_ended_are_forgotten(at):
    Session.objects.create(session_key="old", session_data="", expire_date=at - timedelta(days=3650))
    tasks.forget_ended_sessions(at)
    assert not Session.objects.exists()


def test_a_page_is_published_when_its_moment_has_come(at):
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="Soon", slug="soon", live=False))
    page.go_live_at = at - timedelta(days=3650)
    page.save_revision(approved_go_live_at=page.go_live_at)
    tasks.publish_scheduled_pages(at)
    page.refresh_from_db()
    assert page.live
