from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from wagtail.models import ModelLogEntry

from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.signals import submission_changed
from review import meetings, minutes
from review.decisions import decide
from review.interests import declare_conflict
from review.judgement import Overtaken
from review.meetings import Verdict, Words
from review.models import Decision, Meeting, MeetingCase, ReasonPhrase, Standing
from tests import factories


@pytest.fixture
def meeting(campaign, coordinator, reviewer, at) -> Meeting:
    people = {"chair": coordinator, "secretary": reviewer}
    meeting = Meeting.objects.create(
        campaign=campaign, title="Panel", starts_at=at, opened_at=at, place="Room 7", **people
    )
    meeting.present.set([coordinator, reviewer])
    return meeting


def taken(meeting, coordinator, at, *, number: int = 1) -> list[MeetingCase]:
    rows = factories.SubmissionFactory.create_batch(
        number, campaign=meeting.campaign, status=Status.IN_REVIEW
    )
    meetings.add_cases(meeting, rows, by=coordinator, at=at)
    return list(meeting.cases.all())


@pytest.fixture
def case(meeting, coordinator, at) -> MeetingCase:
    return taken(meeting, coordinator, at)[0]


def words(case: MeetingCase, notes: str = "Said.", score: str | None = None) -> Words:
    case.refresh_from_db()
    return Words(notes=notes, final_score=Decimal(score) if score else None, seen=meetings.stamp(case))


def test_cases_come_from_the_ranking_or_from_where_reviewers_disagree(meeting, campaign, coordinator, at):
    rows = factories.SubmissionFactory.create_batch(3, campaign=campaign, status=Status.IN_REVIEW)
    for row, mean, spread in zip(rows, (2, 4, 3), (3, 0, 4), strict=True):
        Standing.objects.create(submission=row, mean=mean, median=mean, spread=spread, reviews=2)
    assert list(meetings.candidates(meeting, coordinator)) == [rows[1], rows[2], rows[0]]
    assert list(meetings.disagreed_on(meeting, coordinator)) == [rows[2], rows[0]]
    assert meetings.add_cases(meeting, [rows[2], rows[0]], by=coordinator, at=at) == 2
    assert meetings.add_cases(meeting, [rows[0], rows[1]], by=coordinator, at=at) == 1
    assert [case.submission for case in meeting.cases.all()] == [rows[2], rows[0], rows[1]]


def test_what_is_recorded_says_who_was_in_the_room_and_decides(case, coordinator, reviewer, at):
    declare_conflict(case.submission, reviewer, at=at)
    verdict = Verdict(outcome="selected", reasons="Many gain.", language="en")
    meetings.record(case, words(case, score="4.25"), verdict, by=coordinator, at=at)
    case.refresh_from_db()
    recorded = (case.notes, case.final_score, case.outcome, case.handled_at)
    assert recorded == ("Said.", Decimal("4.25"), "selected", at)
    assert [list(case.present.all()), list(case.absent.all())] == [[coordinator], [reviewer]]
    decision = Decision.objects.get()
    facts = (decision.outcome, decision.reasons, decision.decided_by, decision.released_at)
    assert facts == ("selected", "Many gain.", coordinator, None)


def test_nothing_is_kept_of_a_decision_that_is_refused(case, coordinator, at):
    with pytest.raises(Refused):
        meetings.record(case, words(case), Verdict(outcome="selected", reasons=" "), by=coordinator, at=at)
    case.refresh_from_db()
    assert (case.notes, case.handled_at) == ("", None)


def test_notes_of_another_window_are_not_written_over_unseen(case, coordinator, at):
    seen = words(case, "First.")
    meetings.write(case, seen, by=coordinator, at=at)
    with pytest.raises(Overtaken):
        meetings.write(case, Words(notes="Other.", final_score=None, seen=seen.seen), by=coordinator, at=at)
    case.refresh_from_db()
    assert case.notes == "First."


@pytest.mark.parametrize("state", ["not opened", "closed", "conflict"])
def test_nobody_writes_outside_the_meeting_or_with_a_conflict(state, meeting, case, coordinator, at):
    if state == "conflict":
        declare_conflict(case.submission, coordinator, at=at)
    else:
        change = {"opened_at": None} if state == "not opened" else {"closed_at": at}
        Meeting.objects.filter(pk=meeting.pk).update(**change)
        case.meeting.refresh_from_db()
    for act in (meetings.reveal, lambda row, **who: meetings.write(row, words(row), **who)):
        with pytest.raises(Refused):
            act(case, by=coordinator, at=at)


def test_a_case_is_taken_off_until_it_is_dealt_with(case, coordinator, at):
    meetings.reveal(case, by=coordinator, at=at)
    case.refresh_from_db()
    with pytest.raises(Refused):
        meetings.drop_case(case, by=coordinator, at=at)
    MeetingCase.objects.update(revealed_at=None)
    meetings.drop_case(MeetingCase.objects.get(), by=coordinator, at=at)
    assert not MeetingCase.objects.exists()


