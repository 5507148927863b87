"""Accounts are made by an administrator, in Wagtail's settings."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from home.delivery import Delivery
from home.models import Mail, User
from home.models.user import REVIEWERS
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def make(admin, **fields):
    group = Group.objects.get(name=REVIEWERS)
    data = {"email": "new@example.org", "first_name": "Nina", "last_name": "New", "language": "sv"}
    return admin.post(reverse("wagtailusers_users:add"), data | {"groups": [group.pk]} | fields)


def test_a_new_person_is_invited_by_mail_and_chooses_the_password(admin):
    assert make(admin).status_code == 302
    person = User.objects.get(email="new@example.org")
    assert (person.language, person.has_usable_password()) == ("sv", False)
    assert outbox.outbox == []
    row = Mail.objects.get()
    assert (row.letter, row.language, row.data) == ("invitation", "sv", {"user": person.pk})

    Delivery().deliver_next(timezone.now())
    [letter] = outbox.outbox
    [link] = re.findall(r"http://localhost(/accounts/password/reset/key/\S+)", letter.body)
    page = admin.get(link, follow=True)
    secret = "chosen-by-herself"
    admin.post(page.request["PATH_INFO"], {"password1": secret, "password2": secret})
    person.refresh_from_db()
    assert person.check_password(secret)


def test_no_password_is_typed_for_somebody_else(admin):
    page = admin.get(reverse("wagtailusers_users:add")).content.decode()
    assert 'name="language"' in page
    assert 'type="password"' not in page


def test_an_address_belongs_to_one_person_however_it_is_written(admin):
    UserFactory(email="new@example.org")
    response = make(admin, email="NEW@example.org")
    assert response.status_code == 200
    assert User.objects.filter(email__iexact="new@example.org").count() == 1
    assert not Mail.objects.exists()


def test_an_administrator_changes_a_person_s_language(admin):
    person = UserFactory(language="en")
    data = {"email": person.email, "first_name": "A", "last_name": "B", "language": "fi", "is_active": "on"}
    admin.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)
    person.refresh_from_db()
    assert person.language == "fi"


@pytest.mark.parametrize("person", ["coordinator", "reviewer", "editor"])
def test_only_an_administrator_manages_accounts(client, request, person):
    client.force_login(request.getfixturevalue(person))
    assert client.get(reverse("wagtailusers_users:add")).status_code == 302
    make(client)
    assert not User.objects.filter(email="new@example.org").exists()


def test_people_do_not_change_their_own_address(client, editor):
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "name_email-email" not in page
    assert 'type="password"' not in page
