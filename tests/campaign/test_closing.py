"""The call closes for each kind at its moment, to the second, in whatever zone and over both changes of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaign.closing import closing_in_words, closings
from campaign.front import front
from campaign.kinds import Kind
from campaign.models import Campaign, Extension, Phase
from campaign.moments import in_words
from tests.factories import AT, CampaignFactory, laid_around

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
HELSINKI = ZoneInfo("Europe/Helsinki")


def unsaved(opens_at: datetime, closes_at: datetime, **fields) -> Campaign:
    """A campaign with a call, of which no database knows."""
    campaign = Campaign(**fields)
    campaign.__dict__["_phases"] = {"call": Phase(kind="call", opens_at=opens_at, closes_at=closes_at)}
    return campaign


@pytest.mark.parametrize(
    ("kind", "closes_at"), [("pledge", AT + 5 * DAY), ("initiative", AT + 20 * DAY), ("initiative", None)]
)
@pytest.mark.parametrize(("late", "accepted"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_each_kind_is_taken_until_its_own_moment_to_the_second(kind, closes_at, late, accepted):
    own = {"pledges_until": AT + 5 * DAY} | ({"initiatives_until": closes_at} if kind == "initiative" else {})
    campaign = unsaved(AT - DAY, AT + 20 * DAY, **own)
    deadline = closes_at or campaign.deadline
    assert campaign.deadline_of(kind) == deadline
    assert campaign.accepts(kind, deadline + late) is accepted
    assert campaign.is_past(kind, deadline + late) is not accepted


def test_an_own_moment_never_reaches_beyond_the_call():
    campaign = unsaved(AT - DAY, AT, pledges_until=AT + DAY)
    assert campaign.deadlines == {"pledge": AT, "initiative": AT}
    assert campaign.closes_together


# The last Sundays of October and of March, when Finland's clocks are turned.
BACK, FORTH = datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)


@pytest.mark.parametrize("turn", [BACK, FORTH])
@pytest.mark.parametrize("hours", [-25, -1, 0, 1, 25])
@pytest.mark.parametrize(("late", "accepted"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_a_change_of_clocks_moves_no_deadline(turn, hours, late, accepted):
    """Both moments are told in the campaign's zone, where an hour comes twice or not at all."""
    deadline = (turn + timedelta(hours=hours)).astimezone(HELSINKI)
    campaign = unsaved(turn - 9 * DAY, deadline)
    asked = (deadline.astimezone(UTC) + late).astimezone(HELSINKI)
    assert campaign.accepts("pledge", asked) is accepted


zones = [UTC, HELSINKI, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")]
around_the_turns = st.sampled_from([BACK, FORTH]).flatmap(
    lambda turn: st.integers(-7200, 7200).map(lambda seconds: turn + seconds * SECOND)
)
any_time = st.integers(0, 2 * 365 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + seconds * SECOND
)
moments = st.builds(datetime.astimezone, around_the_turns | any_time, st.sampled_from(zones))


@given(opens_at=moments, closes_at=moments, own=st.none() | moments, at=moments)
def test_a_kind_is_taken_exactly_from_the_opening_to_the_earlier_of_both_closings(
    opens_at, closes_at, own, at
):
    campaign = unsaved(opens_at, closes_at, initiatives_until=own)
    opens, closes, now = (moment.timestamp() for moment in (opens_at, closes_at, at))
    last = min(closes, own.timestamp()) if own else closes
    assert campaign.accepts("initiative", at) is (opens <= now < last)
    assert campaign.accepts("pledge", at) is (opens <= now < closes)
    if campaign.accepts("initiative", at):
        assert campaign.accepts("pledge", at)


@given(opens_at=moments, closes_at=moments, own=st.none() | moments, at=moments)
def test_nothing_changes_before_the_next_change(opens_at, closes_at, own, at):
    campaign = unsaved(opens_at, closes_at, pledges_until=own)
    change = campaign.next_change(at)
    for kind in Kind:
        before = campaign.accepts(kind, at)
        if change:
            assert campaign.accepts(kind, (change.astimezone(UTC) - timedelta(microseconds=1))) is before
        else:
            assert not before


def words(campaign: Campaign, at: datetime) -> list[str]:
    return [
        f"{row.label} {closing_in_words(row, campaign)} {row.left}".strip() for row in closings(campaign, at)
    ]


@pytest.mark.django_db
def test_one_moment_for_both_kinds_is_told_once():
    campaign = CampaignFactory()
    assert words(campaign, AT) == ["Open until Mon 14 Dec 2026 at 12.00 (Finnish time). 20 days"]


@pytest.mark.django_db
def test_two_moments_are_told_each_with_its_kind_the_earlier_first():
    campaign = CampaignFactory(initiatives_until=AT + DAY)
    assert words(campaign, AT + DAY) == [
        "Initiatives Closed on Wed 25 Nov 2026 at 12.00 (Finnish time).",
        "Pledges Open until Mon 14 Dec 2026 at 12.00 (Finnish time). 19 days",
    ]


@pytest.mark.django_db
def test_an_extension_is_told_from_the_first_closing_on():
    campaign = CampaignFactory(pledges_until=AT + DAY)
    for before, after, kind in (
        (AT + 10 * DAY, AT + 15 * DAY, ""),
        (AT + 15 * DAY, AT + 20 * DAY, ""),
        (AT, AT + DAY, "pledge"),
    ):
        Extension.objects.create(campaign=campaign, before=before, after=after, kind=kind, decided_at=AT)
    assert [(row.kind, row.before) for row in closings(campaign, AT)] == [
        ("pledge", AT),
        ("initiative", AT + 10 * DAY),
    ]


@pytest.fixture
def divided(db) -> Campaign:
    """The current campaign, where pledges close in two days and initiatives in twenty."""
    at = timezone.now()
    campaign = CampaignFactory(is_current=True, phases=laid_around(at), pledges_until=at + 2 * DAY)
    Extension.objects.create(
        campaign=campaign, before=at + DAY, after=campaign.pledges_until, kind="pledge", decided_at=at
    )
    return campaign


@pytest.mark.parametrize("address", ["/en/", "/en/faq/", "/en/submit/"])
def test_every_page_that_tells_the_deadline_tells_both_and_the_extension(client, divided, pages, address):
    page = pages["faq"]["en"]
    page.show_in_menus = True
    page.save()
    text = client.get(address).content.decode()
    for deadline in divided.deadlines.values():
        assert in_words(deadline, divided) in text
    before = divided.extensions.get().before
    told = f"Extended from {in_words(before, divided)} to {in_words(divided.pledges_until, divided)}."
    assert told in text


def test_no_cache_keeps_the_front_page_beyond_the_closing_of_one_kind(rf, divided):
    request = rf.get("/en/")
    front(request, divided, at=timezone.now())
    assert request.public_until == divided.pledges_until
