"""The ledger of consents: who agreed to what, when, in which words."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.models import PublicItem
from pledges import consent, publishing
from pledges.models import Consent, ConsentWording, Purpose, Status, Submission
from pledges.signals import submission_changed
from pledges.surfaces import in_force, opened
from tests.factories import SubmissionFactory


@pytest.fixture
def lead(campaign):
    return SubmissionFactory(campaign=campaign).participations.get()


def acts() -> list[tuple]:
    return list(Consent.objects.order_by("pk").values_list("purpose", "given", "language", "wording__number"))


def test_every_purpose_has_its_first_wording_in_three_languages(db):
    assert set(consent.current_wordings()) == set(Purpose)
    for wording in consent.current_wordings().values():
        assert len({wording.in_language(code) for code in ("fi", "sv", "en")}) == 3


def test_acts_are_added_for_what_changed_and_nothing_is_edited(lead, at):
    day = timedelta(days=1)
    assert consent.record(lead, ["text", "social"], language="fi", at=at)
    assert not consent.record(lead, ["social", "text"], language="fi", at=at + day)
    assert consent.record(lead, ["text", "reuse"], language="sv", at=at + 2 * day)
    assert acts() == [
        ("social", True, "fi", 1),
        ("text", True, "fi", 1),
        ("reuse", True, "sv", 1),
        ("social", False, "sv", 1),
    ]
    assert in_force(lead.submission) == {lead.pk: {Purpose.TEXT, Purpose.REUSE}}


def test_an_act_keeps_the_words_that_were_on_the_screen(lead, at):
    seen = consent.current_wordings()
    ConsentWording.objects.create(purpose=Purpose.TEXT, number=2, text="New words")
    consent.record(lead, ["text"], wordings=seen, language="en", at=at)
    assert acts() == [("text", True, "en", 1)]
    consent.record(lead, [], language="en", at=at)
    assert acts()[1] == ("text", False, "en", 1)


def test_what_is_agreed_to_in_newer_words_is_an_act_of_its_own(lead, at):
    consent.record(lead, ["text", "social"], language="en", at=at)
    older = consent.current_wordings()
    ConsentWording.objects.create(purpose=Purpose.TEXT, number=2, text="New words")
    assert not consent.record(lead, ["text", "social"], wordings=older, language="en", at=at)
    assert consent.record(lead, ["text", "social"], language="en", at=at)
    assert acts()[2:] == [("text", True, "en", 2)]


def test_what_is_not_asked_stays_in_the_words_it_was_agreed_in(lead, at):
    consent.record(lead, ["text", "social"], language="en", at=at)
    ConsentWording.objects.create(purpose=Purpose.TEXT, number=2, text="New words")
    asked = {Purpose.SOCIAL: consent.current_wordings()[Purpose.SOCIAL]}
    assert not consent.record(lead, ["text", "social"], wordings=asked, language="en", at=at)


# What a giver ticks, one save after another, and by how much the clock of the worker that took it is wrong.
SAVES = st.lists(
    st.tuples(st.sets(st.sampled_from(Purpose)), st.integers(min_value=-2, max_value=2)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves=SAVES)
def test_what_was_saved_last_holds_whatever_the_clocks_say(campaign, at, saves):
    submission = SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    lead = submission.participations.get()
    for wanted, skew in saves:
        consent.record(lead, wanted, language="en", at=at + timedelta(seconds=skew))
        is_public = PublicItem.objects.filter(reference=submission.reference).exists()
        row = Submission.objects.annotate(allows=publishing.lead_allows_the_text()).get(pk=submission.pk)
        assert in_force(submission).get(lead.pk, frozenset()) == wanted
        assert row.allows is is_public is (Purpose.TEXT in wanted)
    times = [(act.purpose, act.given) for act in Consent.objects.filter(participation=lead)]
    assert all(times.count((purpose, True)) - times.count((purpose, False)) in (0, 1) for purpose in Purpose)


def test_the_log_names_purposes_and_the_signal_is_sent(lead, at):
    from wagtail.models import ModelLogEntry

    heard = []

    def hear(submission, what, at, **more):
        heard.append((submission, what, at))

    submission_changed.connect(hear)
    consent.record(lead, ["text"], language="en", at=at)
    consent.record(lead, ["text"], language="en", at=at)
    submission_changed.disconnect(hear)
    assert heard == [(lead.submission, "consent", at)]
    assert ModelLogEntry.objects.get(action="pledges.consent").data == {"purposes": ["text"]}


OPENED = {
    "text": set(),
    "organisation": {"names", "logos"},
    "social": {"stream", "share"},
    "contact": {"relay"},
    "reuse": {"open_data_text"},
}


@pytest.mark.parametrize("purpose", Purpose)
def test_each_purpose_opens_its_surfaces_and_without_the_text_none(purpose):
    site = {"site", "search", "programme", "documents"}
    assert opened({purpose, Purpose.TEXT}) == site | OPENED[purpose]
    assert opened(set(Purpose) - {Purpose.TEXT}) == opened({purpose} - {Purpose.TEXT}) == set()
