"""The ledger's way out, against real mail servers: dead, refusing, slow and well."""

import socket
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core import mail as outbox

from home.delivery import DELAYS, LEASE, MOST_REFUSALS, MOST_TRIES, Delivery, Outage, claim
from home.mail import message_id, queue
from home.models import Mail
from tests.factories import UserFactory

from .smtp import mail_server

pytestmark = pytest.mark.django_db
State = Mail.State


@pytest.fixture
def server(settings):
    with mail_server() as server:
        speak_smtp(settings, server.port)
        yield server


def speak_smtp(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1


def put(key: str, at, **fields) -> Mail:
    """One mail in the ledger: the letter with which a member of staff chooses a password."""
    user = UserFactory(email=f"{key}@example.org", **fields)
    queue("password_reset", key=key, language=user.language, at=at, user=user.pk)
    return Mail.objects.get(key=key)


def deliver(at) -> None:
    delivery = Delivery()
    while delivery.deliver_next(at):
        pass
    delivery.close()


def rows(*fields: str) -> list[tuple]:
    return list(Mail.objects.order_by("key").values_list(*fields))


def test_a_due_mail_is_delivered_once_and_closed(at, server):
    put("a", at)
    put("b", at)
    deliver(at)
    deliver(at + timedelta(hours=1))
    assert [mail["To"] for mail in server.mails] == ["a@example.org", "b@example.org"]
    assert rows("state", "attempts", "leased_until", "closed_at") == [(State.SENT, 1, None, at)] * 2
    assert server.connections == 1


def test_a_mail_is_written_in_its_row_s_language_as_text_and_html(at, server):
    put("a", at, first_name="O'Neill & <Ko>")
    deliver(at)
    [mail] = server.mails
    assert mail["Subject"] == "Choose a new password"
    assert mail["From"] == project.DEFAULT_FROM_EMAIL
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert f"{project.SITE_URL}/accounts/password/reset/key/" in text
    assert "&" not in text.replace("&amp;", "")
    assert '<html lang="en">' in html


def test_the_message_id_depends_on_the_row_alone(at, server):
    row = put("a", at)
    server.answers["CONTENT"] = "451 try later"
    deliver(at)
    server.answers.clear()
    deliver(at + timedelta(hours=1))
    assert server.ids() == [message_id(row.key)] * 2
    assert message_id("a") != message_id("b")
    assert message_id("a").endswith("@localhost>")


def test_a_letter_with_nothing_left_to_say_is_dropped(at, server):
    put("a", at, is_active=False)
    deliver(at)
    assert rows("state", "closed_at", "error") == [(State.DROPPED, at, "")]
    assert server.mails == []


def test_a_mail_waits_for_its_moment(at, server):
    put("a", at + timedelta(minutes=1))
    deliver(at)
    assert rows("state", "attempts") == [(State.WAITING, 0)]


def test_a_dead_server_costs_no_mail_a_try(at, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        speak_smtp(settings, closed.getsockname()[1])
    put("a", at)
    put("b", at)
    for minute in range(2 * MOST_TRIES):
        with pytest.raises(Outage, match="ConnectionRefusedError"):
            deliver(at + timedelta(minutes=minute))
    assert rows("state", "attempts", "leased_until", "next_try_at") == [(State.WAITING, 0, None, at)] * 2


def test_mail_held_up_by_a_dead_server_leaves_when_it_is_back(at, settings):
    with mail_server() as server:
        port = server.port
    speak_smtp(settings, port)
    put("a", at)
    with pytest.raises(Outage):
        deliver(at)
    with mail_server() as server:
        speak_smtp(settings, server.port)
        deliver(at)
    assert len(server.mails) == 1


@pytest.mark.parametrize("answer", ["421 closing", "535 who are you"])
def test_a_server_that_does_not_let_us_in_is_an_outage(at, server, settings, answer):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "secret"
    server.answers |= {"EHLO": "250 AUTH PLAIN", "AUTH": answer}
    put("a", at)
    with pytest.raises(Outage):
        deliver(at)
    assert rows("state", "attempts", "error") == [(State.WAITING, 0, "")]


def test_a_slow_server_delays_its_mail_and_pauses_the_worker(at, server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    server.may_answer.clear()
    put("a", at)
    put("b", at)
    with pytest.raises(Outage, match="SMTPServerDisconnected"):
        deliver(at)
    assert rows("key", "state", "attempts", "leased_until", "error") == [
        ("a", State.WAITING, 1, None, "SMTPServerDisconnected"),
        ("b", State.WAITING, 0, None, ""),
    ]


def test_a_passing_refusal_is_tried_again_ever_later_and_given_up_at_last(at, server):
    server.answers["RCPT"] = "450 greylisted, come back"
    put("a", at)
    moment, waits = at, []
    for _ in range(MOST_TRIES):
        deliver(moment)
        row = Mail.objects.get()
        waits.append(row.next_try_at - moment)
        moment = row.next_try_at
    assert waits[:-1] == DELAYS
    assert (row.state, row.attempts) == (State.FAILED, MOST_TRIES)
    assert row.error == "SMTPRecipientsRefused 450"


@pytest.mark.parametrize(
    ("verb", "error"), [("RCPT", "SMTPRecipientsRefused 550"), ("CONTENT", "SMTPDataError 550")]
)
def test_a_lasting_refusal_is_believed_after_a_few_tries(at, server, verb, error):
    server.answers[verb] = "550 no a@example.org here"
    put("a", at)
    for hour in range(10):
        deliver(at + timedelta(hours=hour))
    assert rows("state", "attempts", "error") == [(State.FAILED, MOST_REFUSALS, error)]


def test_a_refused_sender_is_our_own_setting_and_no_mail_s_fault(at, server):
    server.answers["MAIL"] = "553 sender not allowed"
    put("a", at)
    for hour in range(MOST_REFUSALS):
        deliver(at + timedelta(hours=hour))
    assert rows("state", "error") == [(State.WAITING, "SMTPSenderRefused 553")]


def test_one_refused_mail_does_not_hold_up_the_others(at, server):
    put("a", at)
    Mail.objects.update(letter="unknown letter")
    put("b", at)
    deliver(at)
    assert rows("key", "state", "error") == [("a", State.WAITING, "KeyError"), ("b", State.SENT, "")]


def test_a_server_that_hung_up_between_two_mails_costs_no_try(at, server):
    put("a", at)
    delivery = Delivery()
    assert delivery.deliver_next(at)
    delivery.connection.connection.sock.shutdown(socket.SHUT_RDWR)
    put("b", at)
    while delivery.deliver_next(at):
        pass
    delivery.close()
    assert rows("state", "attempts") == [(State.SENT, 1)] * 2
    assert server.connections == 2


def test_a_leased_mail_is_nobody_else_s_until_the_lease_ends(at, server):
    put("a", at)
    assert claim(at).key == "a"
    assert claim(at + LEASE) is None
    assert claim(at + LEASE + timedelta(seconds=1)).attempts == 2


def test_a_worker_whose_lease_has_ended_does_not_undo_the_next_one_s_work(at, server):
    put("a", at)
    first = Delivery()
    server.answers["RCPT"] = "450 later"
    later = at + LEASE + timedelta(seconds=1)

    def overtaken(messages):
        server.answers.clear()
        deliver(later)
        server.answers["RCPT"] = "450 later"
        return send(messages)

    send, first.connection.send_messages = first.connection.send_messages, overtaken
    first.deliver_next(at)
    first.close()
    assert rows("state", "closed_at", "error") == [(State.SENT, later, "")]


def test_a_mail_that_kills_every_worker_is_given_up(at, server):
    put("a", at)
    Mail.objects.update(attempts=MOST_TRIES)
    deliver(at)
    assert rows("state") == [(State.FAILED,)]
    assert server.mails == []


def test_waiting_for_work_takes_one_query_and_no_lock(at, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        assert claim(at) is None
    assert "UPDATE" not in queries.captured_queries[0]["sql"]


def test_mail_goes_to_the_address_the_person_has_now(at, settings):
    row = put("a", at)
    user = UserFactory._meta.model.objects.get(pk=row.data["user"])
    user.email = "new@example.org"
    user.save()
    deliver(at)
    assert [mail.to for mail in outbox.outbox] == [["new@example.org"]]
