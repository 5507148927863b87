"""Receiving, with the moment passed in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from home.models import Mail
from pledges.consent import current_wordings
from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.submitting import Contact, Giver, Sending, receive
from pledges.versions import Text
from tests.factories import AT, CampaignFactory, ThemeFactory

OPENS_AT, CLOSES_AT = AT, AT + timedelta(days=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
def campaign(db):
    return CampaignFactory(phases=[("call", OPENS_AT, CLOSES_AT)])


@pytest.fixture
def sending(campaign) -> Sending:
    theme = ThemeFactory(campaign=campaign)
    return Sending(
        form_key="key",
        kind="pledge",
        text=Text(language="fi", title="T", summary="S", description="D", theme_id=theme.pk),
        giver=Giver(name="Naapurit ry", kind="association"),
        contact=Contact(contact_name="Maija", contact_email="maija@example.org"),
        consents=["text"],
        wordings=current_wordings(),
    )


@pytest.mark.parametrize(
    ("at", "status", "letter"),
    [
        (OPENS_AT - SECOND, Status.DRAFT, "draft_kept"),
        (OPENS_AT, Status.SUBMITTED, "confirm"),
        (CLOSES_AT - SECOND, Status.SUBMITTED, "confirm"),
        (CLOSES_AT, Status.DRAFT, "draft_kept"),
    ],
)
def test_the_moment_of_sending_counts_to_the_second(sending, campaign, at, status, letter):
    submission = receive(sending, campaign=campaign, language="fi", at=at)
    assert submission.status == status
    assert submission.created_at == at
    assert list(Mail.objects.values_list("letter", "created_at")) == [(letter, at)]


def test_the_same_form_at_the_same_moment_is_one(sending, campaign, at):
    first, second = (receive(sending, campaign=campaign, language="fi", at=at) for _time in range(2))
    assert first == second
    assert (Submission.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_draft_is_changed_by_its_form_even_when_the_call_is_over(sending, campaign):
    receive(sending, campaign=campaign, language="fi", at=CLOSES_AT)
    changed = replace(sending, kind="initiative", text=replace(sending.text, title="New"))
    draft = receive(changed, campaign=campaign, language="fi", at=CLOSES_AT + SECOND)
    assert (draft.status, draft.kind, draft.latest.title) == (Status.DRAFT, "initiative", "New")
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"contact": Contact(contact_name="Maija", contact_email="other@example.org")},
        {"giver": Giver(name="Other ry", kind="association")},
        {"kind": "initiative"},
    ],
)
def test_after_the_deadline_a_form_changes_nothing_of_what_was_sent(sending, campaign, change):
    sent = receive(sending, campaign=campaign, language="fi", at=CLOSES_AT - SECOND)
    before = Submission.objects.filter(pk=sent.pk).values().get()
    with pytest.raises(Refused, match="The call has closed"):
        receive(replace(sending, **change), campaign=campaign, language="fi", at=CLOSES_AT)
    assert Submission.objects.filter(pk=sent.pk).values().get() == before


def test_an_address_is_not_changed_for_ever(sending, campaign, at):
    def to(number: int) -> Sending:
        return replace(
            sending, contact=Contact(contact_name="M", contact_email=f"victim{number}@example.org")
        )

    for number in range(6):
        receive(to(number), campaign=campaign, language="fi", at=at)
    with pytest.raises(Refused, match="several times"):
        receive(to(7), campaign=campaign, language="fi", at=at)
    assert Mail.objects.count() == 6
