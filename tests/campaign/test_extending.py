"""The call is extended in public, once for all, and never shortened."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from campaign import extending
from campaign.extending import Asked, CannotExtend, extend
from campaign.models import Campaign, Extension
from home.models import PublicVersion, User
from tests.factories import AT, CampaignFactory, UserFactory

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
CLOSES, REVIEWED = AT + 20 * DAY, AT + 50 * DAY


@pytest.fixture
def person(db) -> User:
    return UserFactory()


def asked(campaign: Campaign, closes_at=None, *, moves_review: bool = True, **kinds) -> Asked:
    closings = extending.present(campaign) | kinds | ({"": closes_at} if closes_at else {})
    return Asked(closings=closings, seen=extending.fingerprint(campaign), moves_review=moves_review)


def dates(campaign: Campaign) -> dict:
    fresh = Campaign.objects.get(pk=campaign.pk)
    return fresh.deadlines | {"review": fresh.phase("review").opens_at}


def test_extending_moves_the_dates_writes_a_row_and_moves_every_cached_page(campaign, person, at):
    before = PublicVersion.current()
    extend(campaign, asked(campaign, CLOSES + DAY), by=person, at=at)
    assert dates(campaign) == {"pledge": CLOSES + DAY, "initiative": CLOSES + DAY, "review": CLOSES + DAY}
    row = Extension.objects.get()
    assert (row.kind, row.before, row.after, row.decided_at) == ("", CLOSES, CLOSES + DAY, at)
    entry = ModelLogEntry.objects.get(action="campaign.extend")
    assert (entry.user, entry.timestamp, entry.data) == (person, at, {"kinds": [""]})
    assert PublicVersion.current() > before


def test_a_kind_with_its_own_moment_is_extended_alone_or_with_the_call(person, at):
    campaign = CampaignFactory(pledges_until=AT + 5 * DAY)
    extend(campaign, asked(campaign, pledge=AT + 6 * DAY), by=person, at=at)
    assert dates(campaign)["pledge"] == AT + 6 * DAY
    assert dates(campaign)["initiative"] == CLOSES
    again = Campaign.objects.get(pk=campaign.pk)
    extend(again, asked(again, CLOSES + DAY, pledge=AT + 7 * DAY), by=person, at=at)
    assert dates(campaign)["pledge"] == AT + 7 * DAY
    assert [(row.kind, row.after) for row in Extension.objects.order_by("kind", "pk")] == [
        ("", CLOSES + DAY),
        ("pledge", AT + 6 * DAY),
        ("pledge", AT + 7 * DAY),
    ]


@pytest.mark.parametrize(
    ("closes_at", "moves_review", "sentence"),
    [
        (CLOSES - SECOND, True, "never shortened"),
        (CLOSES, True, "Choose a later moment than the present one."),
        (CLOSES + SECOND, False, "The review opens on Mon 14 Dec 2026 at 12.00."),
        (REVIEWED, True, "The review ends on Wed 13 Jan 2027 at 12.00. Give it more time first."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_to_the_second(
    campaign, person, at, closes_at, moves_review, sentence
):
    before = dates(campaign)
    with pytest.raises(CannotExtend, match=sentence):
        extend(campaign, asked(campaign, closes_at, moves_review=moves_review), by=person, at=at)
    assert dates(campaign) == before
    assert not Extension.objects.exists()


@pytest.mark.parametrize(("after", "taken"), [(-SECOND, False), (timedelta(0), False), (SECOND, True)])
def test_a_closed_call_is_opened_again_only_for_a_time_to_come(campaign, person, after, taken):
    now = CLOSES + DAY
    try:
        extend(campaign, asked(campaign, now + after), by=person, at=now)
    except CannotExtend:
        assert not taken
    assert Campaign.objects.get().accepts("pledge", now) is taken


def test_no_kind_is_taken_after_the_call(person, at):
    campaign = CampaignFactory(pledges_until=AT + 5 * DAY)
    with pytest.raises(CannotExtend, match="Extend the call as well."):
        extend(campaign, asked(campaign, pledge=CLOSES + SECOND), by=person, at=at)


def test_where_there_is_no_review_the_next_phase_is_not_reached_into(person, at):
    campaign = CampaignFactory(phases=[("call", AT - DAY, AT + DAY), ("results", AT + 2 * DAY, AT + 3 * DAY)])
    with pytest.raises(CannotExtend, match="Results may not open before Call has closed."):
        extend(campaign, asked(campaign, AT + 3 * DAY), by=person, at=at)
    extend(campaign, asked(campaign, AT + 2 * DAY), by=person, at=at)


def test_the_review_stays_where_the_call_does_not_reach_it(person, at):
    campaign = CampaignFactory(phases=[("call", AT - DAY, AT + DAY), ("review", AT + 9 * DAY, AT + 10 * DAY)])
    extend(campaign, asked(campaign, AT + 9 * DAY, moves_review=False), by=person, at=at)
    assert dates(campaign)["review"] == AT + 9 * DAY


def test_of_two_who_extend_at_once_the_second_is_told(campaign, person, at):
    first, second = asked(campaign, CLOSES + DAY), asked(campaign, CLOSES + 2 * DAY)
    extend(campaign, first, by=person, at=at)
    with pytest.raises(CannotExtend, match="The dates have changed meanwhile."):
        extend(campaign, second, by=person, at=at)
    assert Extension.objects.count() == 1


def test_without_a_call_there_is_nothing_to_extend(person, at):
    campaign = CampaignFactory(phases=[])
    assert extending.present(campaign) == {}
    with pytest.raises(CannotExtend):
        extend(campaign, Asked(closings={}, seen=""), by=person, at=at)
