"""At the desk a submission goes to another contact person, and partners are shown with how they stand."""

import pytest
from django.urls import reverse

from home.models import Mail
from pledges.models import Status, Submission
from pledges.partner_acts import State
from tests.factories import PartnerFactory, SubmissionFactory, VersionFactory
from tests.markup import problems


@pytest.fixture
def submission(campaign) -> Submission:
    return SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, second_name="Second", second_email="second@example.org"
    )


def page(name: str, submission: Submission) -> str:
    return reverse(f"desk:{name}", args=[submission.reference])


def test_the_second_contact_stands_in_the_form_and_gets_the_submission(signed_in, coordinator, submission):
    official = signed_in(coordinator)
    shown = official.get(page("submission", submission)).content.decode()
    assert problems(shown) == []
    assert 'value="second@example.org"' in shown
    typed = {"transfer-name": "Second", "transfer-email": "second@example.org"}
    told = official.post(page("transfer", submission), typed, follow=True).content.decode()
    assert "The new contact person gets a letter" in told
    assert "Transferred to another contact person" in told
    submission.refresh_from_db()
    assert submission.contact_email == "second@example.org"
    assert Mail.objects.get().letter == "transferred"


def test_what_is_wrong_is_said_and_kept(signed_in, coordinator, submission):
    typed = {"transfer-name": "New", "transfer-email": "new@"}
    answer = signed_in(coordinator).post(page("transfer", submission), typed)
    assert answer.status_code == 422
    assert problems(answer.content.decode()) == []
    assert 'value="new@"' in answer.content.decode()
    assert not Mail.objects.exists()


def test_partners_are_shown_with_their_answers_and_only_the_confirmed_beside_the_text(
    signed_in, coordinator, submission
):
    invited = PartnerFactory(submission=submission, organisation__name="The Invited")
    PartnerFactory(submission=submission, state=State.CONFIRMED, organisation__name="The Confirmed")
    submission.latest = VersionFactory(submission=submission, number=2)
    submission.save()
    shown = signed_in(coordinator).get(page("submission", submission)).content.decode()
    assert problems(shown) == []
    assert shown.count("The Invited") == 1
    assert shown.count("The Confirmed") == 2
    assert invited.contact_email in shown
    assert "Confirmed version 1; the text is now version 2." in shown