@pytest.fixture
def screen(case):
    return reverse("desk:meeting_case", args=[case.meeting_id, case.pk])


def test_scores_are_shown_when_they_are_revealed_and_reasons_stay_typed(case, screen, coordinator, signed_in):
    Standing.objects.create(submission=case.submission, mean="3.21", median=3, spread=1, reviews=2)
    desk = signed_in(coordinator)
    assert "3.21" not in desk.get(screen).content.decode()
    sent = {"action": "reveal", "notes": "So far.", "seen": meetings.stamp(case), "reasons": "Half a rea"}
    page = desk.post(screen, sent).content.decode()
    assert all(words in page for words in ("3.21", "So far.", "Half a rea"))
    assert "3.21" in desk.get(screen).content.decode()


def test_the_screen_saves_by_itself_and_tells_of_another_window(case, screen, coordinator, signed_in):
    desk, seen = signed_in(coordinator), meetings.stamp(case)
    sent = {"action": "draft", "notes": "Said.", "seen": seen, "reasons": "Not yet"}
    answer = desk.post(screen, sent, headers={"Accept": "application/json"})
    case.refresh_from_db()
    assert answer.json()["seen"] == meetings.stamp(case)
    stale = desk.post(screen, sent | {"notes": "Other."}, headers={"Accept": "application/json"})
    assert stale.status_code == 409
    shown = desk.post(screen, {"notes": "Other.", "seen": seen, "action": "save"})
    assert shown.status_code == 422
    assert all(text in shown.content.decode() for text in ("What is stored", "Said.", "Other."))
    assert not Decision.objects.exists()


def test_who_declares_a_conflict_leaves_and_who_operates_is_told_who_may(
    case, screen, coordinator, reviewer, administrator, signed_in, at
):
    desk = signed_in(coordinator)
    sent = {"action": "leave", "person": reviewer.pk, "seen": meetings.stamp(case)}
    assert desk.post(screen, sent).status_code == 303
    assert list(meetings.leaving(case)) == [reviewer]
    other = factories.UserFactory(first_name="Olli", last_name="Other")
    other.groups.set(coordinator.groups.all())
    declare_conflict(case.submission, coordinator, at=at)
    answer = desk.get(screen)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Olli Other" in page
    assert case.submission.reference not in page
    assert case.submission.screened.title not in page
    assert (
        case.submission.reference
        not in desk.get(reverse("desk:meeting", args=[case.meeting_id])).content.decode()
    )


def test_the_minutes_say_all_and_leave_out_what_the_reader_may_not_see(
    meeting, coordinator, reviewer, signed_in, at
):
    first, second = taken(meeting, coordinator, at, number=2)
    declare_conflict(first.submission, reviewer, at=at)
    verdict = Verdict(outcome="reserve", reasons="Good.")
    meetings.record(first, words(first, score="3.5"), verdict, by=coordinator, at=at)
    declare_conflict(second.submission, coordinator, at=at)
    meetings.close_meeting(meeting, by=coordinator, at=at + timedelta(hours=1))
    meeting.refresh_from_db()
    made = minutes.of(meeting, coordinator)
    assert [(item.number, item.is_hidden, item.notes) for item in made.items] == [
        (1, False, "Said."),
        (2, True, ""),
    ]
    said = dict(made.items[0].facts)
    assert said["Final score"] == "3.50"
    assert said["Decision"] == "In reserve"
    assert said["Left the room because of a conflict of interest"] == str(reviewer)
    url = reverse("desk:take_minutes", args=[meeting.pk, "docx"])
    answer = signed_in(coordinator).get(url)
    text = "\n".join(row.text for row in Document(BytesIO(answer.content)).paragraphs)
    assert "Said." in text
    assert "Left out: you have a conflict of interest in it." in text
    assert second.submission.screened.title not in text


def test_the_minutes_are_a_pdf_or_a_plain_sentence(meeting, case, coordinator, signed_in):
    url = reverse("desk:take_minutes", args=[meeting.pk, "pdf"])
    answer = signed_in(coordinator).get(url, follow=True)
    is_pdf = answer.content.startswith(b"%PDF-")
    assert is_pdf or "There is no PDF just now." in answer.content.decode()


