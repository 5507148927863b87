"""The staff's sign-in: no sign-up, a second step, limits that do not lock an office, mail through the ledger."""

import re

import html5lib
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from home.delivery import Delivery
from home.models import Mail, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-secret"
LOGIN = "/accounts/login/"


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def sign_in(client, user: User, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": user.email, "password": password, **extra})


def deliver(at) -> None:
    delivery = Delivery()
    while delivery.deliver_next(at):
        pass


def prove_it_is_me(client) -> None:
    """What changes the account asks for the password once more."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("coordinator", "/desk/"),
        ("reviewer", "/desk/"),
        ("editor", "/admin/"),
        ("administrator", "/admin/"),
    ],
)
def test_signing_in_leads_to_one_s_work(client, request, person, address):
    response = sign_in(client, request.getfixturevalue(person))
    assert (response.status_code, response["Location"]) == (302, address)


def test_somebody_without_a_group_lands_on_the_own_page(client):
    response = sign_in(client, UserFactory())
    assert response["Location"] == "/accounts/"


def test_signing_in_leads_back_to_where_one_was_going(client, reviewer):
    page = client.get(f"{LOGIN}?next=/desk/queue/KL-7Q2F/").content.decode()
    assert '<input type="hidden" name="next" value="/desk/queue/KL-7Q2F/">' in page
    response = sign_in(client, reviewer, next="/desk/queue/KL-7Q2F/")
    assert response["Location"] == "/desk/queue/KL-7Q2F/"


def test_signing_in_leads_to_no_other_site(client, reviewer):
    response = sign_in(client, reviewer, next="https://example.com/desk/")
    assert response["Location"] == "/desk/"


def test_the_admin_s_own_sign_in_leads_to_the_one_that_knows_a_second_step(client):
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response["Location"] == f"{LOGIN}?next=/admin/pages/"
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == f"{LOGIN}?next=/admin/"


def test_capitals_in_the_address_do_not_matter(client, reviewer):
    response = client.post(LOGIN, {"login": reviewer.email.upper(), "password": PASSWORD})
    assert response["Location"] == "/desk/"


def test_an_account_that_is_closed_stays_closed(client):
    response = sign_in(client, UserFactory(is_active=False))
    assert "_auth_user_id" not in client.session
    assert response.status_code in {200, 302}


def test_nobody_signs_up(client):
    assert client.get("/accounts/signup/")["Location"] == LOGIN
    client.post(
        "/accounts/signup/", {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.exists()
    assert "signup" not in client.get(LOGIN).content.decode()


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "login/code/confirm/", "social/connections/"])
def test_what_staff_do_not_need_is_not_there(client, reviewer, path):
    client.force_login(reviewer)
    assert client.get(f"/accounts/{path}", follow=True).status_code == 404


def test_signing_out_takes_a_post(client, reviewer):
    client.force_login(reviewer)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    response = client.post("/accounts/logout/")
    assert (response.status_code, response["Location"]) == (302, LOGIN)
    assert "_auth_user_id" not in client.session


def test_guessing_stops_at_the_account_wherever_it_comes_from(client, reviewer):
    for number in range(10):
        sign_in(client, reviewer, "wrong"), number
    assert "_auth_user_id" not in client.session
    response = client.post(LOGIN, {"login": reviewer.email, "password": PASSWORD}, REMOTE_ADDR="203.0.113.99")
    assert "Too many attempts failed." in response.content.decode()


def test_one_who_forgot_a_password_does_not_lock_the_office(client, reviewer, coordinator):
    for _ in range(12):
        sign_in(client, reviewer, "wrong")
    assert sign_in(client, coordinator)["Location"] == "/desk/"


def test_an_office_may_sign_in_all_at_once(client):
    for _ in range(40):
        assert sign_in(client, UserFactory()).status_code == 302
        client.logout()


def test_a_new_password_is_asked_for_through_the_ledger_and_not_mailed_in_the_request(client, reviewer, at):
    response = client.post("/accounts/password/reset/", {"email": reviewer.email.upper()})
    assert response["Location"] == "/accounts/password/reset/done/"
    assert outbox.outbox == []
    row = Mail.objects.get()
    assert (row.letter, row.data) == ("password_reset", {"user": reviewer.pk})
    assert reviewer.email not in str(row.__dict__)

    deliver(row.next_try_at)
    [letter] = outbox.outbox
    assert letter.to == [reviewer.email]
    [link] = re.findall(r"http://localhost(/accounts/password/reset/key/\S+)", letter.body)
    page = client.get(link, follow=True)
    new = "another-long-secret"
    response = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert response["Location"] == "/accounts/password/reset/key/done/"
    assert sign_in(client, reviewer, new)["Location"] == "/desk/"
    assert "invalid" in client.get(link, follow=True).content.decode()


def test_asking_for_a_strangers_password_says_the_same_and_mails_nobody(client, reviewer):
    known = client.post("/accounts/password/reset/", {"email": reviewer.email}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert Mail.objects.count() == 1
    assert outbox.outbox == []


def test_asking_again_and_again_makes_one_mail_a_minute_at_most(client, reviewer):
    for _ in range(5):
        client.post("/accounts/password/reset/", {"email": reviewer.email})
    assert Mail.objects.count() <= 2


def test_a_second_step_is_set_up_and_then_asked_for(client, reviewer):
    sign_in(client, reviewer)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    prove_it_is_me(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml' in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=reviewer, type=Authenticator.Type.TOTP).exists()

    client.post("/accounts/logout/")
    response = sign_in(client, reviewer, next="/desk/queue/")
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/desk/").status_code == 302
    assert client.get("/admin/").status_code == 302


def test_the_second_step_opens_the_account_once_a_code(client, reviewer):
    secret = generate_totp_secret()
    TOTP.activate(reviewer, secret)
    sign_in(client, reviewer)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    right = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert right["Location"] == "/desk/"


def test_a_former_address_opens_no_account(client, reviewer):
    sign_in(client, reviewer)
    client.post("/accounts/logout/")
    former, reviewer.email = reviewer.email, "new@example.org"
    reviewer.save()
    assert not EmailAddress.objects.filter(email=former).exists()
    client.post(LOGIN, {"login": former, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/password/reset/", {"email": former})
    assert not Mail.objects.exists()


PAGES = [
    "account",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_of_the_accounts_looks_like_the_portal(client, language, name):
    user = UserFactory(language=language)
    if "login" not in name and "reset" not in name:
        sign_in(client, user)
        prove_it_is_me(client)
    if "totp" not in name:
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    response = client.get(reverse(name), headers={"accept-language": language}, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert "css/tokens.css" in page
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page)
    assert 'href="/accounts/signup/"' not in page
    assert "placeholder=" not in page
    html5lib.HTMLParser(strict=True).parse(page)


def test_people_choose_the_language_they_work_in(client, reviewer):
    client.force_login(reviewer)
    assert '<html lang="en">' in client.get("/accounts/").content.decode()
    response = client.post("/accounts/", {"language": "sv"})
    assert (response.status_code, response["Location"]) == (303, "/accounts/")
    assert '<html lang="sv">' in client.get("/accounts/").content.decode()


def test_the_own_page_is_one_s_own(client):
    assert client.get("/accounts/")["Location"] == f"{LOGIN}?next=/accounts/"


def test_staff_without_the_right_are_told_so_at_the_admin(signed_in, reviewer):
    response = signed_in(reviewer).get("/admin/", follow=True)
    assert response.status_code == 403
    assert [address for address, _status in response.redirect_chain] == ["/admin/login/?next=/admin/"]
