"""Translations at the desk: read, passed, written and removed by coordinators."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges import actors, translating
from pledges.models import Action, Purpose, Status, Translation
from tests.factories import AT, AssignmentFactory, SubmissionFactory, VersionFactory
from tests.markup import problems

WORDS = {"title": "Ett kafé", "summary": "Kaffe.", "description": "Vi öppnar.", "novelty": "Nytt."}


@pytest.fixture
def submission(campaign):
    return SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT])


@pytest.fixture
def desk(signed_in, coordinator):
    return signed_in(coordinator)


def of(submission, language: str = "sv") -> str:
    return reverse("desk:translation", args=[submission.reference, language])


def page_of(submission) -> str:
    return reverse("desk:submission", args=[submission.reference])


def owner_s(submission) -> Translation:
    return translating.translate(
        submission, "sv", WORDS, of=submission.latest, base="", by=actors.OWNER, at=AT
    )


def test_a_waiting_translation_is_listed_among_newer_texts_read_and_passed(desk, submission):
    row = owner_s(submission)
    assert submission.reference in desk.get("/desk/submissions/?tab=newer").content.decode()
    page = desk.get(page_of(submission)).content.decode()
    assert problems(page) == []
    assert "Vi öppnar." in page
    answer = desk.post(of(submission), {"pass": row.stamp})
    assert (answer.status_code, answer["Location"]) == (303, f"{page_of(submission)}#translations")
    assert Translation.objects.get().passed_at
    assert submission.reference not in desk.get("/desk/submissions/?tab=newer").content.decode()


def test_another_one_than_was_read_is_not_passed(desk, submission):
    owner_s(submission)
    answer = desk.post(of(submission), {"pass": "1-of-another-time"})
    assert answer.status_code == 422
    assert "Read it before you pass it" in answer.content.decode()
    assert not Translation.objects.get().passed_at


def test_a_coordinator_s_own_is_passed_as_it_is_saved(desk, submission, coordinator):
    page = desk.get(of(submission)).content.decode()
    assert problems(page) == []
    assert submission.latest.description in page
    desk.post(of(submission), WORDS | {"of": submission.latest_id, "base": ""})
    row = Translation.objects.get()
    assert (row.title, row.translator, bool(row.passed_at)) == ("Ett kafé", coordinator, True)


def test_a_missing_field_is_told(desk, submission):
    answer = desk.post(of(submission), WORDS | {"of": submission.latest_id, "summary": ""})
    assert answer.status_code == 422
    assert "Write a summary" in answer.content.decode()


def test_it_can_be_removed(desk, submission):
    owner_s(submission)
    desk.post(of(submission), {"remove": "1"})
    assert not Translation.objects.exists()


def test_what_has_ended_is_shown_and_not_changed(desk, submission):
    owner_s(submission)
    type(submission).objects.update(status=Status.WITHDRAWN)
    page = desk.get(of(submission)).content.decode()
    assert "no longer translated" in page
    assert 'name="title"' not in page


def test_passing_the_submission_passes_what_stood_on_the_page(desk, campaign):
    sent = SubmissionFactory(campaign=campaign)
    owner_s(sent)
    page = desk.get(page_of(sent)).context["acts"][0]["form"]
    form = {
        "action": "pass",
        "pass-read": sent.latest_id,
        "pass-authority_check": "Called them.",
        "pass-translations": page["translations"].value(),
    }
    desk.post(page_of(sent), form)
    sent.refresh_from_db()
    assert (sent.status, bool(sent.translations.get().passed_at)) == (Status.IN_REVIEW, True)


@pytest.fixture
def assigned(submission, reviewer):
    """Given to a reviewer who reads Swedish."""
    reviewer.language = "sv"
    reviewer.save(update_fields=["language"])
    AssignmentFactory(submission=submission, reviewer=reviewer)
    return f"/desk/queue/{submission.reference}/"


def coordinators_own(submission, coordinator, **changes) -> Translation:
    made = {"of": submission.latest, "base": "", "by": actors.coordinator(coordinator), "at": AT}
    return translating.translate(submission, "sv", WORDS, **made | changes)


def test_a_reviewer_reads_the_passed_translation_and_is_told_so(
    signed_in, submission, reviewer, coordinator, assigned
):
    Action.objects.create(version=submission.latest, what="Courses", unit="hours", target=3)
    coordinators_own(submission, coordinator, phrases={"Courses": "Kurser"})
    browser = signed_in(reviewer)
    browser.get(assigned)
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(assigned).content.decode()
    assert len(queries) <= 20
    assert problems(page) == []
    assert '<h1 lang="sv" dir="auto">Ett kafé</h1>' in page
    assert '<span lang="sv" dir="auto">Kurser</span>' in page
    assert '<span lang="en" dir="auto">hours</span>' in page
    assert 'href="?text=en"' in page
    assert submission.latest.summary not in page


def test_the_original_is_one_click_away_and_stays_while_drafts_are_saved(
    signed_in, submission, reviewer, coordinator, assigned
):
    coordinators_own(submission, coordinator)
    browser = signed_in(reviewer)
    page = browser.get(f"{assigned}?text=en").content.decode()
    assert f'<h1 lang="en" dir="auto">{submission.latest.title}</h1>' in page
    assert 'href="?text=sv"' in page
    answer = browser.post(f"{assigned}?text=en", {"action": "draft", "version": submission.latest_id})
    assert (answer.status_code, answer["Location"]) == (303, f"{assigned}?text=en")


@pytest.mark.parametrize("asked", ["", "?text=sv", "?text=ar", "?text=%00", "?text=en&text=sv"])
def test_a_translation_that_nobody_has_passed_is_shown_to_no_reviewer(
    signed_in, submission, reviewer, assigned, asked
):
    owner_s(submission)
    page = signed_in(reviewer).get(assigned + asked).content.decode()
    assert "Vi öppnar." not in page
    assert 'class="origin"' not in page
    assert submission.latest.description in page


def test_where_the_translation_is_of_an_earlier_text_the_reviewer_reads_the_original(
    signed_in, submission, reviewer, coordinator, assigned
):
    earlier = VersionFactory(submission=submission, number=2, summary="Earlier words.")
    coordinators_own(submission, coordinator, of=earlier)
    page = signed_in(reviewer).get(assigned).content.decode()
    assert f'lang="en" dir="auto">{submission.latest.summary}</p>' in page
    assert "Vi öppnar." in page
