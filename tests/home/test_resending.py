"""Forms of staff that came when they could not be taken."""

import pytest
from django.test import Client
from django.urls import reverse

from review.models import Award
from tests.factories import AwardCategoryFactory

pytestmark = pytest.mark.django_db
WORDS = "Written during the whole evening."


@pytest.fixture
def browser(coordinator) -> Client:
    """A browser whose forms are checked as in production."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    return client


def form(campaign, **more) -> dict[str, str]:
    category = AwardCategoryFactory(campaign=campaign)
    return {"category": str(category.pk), "citation_fi": WORDS, "reference": "KL-0000-0000"} | more


def send(browser: Client, campaign, **headers):
    """Send the form from a page that was opened while signed in, after the session has ended."""
    browser.get("/desk/awards/")
    token = browser.cookies["csrftoken"].value
    browser.cookies["sessionid"] = "ended"
    return browser.post("/desk/awards/", form(campaign, csrfmiddlewaretoken=token), headers=headers)


def fields(page: bytes) -> bool:
    return f'value="{WORDS}"'.encode() in page and b"csrfmiddlewaretoken" in page


def test_what_was_sent_after_the_session_ended_is_there_again_after_signing_in(
    browser, coordinator, campaign
):
    answer = send(browser, campaign)
    again = reverse("send_again")
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={again}"
    browser.force_login(coordinator)
    page = browser.get(again)
    assert fields(page.content)
    assert b'action="/desk/awards/"' in page.content


def test_nobody_sees_what_another_browser_sent(browser, client, coordinator, campaign):
    send(browser, campaign)
    client.force_login(coordinator)
    assert client.get(reverse("send_again")).headers["Location"] == reverse("account")
    assert Client().get(reverse("send_again")).status_code == 302


def test_a_page_older_than_the_sign_in_gives_the_text_back(browser, campaign):
    answer = browser.post("/desk/awards/", form(campaign, csrfmiddlewaretoken="stale"))
    assert answer.status_code == 403
    assert fields(answer.content)
    assert b"stale" not in answer.content
    assert not Award.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_what_another_site_sends_is_never_offered_to_be_sent_again(browser, campaign, headers):
    answer = browser.post("/desk/awards/", form(campaign), headers=headers)
    assert answer.status_code == 403
    assert WORDS.encode() not in answer.content
    answer = send(browser, campaign, **headers)
    assert "again" not in answer.headers.get("Location", "")


def test_passwords_are_never_shown_again(browser):
    answer = browser.post(reverse("account_change_password"), {"oldpassword": WORDS, "password1": WORDS})
    assert answer.status_code == 403
    assert WORDS.encode() not in answer.content


def test_a_stranger_leaves_nothing_behind(client, campaign):
    answer = client.post("/desk/awards/", form(campaign))
    assert answer.headers["Location"] == f"{reverse('account_login')}?next=/desk/"
    assert "sessionid" not in client.cookies


def test_a_page_that_is_only_read_leads_back_to_itself(client):
    assert client.get("/desk/awards/?award=1").headers["Location"].endswith("next=/desk/awards/%3Faward%3D1")
