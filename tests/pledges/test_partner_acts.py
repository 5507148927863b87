"""The table of what may be done with a partner's part, whole: every state, every act, every role, to the second."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.models import Campaign
from pledges.actors import Actor, Role
from pledges.lifecycle import Refused
from pledges.models import Participation, Status, Submission
from pledges.partner_acts import ACTS, MOST_REMINDERS, PAUSE, State, allowed, confirm_until, refusal
from pledges.partners import perform
from tests.factories import AT, CampaignFactory, PartnerFactory, SubmissionFactory, VersionFactory

SECOND = timedelta(seconds=1)

# What may be done while the call is on, by state and role, and the state afterwards. Everything else is refused.
LEADS = {
    "requested": {"accept": "invited", "turn_down": "removed"},
    "invited": {"remind": "invited", "remove": "removed"},
    "confirmed": {"remove": "removed", "offer_lead": "confirmed"},
    "declined": {"remove": "removed"},
    "removed": {"invite": "invited"},
}
PARTNERS = {
    "requested": {},
    "invited": {"confirm": "confirmed", "decline": "declined"},
    "confirmed": {"correct": "confirmed", "decline": "declined"},
    "declined": {"confirm": "confirmed"},
    "removed": {},
}
NOBODYS = {state: {} for state in State.values}
BY_ROLE = {
    Role.OWNER: LEADS,
    Role.PARTNER: PARTNERS,
    Role.COORDINATOR: NOBODYS,
    Role.SYSTEM: NOBODYS,
}
LEAD, PARTNER = Actor(Role.OWNER), Actor(Role.PARTNER)
IN_TIME_ONLY = {("requested", "accept"), ("removed", "invite"), ("invited", "remind")} | {
    (state, "confirm") for state in ("invited", "declined")
}


def attempt(part: Participation, name: str, by: Actor, at) -> str | None:
    """The state after the act, or None when it was refused and nothing changed."""
    before = Participation.objects.filter(pk=part.pk).values().get()
    try:
        after = perform(part, name, by=by, at=at)
    except Refused:
        assert Participation.objects.filter(pk=part.pk).values().get() == before
        return None
    assert Participation.objects.get(pk=part.pk).state == after.state
    return after.state


@pytest.fixture
def submission(campaign: Campaign) -> Submission:
    return SubmissionFactory(campaign=campaign)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("state", State.values)
def test_every_state_every_act_every_role(state, name, role, submission, at):
    part, by = PartnerFactory(submission=submission, state=state), Actor(role)
    expected = BY_ROLE[role][state].get(name)
    assert (name in allowed(part, by=by, at=at)) is (expected is not None)
    assert attempt(part, name, by, at) == expected


@pytest.mark.parametrize("name", ["keep_lead", "take_lead", "offer_lead"])
def test_only_an_offered_lead_is_taken_or_kept(name, submission, at):
    part = PartnerFactory(submission=submission, state=State.CONFIRMED, lead_offered_at=at)
    done = attempt(part, name, Actor(ACTS[name].by), at)
    assert done == (None if name == "offer_lead" else "confirmed")


def test_one_partner_is_asked_to_lead_at_a_time(submission, at):
    first, second = (PartnerFactory(submission=submission, state=State.CONFIRMED) for _ in range(2))
    perform(first, "offer_lead", by=LEAD, at=at)
    perform(second, "offer_lead", by=LEAD, at=at)
    offered = Participation.objects.exclude(lead_offered_at=None)
    assert list(offered) == [second]


def test_nobody_is_asked_to_lead_whom_no_letter_reaches(submission, at):
    part = PartnerFactory(submission=submission, state=State.CONFIRMED, contact_email="")
    assert refusal(part, "offer_lead", by=LEAD, at=at) == "We have no address of this partner."


@pytest.mark.parametrize("name", ACTS)
def test_the_lead_s_own_part_is_no_partner_s(name, submission, at):
    lead = submission.participations.get()
    assert "not yours" in refusal(lead, name, by=Actor(ACTS[name].by), at=at)


LIVE = {"draft", "submitted", "returned", "in_review", "selected", "reserve", "declined"}


@pytest.mark.parametrize("status", Status.values)
def test_once_the_submission_has_ended_a_partner_can_only_leave(status, campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    for state in State.values:
        part = PartnerFactory(submission=submission, state=state)
        for role, table in BY_ROLE.items():
            expected = set(table[state]) if status in LIVE else set(table[state]) & {"decline"}
            assert set(allowed(part, by=Actor(role), at=at)) == expected


def test_nothing_is_done_with_what_was_erased(campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN, erased_at=timezone.now())
    for state in State.values:
        part = PartnerFactory(submission=submission, state=state)
        for role in Role:
            assert allowed(part, by=Actor(role), at=at) == []
        assert "erased" in refusal(part, "decline", by=PARTNER, at=at)


@pytest.mark.parametrize("own_date", [None, timedelta(days=35)])
@pytest.mark.parametrize("state", State.values)
def test_the_date_for_confirming_holds_to_the_second(state, own_date, campaign, at):
    if own_date:
        campaign.partners_until = at + own_date
        campaign.save()
    submission = SubmissionFactory(campaign=campaign)
    part = PartnerFactory(submission=submission, state=state)
    until = confirm_until(campaign)
    assert until == (campaign.partners_until or campaign.deadline)
    for role, table in BY_ROLE.items():
        before, after = (set(allowed(part, by=Actor(role), at=moment)) for moment in (until - SECOND, until))
        assert before == set(table[state])
        assert before - after == {name for name in table[state] if (state, name) in IN_TIME_ONLY}


def test_the_refusal_says_until_when_it_was(campaign, submission):
    part = PartnerFactory(submission=submission)
    sentence = refusal(part, "confirm", by=PARTNER, at=campaign.deadline)
    assert sentence == "Partners could confirm until Mon 14 Dec 2026 at 12.00 (Finnish time)."


def test_a_campaign_without_a_call_takes_no_partners(db, at):
    part = PartnerFactory(submission=SubmissionFactory(campaign=CampaignFactory(phases=[])))
    assert "no call" in refusal(part, "confirm", by=PARTNER, at=at)


def test_a_confirmed_partner_confirms_a_newer_text_even_late(submission, campaign):
    part = PartnerFactory(submission=submission, state=State.CONFIRMED)
    assert refusal(part, "confirm", by=PARTNER, at=AT) == "You have confirmed this text already."
    submission.latest = VersionFactory(submission=submission, number=2, title="Another")
    submission.save()
    assert attempt(part, "confirm", PARTNER, campaign.deadline + PAUSE) == "confirmed"


def test_reminders_are_few_and_far_between(submission, at):
    part = PartnerFactory(submission=submission, asked_at=at - PAUSE + SECOND)
    assert "short while ago" in refusal(part, "remind", by=LEAD, at=at)
    moment = at + SECOND
    for _ in range(MOST_REMINDERS):
        assert refusal(part, "remind", by=LEAD, at=moment) is None
        part = perform(part, "remind", by=LEAD, at=moment)
        assert refusal(part, "remind", by=LEAD, at=moment + PAUSE - SECOND)
        moment += PAUSE
    assert "several times" in refusal(part, "remind", by=LEAD, at=moment)


def test_removing_and_inviting_again_is_no_way_around_the_limit(submission, at):
    part = perform(PartnerFactory(submission=submission), "remind", by=LEAD, at=at)
    part = perform(part, "remove", by=LEAD, at=at)
    assert "short while ago" in refusal(part, "invite", by=LEAD, at=at + SECOND)
    part = perform(part, "invite", by=LEAD, at=at + PAUSE)
    assert part.reminders == 2


@pytest.mark.parametrize("name", ["offer_lead", "take_lead"])
def test_no_lead_is_handed_over_before_the_sender_is_known(name, campaign, at):
    submission = SubmissionFactory(campaign=campaign, confirmed_at=None)
    part = PartnerFactory(submission=submission, state=State.CONFIRMED, lead_offered_at=at)
    assert "has not confirmed" in refusal(part, name, by=Actor(ACTS[name].by), at=at)
