"""Consents in earlier words at the desk: counted, and asked anew after one more page."""

import pytest

from home.models import Mail
from pledges.models import ConsentWording, Purpose
from tests.factories import ConflictFactory, SubmissionFactory
from tests.markup import problems

URL = "/desk/consents/"


@pytest.fixture
def desk(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def reworded(campaign):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    ConsentWording.objects.create(purpose=Purpose.TEXT, number=2, text="Newer words.")
    return submission


def test_while_all_words_are_the_newest_there_is_nothing_to_ask(desk, campaign):
    page = desk.get(URL).content.decode()
    assert problems(page) == []
    assert "All consents are in the newest words" in page
    assert desk.post(URL, {"sure": "1"}, follow=True).content.decode().count("nobody left to ask") == 1


def test_the_desk_tells_how_many_and_asks_once_more_before_it_writes(desk, reworded):
    home = desk.get("/desk/").content.decode()
    assert "giver to ask anew" in home
    page = desk.get(URL).content.decode()
    assert problems(page) == []
    assert "Newer words." in page
    sure = desk.post(URL).content.decode()
    assert problems(sure) == []
    assert ("Yes, ask them" in sure, Mail.objects.count()) == (True, 0)
    answer = desk.post(URL, {"sure": "1"})
    assert (answer.status_code, answer["Location"]) == (303, URL)
    assert Mail.objects.get().letter == "wording_changed"
    after = desk.get(URL).content.decode()
    assert "1 giver gets a letter." in after
    assert "Ask 1 giver" not in after
    assert "giver to ask anew" not in desk.get("/desk/").content.decode()


def test_nobody_asks_about_what_they_have_a_conflict_of_interest_in(desk, coordinator, reworded):
    ConflictFactory(submission=reworded, person=coordinator)
    desk.post(URL, {"sure": "1"})
    assert not Mail.objects.exists()
