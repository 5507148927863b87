"""An extension is told once to everybody who holds a draft, by the ledger."""

from datetime import timedelta

import pytest

from campaign import extending
from campaign.extending import Asked
from campaign.models import Campaign
from home.mail import compose
from home.models import Mail
from pledges import actors
from pledges.extending import extend_call, holders
from pledges.handover import transfer
from pledges.models import Status, Submission, UnsentForm
from tests.factories import AT, CampaignFactory, SubmissionFactory, UnsentFormFactory, UserFactory

DAY = timedelta(days=1)


def draft(campaign, **fields):
    return SubmissionFactory(
        campaign=campaign, status=Status.DRAFT, submitted_at=None, confirmed_at=None, **fields
    )


def unsent(campaign, email: str, **fields) -> UnsentForm:
    return UnsentForm.objects.create(
        campaign=campaign,
        key=f"key-{UnsentForm.objects.count()}",
        email=email,
        language="en",
        created_at=AT,
        saved_at=AT,
        **fields,
    )


def extend(campaign, at, **kinds) -> int:
    now = Campaign.objects.get(pk=campaign.pk)
    closings = extending.present(now)
    closings |= kinds or {"": closings[""] + DAY}
    asked = Asked(closings=closings, seen=extending.fingerprint(now), moves_review=True)
    return extend_call(now, asked, by=UserFactory(), at=at)


def told() -> list[str]:
    return sorted(compose(mail).to[0] for mail in Mail.objects.filter(letter="call_extended"))


def test_every_holder_of_a_draft_is_written_to_once(campaign, at):
    for email in ("anna@example.org", "Anna@example.org", "ben@example.org"):
        draft(campaign, contact_email=email)
    unsent(campaign, "anna@example.org")
    unsent(campaign, "cecilia@example.org")
    unsent(campaign, "")
    SubmissionFactory(campaign=campaign, contact_email="sent@example.org")
    draft(CampaignFactory(), contact_email="elsewhere@example.org")
    draft(campaign, contact_email="erased@example.org", erased_at=at)
    assert holders(campaign, [""]) == 3
    assert extend(campaign, at) == 3
    assert [email.lower() for email in told()] == [
        "anna@example.org",
        "ben@example.org",
        "cecilia@example.org",
    ]


def test_the_letter_names_the_new_moment_and_every_draft_of_its_holder(campaign, at):
    first, second = (draft(campaign, contact_email="anna@example.org") for _ in range(2))
    extend(campaign, at)
    message = compose(Mail.objects.get(letter="call_extended"))
    assert message.subject == f"More time to send: {campaign.name}"
    assert "until Tue 15 Dec 2026 at 12.00 (Finnish time)" in message.body
    for part in (message.body, message.alternatives[0][0]):
        assert first.reference in part
        assert second.reference in part
        assert part.count("/en/mine/") >= 2


def test_who_has_sent_everything_meanwhile_is_not_written_to(campaign, at):
    submission = draft(campaign)
    extend(campaign, at)
    submission.status = Status.SUBMITTED
    submission.save()
    assert compose(Mail.objects.get(letter="call_extended")) is None


@pytest.mark.django_db
def test_only_holders_of_a_kind_that_was_extended_are_told(at):
    campaign = CampaignFactory(pledges_until=AT + DAY)
    draft(campaign, kind="pledge", contact_email="pledge@example.org")
    draft(campaign, kind="initiative", contact_email="initiative@example.org")
    extend(campaign, at, pledge=AT + 2 * DAY)
    assert told() == ["pledge@example.org"]


def test_who_has_begun_a_change_is_told_where_its_submission_is_now(campaign, at):
    for status in (Status.SUBMITTED, Status.WITHDRAWN):
        submission = SubmissionFactory(
            campaign=campaign, status=status, contact_email=f"{status}@example.org"
        )
        UnsentFormFactory(campaign=campaign, submission=submission, kind="pledge")
    extend(campaign, at)
    assert told() == ["submitted@example.org"]
    transfer(
        Submission.objects.get(status=Status.SUBMITTED),
        "New",
        "new@example.org",
        by=actors.coordinator(UserFactory()),
        at=at,
    )
    assert told() == ["new@example.org"]


def test_the_ledger_holds_no_address(campaign, at):
    draft(campaign, contact_email="anna@example.org")
    extend(campaign, at)
    mail = Mail.objects.get(letter="call_extended")
    assert "anna" not in f"{mail.key}{mail.data}"


def test_a_second_extension_is_told_again(campaign, at):
    draft(campaign)
    assert [extend(campaign, at), extend(campaign, at)] == [1, 1]
    assert Mail.objects.filter(letter="call_extended").count() == 2


@pytest.mark.parametrize("number", [2, 20])
def test_telling_twenty_takes_as_many_queries_as_telling_two(campaign, at, number, django_assert_num_queries):
    for _ in range(number):
        draft(campaign)
    person, now = UserFactory(), Campaign.objects.get()
    asked = Asked(closings={"": now.deadline + DAY}, seen=extending.fingerprint(now), moves_review=True)
    with django_assert_num_queries(23):
        extend_call(now, asked, by=person, at=at)
