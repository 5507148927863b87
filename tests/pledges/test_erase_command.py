import pytest
from django.core.management import CommandError, call_command

from pledges.models import Status
from tests.factories import SubmissionFactory, UserFactory


def test_an_operator_erases_in_a_coordinators_name(campaign, coordinator, capsys):
    submission = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN)
    call_command("erase", submission.reference.lower(), by=coordinator.email.upper())
    submission.refresh_from_db()
    assert submission.erased_at is not None
    assert capsys.readouterr().out == f"{submission} is erased.\n"


@pytest.mark.parametrize(
    ("status", "known", "reference", "sentence"),
    [
        (Status.IN_REVIEW, True, None, "Only what has ended can be erased"),
        (Status.WITHDRAWN, True, "KL-0000-0001", "There is no submission"),
        (Status.WITHDRAWN, False, None, "is not a coordinator"),
    ],
)
def test_a_refusal_is_a_sentence(campaign, coordinator, status, known, reference, sentence):
    submission = SubmissionFactory(campaign=campaign, status=status)
    person = coordinator if known else UserFactory()
    with pytest.raises(CommandError, match=sentence):
        call_command("erase", reference or submission.reference, by=person.email)
