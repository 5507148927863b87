"""The owner's pages of translations."""

import pytest

from pledges import links
from pledges.models import Action, Exchange, Status, Translation
from tests.factories import SubmissionFactory, VersionFactory
from tests.markup import problems

WORDS = {"title": "Ett kafé", "summary": "Kaffe.", "description": "Vi öppnar.", "novelty": ""}


@pytest.fixture
def submission(campaign):
    return SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, text__language="ar")


@pytest.fixture
def all_of_them(submission) -> str:
    return f"/en/mine/{links.token(submission, links.OWN)}/translations/"


def sent(submission, **changes) -> dict:
    return WORDS | {"of": submission.latest_id, "base": ""} | changes


def test_the_owner_finds_every_language_of_the_portal(client, submission, all_of_them):
    own = client.get(all_of_them.removesuffix("translations/")).content.decode()
    assert "/translations/" in own
    page = client.get(all_of_them).content.decode()
    assert problems(page) == []
    assert "Your text is in Arabic." in page
    assert [name for name in ("Finnish", "Swedish", "English") if f"<h2>{name}</h2>" in page] == [
        "Finnish",
        "Swedish",
        "English",
    ]


def test_the_original_stands_beside_the_fields_in_its_language_and_direction(client, submission, all_of_them):
    page = client.get(f"{all_of_them}sv/").content.decode()
    assert problems(page) == []
    assert f'lang="ar" dir="auto"><p>{submission.latest.title}</p>' in page
    assert 'name="target_groups"' not in page


def test_saved_it_waits_for_a_coordinator(client, submission, all_of_them):
    response = client.post(f"{all_of_them}sv/", sent(submission))
    assert (response.status_code, response["Location"]) == (302, all_of_them)
    row = Translation.objects.get()
    assert (row.language, row.title, row.of, row.passed_at) == ("sv", "Ett kafé", submission.latest, None)
    assert "Waits for a coordinator" in client.get(all_of_them).content.decode()


def test_a_field_left_empty_is_told_and_nothing_typed_is_lost(client, submission, all_of_them):
    page = client.post(f"{all_of_them}sv/", sent(submission, title="")).content.decode()
    assert "Write a title." in page
    assert "Vi öppnar." in page
    assert not Translation.objects.exists()


def test_of_two_tabs_the_later_is_told_and_may_replace_the_other(client, submission, all_of_them):
    client.post(f"{all_of_them}sv/", sent(submission))
    later = client.post(f"{all_of_them}sv/", sent(submission, title="Mitt"))
    assert "saved elsewhere meanwhile" in later.content.decode()
    assert 'value="Mitt"' in later.content.decode()
    base = later.context["form"].base
    client.post(f"{all_of_them}sv/", sent(submission, title="Mitt", base=base))
    assert Translation.objects.get().title == "Mitt"


def test_it_is_of_the_version_that_stood_beside_it(client, submission, all_of_them):
    first = submission.latest
    submission.latest = VersionFactory(submission=submission, number=2, title="Newer", language="ar")
    submission.save()
    client.post(f"{all_of_them}sv/", sent(submission, of=first.pk))
    assert Translation.objects.get().of == first
    page = client.get(f"{all_of_them}sv/").content.decode()
    assert "Of an earlier text" in page
    assert "The original has changed here" in page


@pytest.mark.parametrize("of", ["", "x", "0", "9" * 17, "١"])
def test_an_odd_version_means_the_newest(client, submission, all_of_them, of):
    client.post(f"{all_of_them}sv/", sent(submission, of=of))
    assert Translation.objects.get().of == submission.latest


def test_removed_it_is_gone(client, submission, all_of_them):
    client.post(f"{all_of_them}sv/", sent(submission))
    client.post(f"{all_of_them}sv/", {"remove": "1"})
    assert not Translation.objects.exists()


@pytest.mark.parametrize("language", ["ar", "de", "xx", "mul"])
def test_other_languages_are_not_there(client, all_of_them, language):
    assert client.get(f"{all_of_them}{language}/").status_code == 404


def test_what_has_ended_is_not_translated(client, submission, all_of_them):
    type(submission).objects.update(status=Status.WITHDRAWN)
    assert client.get(all_of_them).status_code == 302
    answer = client.post(f"{all_of_them}sv/", sent(submission), follow=True)
    assert "no longer translated" in answer.content.decode()
    assert not Translation.objects.exists()


def test_each_phrase_of_the_rows_stands_beside_a_field_that_may_stay_empty(client, submission, all_of_them):
    Action.objects.create(version=submission.latest, what="دورات", unit="20")
    Exchange.objects.create(version=submission.latest, direction="offer", what="قاعة", amount="2")
    page = client.get(f"{all_of_them}sv/").content.decode()
    assert problems(page) == []
    assert 'lang="ar" dir="auto"><p>دورات</p>' in page
    assert "Offer 1: what" in page
    client.post(f"{all_of_them}sv/", sent(submission, phrase_0="", phrase_1="En sal"))
    assert Translation.objects.get().phrases == {"دورات": "", "قاعة": "En sal"}
    assert 'value="En sal"' in client.get(f"{all_of_them}sv/").content.decode()
