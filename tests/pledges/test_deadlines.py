"""The moment of the POST counts, as the worker that took it knows it; one form is one submission, whatever the clocks say."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.closing import not_open
from home.models import Mail
from pledges.forms import SubmitForm
from pledges.lifecycle import Refused
from pledges.models import Participation, Status, Submission
from pledges.submitting import Contact, Giver, Sending, receive
from pledges.versions import Text
from tests.factories import AT, CampaignFactory, ThemeFactory

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
DEADLINE = AT + 20 * DAY
PLEDGES = AT + 5 * DAY
SKEW = 2 * SECOND


def form(theme, *, kind: str = "pledge", key: str = "k" * 32, title: str = "A café") -> Sending:
    """One filled-in form."""
    text = Text(
        language="en",
        title=title,
        summary="Coffee.",
        description="We open.",
        novelty="New.",
        theme_id=theme.pk,
    )
    giver = Giver(name="Neighbours", kind="association")
    contact = Contact(contact_name="Maija", contact_email="maija@example.org")
    return Sending(form_key=key, kind=kind, text=text, giver=giver, contact=contact)


def sent(theme, at, **fields) -> Submission:
    return receive(form(theme, **fields), campaign=theme.campaign, language="en", at=at)


@pytest.mark.parametrize("kind", ["pledge", "initiative"])
@pytest.mark.parametrize(
    ("late", "status"), [(-SECOND, "submitted"), (0 * SECOND, "draft"), (SECOND, "draft")]
)
def test_a_form_is_sent_or_kept_as_a_draft_to_the_second(db, kind, late, status):
    theme = ThemeFactory(campaign=CampaignFactory(is_current=True, pledges_until=PLEDGES))
    deadline = {"pledge": PLEDGES, "initiative": DEADLINE}[kind]
    submission = sent(theme, deadline + late, kind=kind)
    assert submission.status == status
    assert Mail.objects.get().letter == {"submitted": "confirm", "draft": "draft_kept"}[status]


def test_a_refusal_names_the_moment_of_its_kind(db):
    campaign = CampaignFactory(pledges_until=PLEDGES)
    assert not_open(campaign, PLEDGES, kind="pledge") == (
        "The call for pledges closed on Sun 29 Nov 2026 at 12.00 (Finnish time). Your text is kept as a draft."
    )
    assert not_open(campaign, DEADLINE, kind="initiative").startswith(
        "The call for initiatives closed on Mon 14 Dec"
    )
    assert not_open(campaign, DEADLINE).startswith("The call closed on Mon 14 Dec")


def test_each_kind_tells_its_moment_where_it_is_chosen(db):
    campaign = CampaignFactory(pledges_until=PLEDGES)
    choices = dict(SubmitForm(campaign=campaign, at=PLEDGES, wordings={}).fields["kind"].choices)
    assert choices["pledge"].description.endswith("Closed on Sun 29 Nov 2026 at 12.00 (Finnish time).")
    assert choices["initiative"].description.endswith("Open until Mon 14 Dec 2026 at 12.00 (Finnish time).")


ORDERS = [
    # what the clocks of the two workers that are asked one after the other show, and where the submission ends
    pytest.param([-SECOND, SECOND], "submitted", id="taken, then late"),
    pytest.param([SECOND, -SECOND], "submitted", id="late by the fast clock, then taken by the slow one"),
    pytest.param([0 * SECOND, SKEW], "draft", id="late twice"),
    pytest.param([-SKEW, -SECOND], "submitted", id="taken twice"),
]


@pytest.mark.parametrize(("clocks", "status"), ORDERS)
def test_two_workers_whose_clocks_differ_make_one_submission_of_one_form(db, clocks, status):
    theme = ThemeFactory(campaign=CampaignFactory(is_current=True))
    for clock in clocks:
        sent(theme, DEADLINE + clock)
    submission = Submission.objects.get()
    assert (submission.status, submission.versions.count()) == (status, 1)
    assert Participation.objects.count() == 1


def test_what_was_taken_in_time_is_not_made_a_draft_by_a_faster_clock(db):
    theme = ThemeFactory(campaign=CampaignFactory(is_current=True))
    sent(theme, DEADLINE - SECOND)
    with pytest.raises(Refused):
        sent(theme, DEADLINE + SECOND, title="Other words")
    kept = Submission.objects.get()
    assert (kept.status, kept.latest.title) == (Status.SUBMITTED, "A café")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clocks=st.lists(st.integers(-4, 4), min_size=1, max_size=4))
def test_however_often_a_form_is_sent_it_is_one_submission_taken_when_one_clock_took_it(
    transactional_theme, clocks
):
    key = f"{Submission.objects.count():032}"
    for clock in clocks:
        receipt = sent(transactional_theme, DEADLINE + clock * SECOND, key=key)
    assert Submission.objects.filter(form_key=key).count() == 1
    assert (receipt.status == Status.SUBMITTED) is any(clock < 0 for clock in clocks)


@pytest.fixture
def transactional_theme(db):
    return ThemeFactory(campaign=CampaignFactory(is_current=True))


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_worker_takes_it_and_the_other_finds_it_late():
    theme = ThemeFactory(campaign=CampaignFactory(is_current=True))
    start, answers = Barrier(2), []

    def worker(clock) -> None:
        try:
            start.wait()
            answers.append(sent(theme, DEADLINE + clock).reference)
        finally:
            connection.close()

    threads = [Thread(target=worker, args=(clock,)) for clock in (-SECOND, SECOND)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    submission = Submission.objects.get()
    assert answers == [submission.reference] * 2
    assert submission.status == Status.SUBMITTED