def test_a_meeting_is_made_opened_and_closed_at_the_desk(campaign, coordinator, signed_in):
    desk = signed_in(coordinator)
    row = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    people = {"chair": coordinator.pk, "secretary": coordinator.pk, "present": [coordinator.pk]}
    answer = desk.post(reverse("desk:meetings"), {"title": "P", "starts_at": "2026-12-01T10:00"} | people)
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == reverse("desk:meeting", args=[meeting.pk])
    added = {"source": "named", "reference": row.reference.lower()}
    assert desk.post(reverse("desk:add_cases", args=[meeting.pk]), added).status_code == 303
    for act in ("open_meeting", "close_meeting"):
        desk.post(reverse(f"desk:{act}", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert [case.submission for case in meeting.cases.all()] == [row]
    assert meeting.opened_at
    assert meeting.closed_at


@pytest.mark.parametrize("number", [2, 20])
def test_a_meeting_asks_as_much_for_twenty_cases(
    number, meeting, coordinator, signed_in, at, django_assert_num_queries
):
    taken(meeting, coordinator, at, number=number)
    desk = signed_in(coordinator)
    with django_assert_num_queries(16):
        desk.get(reverse("desk:meeting", args=[meeting.pk]))


def test_the_screen_asks_as_much_among_twenty_cases(meeting, coordinator, signed_in, at):
    desk = signed_in(coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("desk:meeting_case", args=[meeting.pk, meeting.cases.first().pk]))
        return len(queries)

    taken(meeting, coordinator, at, number=2)
    asked()  # the first one fills caches
    few = asked()
    taken(meeting, coordinator, at, number=18)
    assert [few, asked()] == [19, 19]


def test_an_erasure_empties_the_notes(case, coordinator, at):
    meetings.write(case, words(case, score="2"), by=coordinator, at=at)
    submission = Submission.objects.get(pk=case.submission_id)
    submission_changed.send(Submission, submission=submission, what="erasure", at=at)
    case.refresh_from_db()
    assert (case.notes, case.final_score) == ("", Decimal(2))


def test_changing_a_meeting_leaves_alone_that_another_has_opened_or_closed_it(meeting, coordinator, at):
    stale = Meeting.objects.get(pk=meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=at + timedelta(hours=1))
    change = {"present": [coordinator], "by": coordinator, "at": at}
    meetings.arrange(stale, {"place": "Hall"}, **change)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.opened_at) == ("Hall", at + timedelta(hours=1))
    assert list(meeting.present.all()) == [coordinator]
    meetings.close_meeting(meeting, by=coordinator, at=at)
    with pytest.raises(Refused):
        meetings.arrange(stale, {"place": "Elsewhere"}, **change)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.closed_at) == ("Hall", at)


def test_a_case_that_another_window_has_written_of_is_not_taken_off(case, coordinator, at):
    stale = MeetingCase.objects.get(pk=case.pk)
    meetings.record(case, words(case), None, by=coordinator, at=at)
    with pytest.raises(Refused):
        meetings.drop_case(stale, by=coordinator, at=at)
    MeetingCase.objects.all().delete()
    with pytest.raises(Refused):
        meetings.reveal(stale, by=coordinator, at=at)


def test_who_comes_after_a_case_was_dealt_with_was_not_there(case, meeting, coordinator, reviewer, at):
    meetings.record(case, words(case), None, by=coordinator, at=at)
    late = factories.UserFactory()
    meeting.present.set([coordinator, late])
    meetings.record(case, words(case, "More."), None, by=coordinator, at=at)
    assert set(case.present.all()) == {coordinator, reviewer}


def test_who_leaves_is_out_of_the_record_at_once_and_the_log_says_who_wrote_it(
    case, coordinator, reviewer, at
):
    meetings.record(case, words(case), None, by=coordinator, at=at)
    meetings.leave(case, words(case), reviewer, by=coordinator, at=at)
    assert [list(case.present.all()), list(case.absent.all())] == [[coordinator], [reviewer]]
    line = ModelLogEntry.objects.get(action="review.conflict")
    assert (line.user, line.data["person"]) == (coordinator, reviewer.pk)


def test_going_on_does_not_repeat_a_decision_that_was_made_elsewhere(
    case, screen, coordinator, reviewer, signed_in, at
):
    phrase = ReasonPhrase.objects.create(
        campaign=case.meeting.campaign, text="Many gain.", text_en="Many gain."
    )
    decide(case.submission, "selected", phrases=[phrase], by=reviewer, at=at)
    desk = signed_in(coordinator)
    page = desk.get(screen)
    assert "Many gain." in page.content.decode()
    assert page.context["form"].initial.keys() == {"notes", "final_score", "seen"}
    gone_on = {"action": "next", "notes": "Said.", "seen": meetings.stamp(case)}
    assert desk.post(screen, gone_on).status_code == 303
    case.refresh_from_db()
    assert (case.outcome, Decision.objects.get().decided_by) == ("", reviewer)
    confirmed = gone_on | {"outcome": "selected", "language": "en", "seen": meetings.stamp(case)}
    assert desk.post(screen, confirmed).status_code == 303
    more = meetings.Verdict(outcome="selected", reasons="And more.", language="en")
    meetings.record(case, words(case), more, by=coordinator, at=at)
    case.refresh_from_db()
    decision = Decision.objects.get()
    assert (case.outcome, decision.reasons) == ("selected", "And more.")
    assert [kept["phrase"] for kept in decision.phrases] == [phrase.pk]


def test_nothing_is_written_of_what_was_erased(case, coordinator, at):
    Submission.objects.filter(pk=case.submission_id).update(erased_at=at)
    with pytest.raises(Refused):
        meetings.write(case, words(case), by=coordinator, at=at)
