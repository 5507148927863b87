"""The page where a submission is read and scored: saving while one writes, skipping, abstaining, the end of the phase."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.models import Phase
from review import aside
from review.models import Assignment, CriterionPoint, Review
from tests import factories

JSON = {"accept": "application/json"}
WHY = "I do not know this field."


@pytest.fixture
def url(assigned, criteria) -> str:
    return reverse("desk:review", args=[assigned.reference])


@pytest.fixture
def desk(signed_in, reviewer):
    return signed_in(reviewer)


@pytest.fixture
def sent(assigned) -> dict:
    return {"version": assigned.screened_id, "seen": "", "comment": "Clear.", "action": "draft"}


@pytest.fixture
def ended(campaign) -> None:
    campaign.phases.filter(kind=Phase.Kind.REVIEW).update(closes_at=timezone.now())


def text(response) -> str:
    return response.content.decode()


def test_a_draft_is_saved_as_one_writes_and_hands_in_over_itself(desk, url, sent, criteria):
    first = desk.post(url, sent, headers=JSON)
    assert (first.status_code, first.json()["sentence"][:15]) == (200, "Draft saved at ")
    second = desk.post(url, sent | {"comment": "Clearer.", "seen": first.json()["seen"]}, headers=JSON)
    points = {f"points_{criterion.pk}": "3" for criterion in criteria}
    last = {"comment": "Clearest.", "action": "hand_in", "seen": second.json()["seen"]}
    assert desk.post(url, sent | points | last).status_code == 303
    assert Review.objects.get().comment == "Clearest."


def test_a_script_is_told_of_another_window(desk, url, sent):
    desk.post(url, sent)
    answer = desk.post(url, sent | {"comment": "Older."}, headers=JSON)
    assert (answer.status_code, "another window" in answer.json()["sentence"]) == (409, True)
    assert Review.objects.get().comment == "Clear."


def test_a_script_is_told_why_nothing_was_saved(desk, url, sent):
    answer = desk.post(url, sent | {"comment": "x" * 4001}, headers=JSON)
    assert (answer.status_code, "4000" in answer.json()["sentence"]) == (422, True)
    assert not Review.objects.exists()


def test_what_was_written_when_the_time_ended_stands_there_to_be_copied(desk, url, sent, ended):
    told = desk.post(url, sent, headers=JSON).json()["sentence"]
    assert "The time for reviews has ended." in told
    page = desk.post(url, sent | {"action": "hand_in"})
    assert page.status_code == 422
    assert "to be copied" in text(page)
    assert 'data-copy="Clear."' in text(page)
    assert 'value="hand_in"' not in text(page)


def test_after_the_end_a_draft_is_read_and_said_not_to_count(desk, url, sent, campaign):
    desk.post(url, sent)
    campaign.phases.filter(kind=Phase.Kind.REVIEW).update(closes_at=timezone.now())
    page = text(desk.get(url))
    assert "was not handed in, and does not count" in page
    assert "Clear." in page
    assert "<textarea" not in page


def test_skipping_keeps_what_was_written_and_goes_on(desk, url, sent, assigned):
    answer = desk.post(url, sent | {"action": "skip"})
    assert answer["Location"] == reverse("desk:next") + f"?after={assigned.reference}"
    assert Review.objects.get().comment == "Clear."
    assert "You skipped this" in text(desk.get(url))
    assert "skipped" in text(desk.get(reverse("desk:queue")))
    desk.post(reverse("desk:take_up", args=[assigned.reference]))
    assert Assignment.objects.get().skipped_at is None


def test_skipping_what_was_not_begun_makes_no_draft(desk, url, sent):
    desk.post(url, sent | {"action": "skip", "comment": ""})
    assert not Review.objects.exists()
    assert Assignment.objects.get().skipped_at


def test_abstaining_asks_why_and_coordinators_read_it(desk, assigned, url, signed_in, coordinator):
    act = reverse("desk:abstain", args=[assigned.reference])
    refused = desk.post(act, {"abstain-reason": " "})
    assert refused.status_code == 422
    assert 'id="id_abstain-reason_error"' in text(refused)
    assert desk.post(act, {"abstain-reason": WHY}).status_code == 303
    assert WHY in text(desk.get(url))
    assert "Abstained" in text(desk.get(reverse("desk:queue"), {"tab": "abstained"}))
    page = signed_in(coordinator).get(reverse("desk:submission", args=[assigned.reference]))
    assert WHY in text(page)
    desk.post(reverse("desk:resume", args=[assigned.reference]))
    assert 'value="hand_in"' in text(desk.get(url))


def test_who_abstained_does_not_see_the_others(desk, url, assigned, reviewer, other_reviewer, at):
    factories.ReviewFactory(
        submission=assigned, reviewer=other_reviewer, total="4.44", handed_in_at=at, comment="Splendid."
    )
    aside.abstain(assigned, reviewer, reason=WHY, at=at)
    assert "Splendid." not in text(desk.get(url))


def test_all_guidance_stands_on_the_page_before_anything_is_chosen(desk, url, criteria):
    CriterionPoint.objects.create(criterion=criteria[0], points=5, guidance="Everybody gains.")
    assert '<dl class="guidance"><dt>5</dt><dd>Everybody gains.</dd></dl>' in text(desk.get(url))


def test_single_keys_are_switched_off_and_on_for_the_person(desk, url, reviewer):
    keys = reverse("desk:single_keys")
    assert "data-keys-wanted checked" in text(desk.get(url))
    assert desk.post(keys, headers=JSON).json() == {"sentence": "Single keys are off."}
    assert "data-keys-wanted checked" not in text(desk.get(url))
    assert desk.post(keys, {"single_keys": "on"})["Location"] == reverse("desk:queue")
    reviewer.refresh_from_db()
    assert reviewer.single_keys


def test_the_queue_is_filtered_by_state_and_searched(desk, assigned, campaign, reviewer):
    other = factories.SubmissionFactory(campaign=campaign, status="in_review", text__title="A garden")
    factories.AssignmentFactory(submission=other, reviewer=reviewer)
    queue = reverse("desk:queue")
    assert "To do (2)" in text(desk.get(queue))
    assert "Nothing stands here" in text(desk.get(queue, {"tab": "draft"}))
    found = text(desk.get(queue, {"tab": "to_do", "q": "garden"}))
    assert ("A garden" in found, assigned.reference in found) == (True, False)
    assert "Nothing of yours has these words" in text(desk.get(queue, {"q": "castle\0"}))


def test_own_points_stand_beside_all_after_the_first_review(desk, assigned, reviewer, at):
    mine = reverse("desk:mine")
    assert "Hand in your first review" in text(desk.get(mine))
    factories.ReviewFactory(submission=assigned, reviewer=reviewer, total="3.70", handed_in_at=at)
    page = text(desk.get(mine))
    assert '<svg class="bar shares-bar"' in page
    assert "at least three people" in page
