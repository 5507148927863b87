"""Pictures and documents at the desk: looked at and passed by coordinators, read by reviewers."""

import pytest
from django.urls import reverse

from pledges.attachments import Described, describe
from pledges.models import Status
from tests.factories import DAY, AssignmentFactory, AttachmentFactory, SubmissionFactory, VersionFactory


@pytest.fixture
def submission(campaign):
    return SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)


@pytest.fixture
def files(submission, at):
    return [
        AttachmentFactory(submission=submission, description="A passed hall", passed_at=at),
        AttachmentFactory(submission=submission, description="A new hall", name="Portrait of Zoe.png"),
    ]


def page(client, submission, name: str = "submission") -> str:
    return client.get(reverse(f"desk:{name}", args=[submission.reference])).content.decode()


def post(client, submission, name: str, *more, **data):
    return client.post(reverse(f"desk:{name}", args=[submission.reference, *more]), data)


def passed(submission) -> list[str]:
    return [row.description for row in submission.attachments.passed()]


def test_a_coordinator_sees_all_and_passes_what_is_new(signed_in, coordinator, submission, files):
    desk = signed_in(coordinator)
    text = page(desk, submission)
    assert "A passed hall" in text
    assert "New: others do not see it yet" in text
    assert "Zoe" not in text
    answer = post(desk, submission, "pass_files", files=[files[1].pk])
    assert answer["Location"].endswith("#files")
    assert "1 file is passed." in page(desk, submission)
    assert passed(submission) == ["A passed hall", "A new hall"]
    assert "Pass the new files" not in page(desk, submission)


def test_what_came_after_the_screening_is_listed_and_counted_until_it_is_passed(
    signed_in, coordinator, submission, files
):
    desk, listed = signed_in(coordinator), reverse("desk:submissions") + "?tab=newer"
    assert submission.reference in desk.get(listed).content.decode()
    assert "something new to pass" in desk.get(reverse("desk:home")).content.decode()
    post(desk, submission, "pass_files", files=[files[1].pk])
    assert submission.reference not in desk.get(listed).content.decode()
    again = Described(description="The same hall, in other words", shows_minors=False)
    describe(files[0], again, at=submission.campaign.deadline - DAY)
    assert submission.reference in desk.get(listed).content.decode()


@pytest.mark.parametrize("asked", [[], ["x"], ["-1"], ["9" * 30], ["999"]])
def test_nonsense_passes_nothing(signed_in, coordinator, submission, files, asked):
    assert post(signed_in(coordinator), submission, "pass_files", files=asked).status_code == 303
    assert passed(submission) == ["A passed hall"]


def test_one_that_came_meanwhile_is_not_passed_unseen(signed_in, coordinator, campaign):
    sent = SubmissionFactory(campaign=campaign)
    seen = AttachmentFactory(submission=sent, description="Seen")
    desk = signed_in(coordinator)
    assert f'name="pass-files" value="{seen.pk}"' in page(desk, sent)
    AttachmentFactory(submission=sent, description="Unseen")
    data = {"action": "pass", "pass-authority_check": "Called", "pass-read": sent.latest_id}
    post(desk, sent, "submission", **data, **{"pass-files": [seen.pk]})
    sent.refresh_from_db()
    assert sent.status == Status.IN_REVIEW
    assert passed(sent) == ["Seen"]


def test_a_newer_text_is_passed_with_the_files_that_came_with_it(signed_in, coordinator, submission, files):
    newer = VersionFactory(submission=submission, number=2)
    submission.latest = newer
    submission.save()
    desk = signed_in(coordinator)
    assert "Pass the newer text and files" in page(desk, submission)
    post(desk, submission, "pass_text", version=newer.pk, files=[files[1].pk])
    assert passed(submission) == ["A passed hall", "A new hall"]


def test_a_file_is_taken_back(signed_in, coordinator, submission, files):
    desk = signed_in(coordinator)
    post(desk, submission, "take_back_file", files[0].pk)
    assert passed(submission) == []
    other = SubmissionFactory(campaign=submission.campaign, status=Status.IN_REVIEW)
    assert post(desk, other, "take_back_file", files[0].pk).status_code == 404


def test_before_screening_files_are_passed_with_the_submission_only(signed_in, coordinator, campaign):
    sent = SubmissionFactory(campaign=campaign)
    row = AttachmentFactory(submission=sent)
    desk = signed_in(coordinator)
    assert "Pass the new files" not in page(desk, sent)
    post(desk, sent, "pass_files", files=[row.pk])
    assert "has been screened" in page(desk, sent)
    assert passed(sent) == []


def test_a_reviewer_sees_what_was_passed_with_its_words(signed_in, reviewer, submission, files):
    AssignmentFactory(submission=submission, reviewer=reviewer)
    desk = signed_in(reviewer)
    text = page(desk, submission, "review")
    assert "A passed hall" in text
    assert "A new hall" not in text
    assert "Take it back" not in text
    answer = desk.get(reverse("desk:file", args=[submission.reference, files[0].pk]))
    expected = f'inline; filename="{submission.reference}-{files[0].pk}.png"'
    assert answer["Content-Disposition"] == expected
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert desk.get(reverse("desk:file", args=[submission.reference, files[1].pk])).status_code == 404
