"""What is kept of a form that is not sent: whole, once, from every tab, and only as long as it is needed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledges import actors, unsent
from pledges.deadlines import EDITABLE
from pledges.endings import erase
from pledges.forms import SubmitForm
from pledges.forms.unsent import typed
from pledges.handover import transfer
from pledges.lifecycle import Refused
from pledges.models import Status, Submission, UnsentForm
from pledges.rows import KINDS
from pledges.unsent import AlreadySent, Draft, Kept, edit_key, fields_of, keep
from tests.factories import AT, SubmissionFactory, UserFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def draft(campaign) -> Draft:
    return Draft(
        key="form",
        typed=[["title", "A language café"]],
        tab="one",
        number=0,
        campaign=campaign,
        language="en",
    )


def says(draft: Draft, title: str, **changes: object) -> Draft:
    return replace(draft, typed=[["title", title]], **changes)


def titles(form: UnsentForm) -> list[str]:
    """The form's own title, and those that stand beside it, the newest first."""
    form.refresh_from_db()
    return [dict(data)["title"] for data in [form.data, *(text.data for text in unsent.others(form))]]


def test_one_tab_saves_one_row_as_often_as_it_likes(draft, at):
    first = keep(draft, at=at).form
    second = keep(says(draft, "A café"), at=at + MINUTE).form
    again = keep(says(draft, "A café"), at=at + 2 * MINUTE).form
    assert (first.pk, first.number, second.number, again.number) == (second.pk, 1, 2, 2)
    assert (titles(second), second.created_at, second.saved_at) == (["A café"], at, at + MINUTE)


def test_a_save_that_comes_twice_overtakes_nothing(draft, at):
    """Its answer was lost, so the tab does not know the newer number."""
    keep(draft, at=at)
    keep(says(draft, "A café"), at=at)
    assert keep(says(draft, "A café at noon"), at=at) == Kept(UnsentForm.objects.get())


@pytest.mark.parametrize("name", ["title", "organisation_name"])
def test_the_first_sensible_field_begins_a_draft(draft, at, name):
    assert keep(replace(draft, typed=[[name, "x"]]), at=at).form.number == 1


@pytest.mark.parametrize("data", [[], [["title", "  \r\n"]], [["summary", "Coffee"]]])
def test_nothing_is_kept_before_the_first_sensible_field(draft, at, data):
    with pytest.raises(Refused, match="Write a title"):
        keep(replace(draft, typed=data), at=at)
    assert not UnsentForm.objects.exists()


def test_what_was_begun_is_kept_when_its_title_is_emptied(draft, at):
    keep(draft, at=at)
    assert titles(keep(says(draft, ""), at=at).form) == [""]


def test_more_than_fits_is_refused_and_the_earlier_text_stays(draft, at):
    form = keep(draft, at=at).form
    with pytest.raises(Refused, match="longer than we can keep"):
        keep(says(draft, "x" * unsent.MOST_CHARACTERS), at=at)
    assert titles(form) == ["A language café"]


def test_a_form_that_was_sent_is_kept_no_more(draft, at):
    SubmissionFactory(form_key=draft.key)
    with pytest.raises(AlreadySent):
        keep(draft, at=at)


def test_the_later_of_two_tabs_is_told_and_both_texts_are_kept(draft, at):
    form = keep(draft, at=at).form
    keep(says(draft, "Of the phone", tab="phone", number=1), at=at)
    late = keep(says(draft, "Of the desktop", tab="desktop", number=1), at=at)
    assert (late.is_overtaken, late.form.number) == (True, 2)
    assert titles(form) == ["Of the phone", "Of the desktop"]


def test_what_the_told_tab_writes_on_is_kept_in_its_one_place(draft, at):
    form = keep(draft, at=at).form
    for words in ("Yours", "Yours, longer", "Yours, done"):
        assert keep(says(draft, words, tab="two"), at=at).is_overtaken
    assert titles(form) == ["A language café", "Yours, done"]


