"""A reader's report reaches every coordinator, and robots get nowhere."""

import pytest

from campaign.models import Report
from home.mail import compose
from home.models import Mail
from tests.conftest import in_group
from tests.factories import AT, PublicItemFactory
from tests.markup import problems

WORDS = {"message": "The picture of me was used without asking."}


@pytest.fixture
def item(campaign):
    return PublicItemFactory(campaign=campaign, title="A key")


def address(item) -> str:
    return f"/en/pledges/{item.reference}/report/"


def test_the_form_says_what_is_reported(client, item):
    text = client.get(address(item)).content.decode()
    assert "A key" in text
    assert problems(text) == []


def test_a_report_is_kept_and_told_to_every_coordinator(client, item, coordinator, reviewer):
    other = in_group("Coordinators", language="fi")
    response = client.post(address(item), WORDS)
    assert (response.status_code, response["Location"]) == (303, item.get_absolute_url())
    row = Report.objects.get()
    assert (row.item, row.message) == (item, WORDS["message"])
    mails = Mail.objects.order_by("pk")
    assert [(mail.letter, mail.data["person"], mail.language) for mail in mails] == [
        ("report", coordinator.pk, "en"),
        ("report", other.pk, "fi"),
    ]
    assert WORDS["message"] not in str(mails[0].data)


def test_the_letter_quotes_the_report_and_links_the_page(client, item, coordinator):
    client.post(address(item), WORDS)
    letter = compose(Mail.objects.get())
    assert letter.to == [coordinator.email]
    assert WORDS["message"] in letter.body
    assert f"http://localhost{item.get_absolute_url()}" in letter.body


def test_nothing_is_mailed_of_an_item_that_has_gone(client, item, coordinator):
    client.post(address(item), WORDS)
    item.delete()
    assert compose(Mail.objects.get()) is None


def test_pressing_twice_reports_once(client, item, coordinator):
    for _ in range(2):
        assert client.post(address(item), WORDS).status_code == 303
    assert (Report.objects.count(), Mail.objects.count()) == (1, 1)


def test_what_was_handled_may_be_reported_again(client, item):
    client.post(address(item), WORDS)
    Report.objects.update(handled_at=AT)
    client.post(address(item), WORDS)
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x" * 2000, "x" * 2000),
        ("x\r\n" * 1000, "x\n" * 999 + "x"),
        ("Nul\x00 and \x08bell", "Nul and bell"),
        ("👩🏽‍🚀 🇫🇮 #wrong", "👩🏽‍🚀 🇫🇮 #wrong"),
        ("هذا غير صحيح", "هذا غير صحيح"),
        ("<script>alert(1)</script> & {{ x }} %s", "<script>alert(1)</script> & {{ x }} %s"),
    ],
)
def test_whatever_is_typed_is_kept_as_it_is_read(client, item, typed, kept):
    assert client.post(address(item), {"message": typed}).status_code == 303
    assert Report.objects.get().message == kept


@pytest.mark.parametrize("typed", ["x" * 2001, "\x00", " \r\n "])
def test_what_cannot_be_kept_is_answered(client, item, typed):
    assert client.post(address(item), {"message": typed}).status_code == 200
    assert not Report.objects.exists()


def test_the_title_is_told_in_its_own_language_and_direction(client, campaign):
    item = PublicItemFactory(campaign=campaign, language="fi", title="مفتاح <b>")
    assert '“<bdi lang="fi">مفتاح &lt;b&gt;</bdi>”' in client.get(address(item)).content.decode()


def test_an_empty_report_is_asked_for_again(client, item):
    response = client.post(address(item), {"message": ""})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not Report.objects.exists()


def test_a_robot_in_the_trap_is_thanked_and_forgotten(client, item, coordinator):
    response = client.post(address(item), WORDS | {"homepage_url": "https://spam.example"})
    assert response.status_code == 303
    assert not Report.objects.exists()
    assert not Mail.objects.exists()


def test_more_than_a_few_an_hour_are_refused_and_the_text_is_kept(client, item):
    for number in range(5):
        client.post(address(item), {"message": f"Wrong: {number}"})
    response = client.post(address(item), WORDS)
    assert response.status_code == 200
    assert WORDS["message"] in response.content.decode()
    assert Report.objects.count() == 5


def test_reporting_an_unknown_reference_is_not_found(client, item):
    assert client.get("/en/pledges/KL-0000-0000/report/").status_code == 404
    assert client.post("/en/pledges/hello/report/", WORDS).status_code == 404
