"""The table of transitions, whole: every status, every transition, every role."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from campaign.models import PublicItem
from home.models import Mail
from pledges import actors
from pledges.actors import Actor, Role
from pledges.attachments import change_refusal
from pledges.deadlines import CONFIRM_WITHIN, own_deadline
from pledges.late_links import give_late_link
from pledges.lifecycle import TRANSITIONS, Refused, allowed, perform, refusal
from pledges.models import Purpose, Status, Submission
from pledges.revisions import edit_refusal
from pledges.signals import submission_changed
from tests.factories import AT, CampaignFactory, SubmissionFactory, UserFactory, VersionFactory

SECOND = timedelta(seconds=1)

# What may happen to a confirmed submission while the call is on, by status and role. Everything else is refused.
OWNERS = {
    "draft": {"submit": "submitted", "withdraw": "withdrawn"},
    "submitted": {"withdraw": "withdrawn"},
    "returned": {"submit": "submitted", "withdraw": "withdrawn"},
    "in_review": {"withdraw": "withdrawn"},
    "selected": {"withdraw": "withdrawn"},
    "reserve": {"withdraw": "withdrawn"},
    "declined": {"withdraw": "withdrawn"},
    "withdrawn": {},
    "ineligible": {},
    "spam": {},
}
COORDINATORS = {
    "draft": {},
    "submitted": {"pass": "in_review", "return": "returned", "reject": "ineligible", "mark_spam": "spam"},
    "returned": {"reject": "ineligible"},
    "in_review": {
        "return": "returned",
        "reject": "ineligible",
        "select": "selected",
        "reserve": "reserve",
        "decline": "declined",
    },
    "selected": {"correct_reserve": "reserve", "correct_decline": "declined"},
    "reserve": {"select": "selected", "decline": "declined"},
    "declined": {"correct_select": "selected", "correct_reserve": "reserve"},
    "withdrawn": {},
    "ineligible": {"restore": "submitted"},
    "spam": {"restore": "submitted"},
}
SYSTEMS = {status: {} for status in OWNERS} | {"draft": {"suspect": "spam"}}
BY_ROLE = {
    Role.OWNER: OWNERS,
    Role.COORDINATOR: COORDINATORS,
    Role.PARTNER: {status: {} for status in OWNERS},
    Role.SYSTEM: SYSTEMS,
}


@pytest.fixture
def coordinator(db) -> Actor:
    return actors.coordinator(UserFactory())


def actor(role: Role) -> Actor:
    return actors.coordinator(UserFactory()) if role is Role.COORDINATOR else Actor(role)


def attempt(submission: Submission, name: str, by: Actor, at) -> str | None:
    """The status after the transition, or None when it was refused and nothing changed."""
    before = Submission.objects.filter(pk=submission.pk).values().get()
    try:
        after = perform(submission, name, by=by, at=at)
    except Refused:
        assert Submission.objects.filter(pk=submission.pk).values().get() == before
        return None
    assert Submission.objects.get(pk=submission.pk).status == after.status
    return after.status


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize("status", Status.values)
def test_every_status_every_transition_every_role(status, name, role, campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    by = actor(role)
    expected = BY_ROLE[role][status].get(name)
    assert (name in allowed(submission, by=by, at=at)) is (expected is not None)
    assert (refusal(submission, name, by=by, at=at) is None) is (expected is not None)
    assert attempt(submission, name, by, at) == expected


@pytest.mark.parametrize("status", Status.values)
def test_buttons_ask_the_same_table(status, campaign, at):
    submission = SubmissionFactory(campaign=campaign, status=status)
    for role, table in BY_ROLE.items():
        assert set(allowed(submission, by=actor(role), at=at)) == set(table[status])


@pytest.mark.parametrize("name", ["pass", "return", "reject"])
def test_nobody_screens_what_its_sender_has_not_confirmed(name, campaign, coordinator, at):
    submission = SubmissionFactory(campaign=campaign, confirmed_at=None)
    with pytest.raises(Refused, match="has not confirmed"):
        perform(submission, name, by=coordinator, at=at)


REFUSALS = [
    (
        "submit",
        {"status": "submitted"},
        actors.OWNER,
        "This is not possible while the submission is in the status",
    ),
    ("pass", {}, actors.OWNER, "This is not yours to do."),
    ("withdraw", {"status": "spam"}, actors.OWNER, "in the status “Spam”."),
    ("expire", {}, actors.SYSTEM, "The e-mail address has been confirmed."),
    (
        "expire",
        {"confirmed_at": None},
        actors.SYSTEM,
        "The sender still has time to confirm the e-mail address.",
    ),
    (
        "submit",
        {"status": "returned", "correction_until": AT - SECOND, "campaign__phases": []},
        actors.OWNER,
        "The time for correcting this submission has ended.",
    ),
    (
        "submit",
        {"status": "draft", "campaign__phases": []},
        actors.OWNER,
        "The call is not open. Your text is kept as a draft.",
    ),
    (
        "submit",
        {"status": "draft", "campaign__phases": [("call", AT - 9 * SECOND, AT)]},
        actors.OWNER,
        "The call closed on Tue 24 Nov 2026 at 12.00 (Finnish time). Your text is kept as a draft.",
    ),
    (
        "submit",
        {"status": "draft", "campaign__phases": [("call", AT + SECOND, AT + 9 * SECOND)]},
        actors.OWNER,
        "The call opens on Tue 24 Nov 2026 at 12.00 (Finnish time). Your text is kept as a draft.",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "fields", "by", "sentence"), REFUSALS)
def test_a_refusal_is_a_sentence_for_the_reader(name, fields, by, sentence, at):
    with pytest.raises(Refused) as refused:
        perform(SubmissionFactory(**fields), name, by=by, at=at)
    assert sentence in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("opens_at - 1 s", "draft"),
        ("opens_at", "submitted"),
        ("closes_at - 1 s", "submitted"),
        ("closes_at", "draft"),
    ],
)
def test_the_call_is_open_to_the_second(moment, status):
    opens_at, closes_at = AT, AT + timedelta(days=30)
    at = eval(
        moment.replace("1 s", "SECOND"), {"opens_at": opens_at, "closes_at": closes_at, "SECOND": SECOND}
    )
    campaign = CampaignFactory(phases=[("call", opens_at, closes_at)])
    submission = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    attempt(submission, "submit", actors.OWNER, at)
    submission.refresh_from_db()
    assert submission.status == status


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "expected"), [(-SECOND, "submitted"), (timedelta(0), None), (SECOND, None)])
@pytest.mark.parametrize("status", ["returned", "draft"])
def test_a_correction_has_its_own_end_to_the_second(status, late, expected):
    until = AT + timedelta(days=60)
    campaign = CampaignFactory(phases=[("call", AT - timedelta(days=30), AT)])
    submission = SubmissionFactory(campaign=campaign, status=status, correction_until=until)
    assert attempt(submission, "submit", actors.OWNER, until + late) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "is_in_time"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_a_return_ends_when_it_says_while_the_call_is_still_open(late, is_in_time, campaign):
    at, until = AT + timedelta(days=3) + late, AT + timedelta(days=3)
    submission = SubmissionFactory(campaign=campaign, status=Status.RETURNED, correction_until=until)
    assert campaign.accepts("pledge", at)
    assert (edit_refusal(submission, at=at) is None) is is_in_time
    assert (change_refusal(submission, at=at) is None) is is_in_time
    assert own_deadline(submission, at=at) == (until if is_in_time else None)
    assert attempt(submission, "submit", actors.OWNER, at) == ("submitted" if is_in_time else None)


@pytest.mark.parametrize("days", [3, 30])
@pytest.mark.parametrize(("late", "is_in_time"), [(-SECOND, True), (timedelta(0), False)])
def test_a_late_link_only_adds_time_to_a_draft(days, late, is_in_time, campaign):
    """The call may be extended after the link was given, and then lasts longer than it."""
    submission = SubmissionFactory(
        campaign=campaign, status=Status.DRAFT, correction_until=AT + timedelta(days=days)
    )
    end = max(campaign.deadline, submission.correction_until)
    assert own_deadline(submission, at=end + late) == (end if is_in_time else None)
    assert attempt(submission, "submit", actors.OWNER, end + late) == ("submitted" if is_in_time else None)


@pytest.mark.django_db
@pytest.mark.parametrize(("early", "expected"), [(SECOND, None), (timedelta(0), "draft")])
def test_what_nobody_confirms_expires_after_72_hours_to_the_second(early, expected):
    submission = SubmissionFactory(submitted_at=AT, confirmed_at=None)
    assert attempt(submission, "expire", actors.SYSTEM, AT + CONFIRM_WITHIN - early) == expected


def test_performing_saves_moment_and_facts_logs_tells_and_refreshes(campaign, coordinator, at):
    submission = SubmissionFactory(campaign=campaign)
    heard = []
    submission_changed.connect(
        lambda **news: heard.append((news["submission"].status, news["what"])), weak=False
    )
    try:
        perform(
            submission,
            "return",
            by=coordinator,
            at=at,
            reason="Say when.",
            correction_until=at + timedelta(days=3),
        )
    finally:
        submission_changed.receivers.pop()
    submission.refresh_from_db()
    assert (submission.status, submission.status_at) == (Status.RETURNED, at)
    assert (submission.reason, submission.correction_until) == ("Say when.", at + timedelta(days=3))
    entry = ModelLogEntry.objects.get(action="pledges.return")
    assert (entry.user, entry.timestamp, entry.data) == (coordinator.user, at, {})
    assert list(Mail.objects.values_list("letter", "reference")) == [("returned", submission.reference)]
    assert heard == [("returned", "status")]


def test_sending_again_ends_the_time_for_correcting(campaign, at):
    submission = SubmissionFactory(
        campaign=campaign, status="returned", correction_until=at + timedelta(days=3)
    )
    sent = perform(submission, "submit", by=actors.OWNER, at=at)
    assert (sent.correction_until, sent.submitted_at) == (None, at)


def test_what_the_coordinator_read_is_screened_and_a_newer_text_waits(campaign, coordinator, at):
    submission = SubmissionFactory(campaign=campaign)
    read_version = submission.latest
    newer = VersionFactory(submission=submission, number=2, title="Newer")
    Submission.objects.filter(pk=submission.pk).update(latest=newer)
    passed = perform(submission, "pass", by=coordinator, at=at, read=read_version)
    assert (passed.screened, passed.latest, passed.is_unread()) == (read_version, newer, True)


def test_passing_publishes_and_withdrawing_takes_it_back(campaign, coordinator, at):
    submission = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    perform(submission, "pass", by=coordinator, at=at)
    assert PublicItem.objects.get().reference == submission.reference
    perform(submission, "withdraw", by=actors.OWNER, at=at)
    assert not PublicItem.objects.exists()
    assert Mail.objects.get().letter == "withdrawn"


def test_a_late_link_lets_one_draft_be_sent_until_its_own_end(coordinator, at):
    campaign = CampaignFactory(phases=[("call", at - timedelta(days=9), at)])
    draft = SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    with pytest.raises(Refused, match="The call closed on"):
        perform(draft, "submit", by=actors.OWNER, at=at)
    given = give_late_link(draft, at + timedelta(days=1), by=coordinator, at=at)
    assert perform(given, "submit", by=actors.OWNER, at=at).status == Status.SUBMITTED
    assert Mail.objects.get().letter == "late_link"


@pytest.mark.parametrize(
    ("status", "until", "sentence"),
    [
        (Status.DRAFT, AT, "Choose a moment to come."),
        (Status.SUBMITTED, AT + SECOND, "Only a draft or what was returned can be given more time."),
    ],
)
def test_a_late_link_is_refused_in_a_sentence(status, until, sentence, campaign, coordinator, at):
    with pytest.raises(Refused, match=sentence):
        give_late_link(SubmissionFactory(campaign=campaign, status=status), until, by=coordinator, at=at)


def test_only_a_coordinator_gives_late_links(campaign, at):
    with pytest.raises(Refused, match="not yours"):
        give_late_link(SubmissionFactory(campaign=campaign), at + SECOND, by=actors.OWNER, at=at)


def test_every_letter_of_the_table_is_registered():
    from home.mail import _letters

    assert {transition.letter for transition in TRANSITIONS.values()} - {""} <= set(_letters)


def test_every_transition_leads_to_a_status_in_words():
    from pledges.statuses import IN_WORDS

    assert set(IN_WORDS) == set(Status)


@pytest.mark.parametrize("source", Submission.Source.values)
def test_only_what_came_otherwise_is_entered_by_a_coordinator(campaign, at, source):
    submission = SubmissionFactory(campaign=campaign, status=Status.DRAFT, source=source)
    is_refused = refusal(submission, "enter", by=actors.coordinator(UserFactory()), at=at) is not None
    assert is_refused is (source == "web")