def test_the_told_tab_goes_on_and_the_other_text_stands_beside(draft, at):
    form = keep(draft, at=at).form
    keep(says(draft, "Yours", tab="two"), at=at)
    assert not keep(says(draft, "Yours, done", tab="two", number=1), at=at).is_overtaken
    assert titles(form) == ["Yours, done", "A language café"]
    assert keep(says(draft, "Mine again"), at=at).is_overtaken
    assert titles(form) == ["Yours, done", "Mine again"]


def test_who_opened_the_newest_text_overtakes_nobody(draft, at):
    form = keep(draft, at=at).form
    assert not keep(says(draft, "Gone on", tab="desktop", number=1), at=at).is_overtaken
    assert titles(form) == ["Gone on"]


def test_who_does_not_say_what_was_opened_loses_nobody_s_text(draft, at):
    form = keep(draft, at=at).form
    assert not keep(says(draft, "From a program", tab="other", number=None), at=at).is_overtaken
    assert titles(form) == ["From a program", "A language café"]


def test_only_the_newest_texts_of_very_many_tabs_are_kept(draft, at):
    form = keep(draft, at=at).form
    for number in range(unsent.MOST_TEXTS + 3):
        keep(says(draft, f"Of {number}", tab=f"tab-{number}"), at=at + number * MINUTE)
    assert titles(form)[1:] == [f"Of {number}" for number in reversed(range(3, unsent.MOST_TEXTS + 3))]


def test_a_text_is_taken_over_and_back(draft, at):
    form = keep(draft, at=at).form
    keep(says(draft, "Yours", tab="two"), at=at)
    for expected in (["Yours", "A language café"], ["A language café", "Yours"]):
        unsent.take_over(form, form.texts.get().pk, at=at)
        assert titles(form) == expected
    assert form.number == 3
    with pytest.raises(Refused, match="no longer here"):
        unsent.take_over(form, 0, at=at)


def test_what_is_sent_takes_the_place_of_what_was_kept(draft, at):
    keep(draft, at=at)
    unsent.give_way(draft)
    unsent.give_way(draft)
    assert not UnsentForm.objects.exists()


def test_sending_an_older_text_is_refused_once(draft, at):
    keep(draft, at=at)
    stale = says(draft, "Yours", tab="two")
    with pytest.raises(Refused, match="Both texts are kept"):
        unsent.give_way(stale)
    told = keep(stale, at=at)
    unsent.give_way(replace(stale, number=told.form.number))
    assert not UnsentForm.objects.exists()


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ([], ("", "")),
        (
            [["kind", "initiative"], ["contact_email", " maija@example.org "]],
            ("initiative", "maija@example.org"),
        ),
        ([["kind", "nonsense"], ["contact_email", "maija@"]], ("", "")),
        ([["contact_email", f"maija@{'x' * 300}.org"]], ("", "")),
    ],
)
def test_kind_and_address_are_read_as_far_as_they_are_whole(draft, at, typed, facts):
    form = keep(replace(draft, typed=[*draft.typed, *typed]), at=at).form
    assert (form.kind, form.email) == facts


def test_another_address_wants_reminders_whoever_had_it_before_did_not(draft, at):
    form = keep(draft, at=at).form
    UnsentForm.objects.update(wants_reminders=False)
    keep(says(draft, "Other title"), at=at)
    form.refresh_from_db()
    assert not form.wants_reminders
    keep(replace(draft, typed=[*draft.typed, ["contact_email", "new@example.org"]]), at=at)
    form.refresh_from_db()
    assert form.wants_reminders


def test_a_change_keeps_no_address_of_its_own(draft, campaign, at):
    submission = SubmissionFactory(campaign=campaign, kind="initiative", contact_email="a@b.fi")
    typed = [["contact_email", "other@example.org"]]
    form = keep(replace(draft, key=edit_key(submission), submission=submission, typed=typed), at=at).form
    assert (form.kind, form.email) == ("initiative", "")
    assert unsent.of_submission(submission) == form
    assert unsent.number_of(campaign) == 0


