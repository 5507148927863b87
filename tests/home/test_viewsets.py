"""The mail ledger in the admin."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from home.delivery import try_again
from home.mail import queue
from home.models import Mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def put(count: int) -> None:
    user = UserFactory()
    for number in range(count):
        queue("password_reset", key=f"mail {number}", language="fi", at=timezone.now(), user=user.pk)


def test_coordinators_look_at_the_ledger(client, coordinator):
    put(1)
    client.force_login(coordinator)
    assert "mail 0" in client.get(reverse("mails:index")).content.decode()
    assert client.get(reverse("mails:inspect", args=[Mail.objects.get().pk])).status_code == 200


def test_nobody_changes_the_ledger(client, administrator):
    put(1)
    client.force_login(administrator)
    row = Mail.objects.get()
    for name, args in [("add", []), ("edit", [row.pk]), ("delete", [row.pk])]:
        response = client.post(reverse(f"mails:{name}", args=args), {"key": "changed"})
        assert (response.status_code, response["Location"]) == (302, "/admin/")
    with pytest.raises(NoReverseMatch):
        reverse("mails:copy", args=[row.pk])
    assert Mail.objects.get().key == "mail 0"


@pytest.mark.parametrize("person", ["reviewer", "editor"])
def test_others_do_not_see_it(client, request, person):
    client.force_login(request.getfixturevalue(person))
    assert client.get(reverse("mails:index")).status_code == 302


def test_the_list_takes_the_same_queries_for_two_rows_and_for_twenty(
    client, coordinator, django_assert_num_queries
):
    client.force_login(coordinator)
    put(2)
    client.get(reverse("mails:index"))
    with django_assert_num_queries(10) as two:
        client.get(reverse("mails:index"))
    put(20)
    with django_assert_num_queries(len(two)):
        client.get(reverse("mails:index"))


def test_mail_that_was_given_up_goes_back_into_the_queue(at):
    put(2)
    Mail.objects.filter(key="mail 0").update(
        state=Mail.State.FAILED, attempts=12, closed_at=at, error="x 550"
    )
    assert try_again(at) == 1
    row = Mail.objects.get(key="mail 0")
    assert (row.state, row.attempts, row.next_try_at, row.closed_at) == (Mail.State.WAITING, 0, at, None)