@pytest.fixture
def change(draft, campaign) -> Draft:
    submission = SubmissionFactory(campaign=campaign)
    return replace(draft, key=edit_key(submission), submission=submission)


@pytest.mark.parametrize("status", sorted(set(Status) - EDITABLE))
def test_a_change_of_what_is_settled_is_not_kept(change, status, at):
    Submission.objects.update(status=status)
    with pytest.raises(Refused, match="no longer be changed"):
        keep(change, at=at)
    assert not UnsentForm.objects.exists()


def test_a_change_that_crosses_an_erasure_leaves_nothing(change, at):
    Submission.objects.update(status=Status.WITHDRAWN)
    erase(change.submission, by=actors.coordinator(UserFactory()), at=at)
    with pytest.raises(Refused):
        keep(change, at=at)
    assert not UnsentForm.objects.exists()


def test_a_change_that_crosses_a_handover_is_not_kept(change, at):
    by = actors.coordinator(UserFactory())
    transfer(Submission.objects.get(), "New", "new@example.org", by=by, at=at)
    with pytest.raises(Refused, match="replaced by a newer one"):
        keep(change, at=at)
    assert not UnsentForm.objects.exists()


@pytest.mark.parametrize("act", [unsent.renew, lambda form: unsent.take_over(form, 1, at=AT)])
@pytest.mark.parametrize("is_sent", [True, False])
def test_of_a_form_that_is_gone_or_has_another_link_nothing_is_done(draft, act, is_sent, at):
    form = keep(draft, at=at).form
    if is_sent:
        unsent.give_way(draft)
    else:
        unsent.renew(form)
    with pytest.raises(UnsentForm.DoesNotExist):
        act(form)


def test_a_new_link_closes_the_old_pages_too(draft, at):
    form = keep(draft, at=at).form
    renewed = unsent.renew(form)
    assert renewed.link_key != form.link_key
    keep(says(draft, "From the old page"), at=at)
    assert titles(renewed) == ["A language café"]
    assert UnsentForm.objects.count() == 2


def test_every_field_that_is_written_in_is_kept_and_no_machinery():
    rows = [
        f"{name}-3-{field}" for name, (formset, _row) in KINDS.items() for field in formset.form.base_fields
    ]
    wanted = sorted({*SubmitForm.base_fields, "consent_text", "wording_text", "actions-TOTAL_FORMS", *rows})
    machinery = ["form_key", "tab", "save_number", "homepage_url", "csrfmiddlewaretoken", "add_row", "x" * 99]
    data = QueryDict(mutable=True)
    data.update(dict.fromkeys([*wanted, *machinery], "x"))
    assert sorted(name for name, _value in typed(data)) == [name for name in wanted if name != "authorised"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(max_size=200),
    description=st.text(max_size=2000),
    regions=st.lists(st.text(max_size=10), max_size=5),
)
def test_whatever_is_typed_comes_back_as_it_was(draft, title, description, regions):
    fields = QueryDict(mutable=True)
    fields["title"], fields["organisation_name"] = title, "x"
    fields["description"] = description
    fields.setlist("regions", regions)
    moment = datetime.fromisoformat("2026-11-24T10:00:00+00:00")
    UnsentForm.objects.all().delete()
    form = keep(replace(draft, typed=typed(fields)), at=moment).form
    form.refresh_from_db()
    back = fields_of(form.data)
    assert (back["title"], back["description"]) == (storable(title), storable(description))
    assert back.getlist("regions") == [storable(text) for text in regions]


def storable(text: str) -> str:
    """All but what no database takes: NUL, and halves of characters."""
    return "".join(sign for sign in text if sign != "\0" and not "\ud800" <= sign <= "\udfff")
