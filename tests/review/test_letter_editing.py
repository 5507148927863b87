"""Letters of decision are edited one by one: a note, and comments that a coordinator has chosen."""

from dataclasses import replace

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.mail import compose
from home.models import Mail
from review import feedback, letters, scoring
from review.decisions import Outcome, decide, edit_letter
from review.judgement import Judgement
from review.models import Decision, Procedure, Review
from review.releasing import release
from tests import factories

NOTE = "Please call us."


@pytest.fixture
def decided(in_review, coordinator, at):
    decide(in_review, Outcome.DECLINED, reasons="Too wide.", by=coordinator, at=at)
    return in_review


@pytest.fixture
def comments(decided, reviewer, other_reviewer, at) -> list[Review]:
    """Two reviews with comments, of which the second reviewer has a conflict of interest by now."""
    rows = [
        factories.ReviewFactory(
            submission=decided, reviewer=person, comment=comment, total=4, handed_in_at=at
        )
        for person, comment in ((reviewer, "Name the partners."), (other_reviewer, "I know them."))
    ]
    factories.ConflictFactory(submission=decided, person=other_reviewer)
    return rows


@pytest.fixture
def gives_feedback(campaign) -> Procedure:
    return Procedure.objects.create(campaign=campaign, gives_feedback=True)


def parts(letter) -> tuple[str, str]:
    return letter.body, letter.alternatives[0][0]


def test_a_note_and_chosen_comments_stand_in_the_preview_and_in_the_letter(
    decided, comments, gives_feedback, campaign, coordinator, reviewer, signed_in, at
):
    desk, url = signed_in(coordinator), reverse("desk:edit_letter", args=[decided.reference])
    name = decided.reference
    assert f"{name}-feedback" in desk.get(reverse("desk:letters")).content.decode()
    typed = {f"{name}-letter_note": NOTE, f"{name}-feedback": [str(comments[0].pk)], "back": "1"}
    answer = desk.post(url, typed)
    assert answer.headers["Location"] == f"{reverse('desk:letters')}?page=1#{name}"
    shown = desk.get(reverse("desk:letters")).content.decode()
    release(campaign, by=coordinator, at=at)
    for text in (shown, *parts(compose(Mail.objects.get()))):
        assert NOTE in text
        assert "Name the partners." in text
        assert "I know them." not in text
        assert str(reviewer) not in text


def test_a_comment_in_a_conflict_of_interest_cannot_be_chosen(decided, comments, coordinator, at):
    edit_letter(decided, note="", comments=comments, by=coordinator, at=at)
    assert list(Review.objects.filter(is_feedback=True)) == [comments[0]]
    assert feedback.chosen([decided.pk]) == {decided.pk: [comments[0]]}


@pytest.mark.parametrize("act", [scoring.save_review, scoring.hand_in])
def test_a_chosen_comment_that_its_reviewer_changes_is_told_no_more(
    act, criteria, decided, comments, coordinator, reviewer, at
):
    factories.AssignmentFactory(submission=decided, reviewer=reviewer)
    edit_letter(decided, note="", comments=comments[:1], by=coordinator, at=at)
    if act is scoring.save_review:
        Review.objects.filter(pk=comments[0].pk).update(handed_in_at=None)
    given = {criterion.pk: 1 for criterion in criteria}
    judgement = Judgement(version=decided.screened_id, points=given, comment=comments[0].comment)
    act(decided, reviewer, judgement, at=at)
    assert Review.objects.get(pk=comments[0].pk).is_feedback
    act(decided, reviewer, replace(judgement, comment="Name them all."), at=at)
    assert not Review.objects.get(pk=comments[0].pk).is_feedback
    assert ModelLogEntry.objects.filter(action="review.take_out_feedback").count() == 1


def test_no_comment_is_told_where_the_campaign_gives_no_feedback(decided, comments, coordinator, at):
    edit_letter(decided, note="", comments=comments[:1], by=coordinator, at=at)
    for text in parts(letters.of_decision(Decision.objects.get())):
        assert "Name the partners." not in text


def test_a_letter_that_has_left_is_not_edited(decided, campaign, coordinator, signed_in, at):
    release(campaign, by=coordinator, at=at)
    url = reverse("desk:edit_letter", args=[decided.reference])
    told = signed_in(coordinator).post(url, {f"{decided.reference}-letter_note": NOTE}, follow=True)
    assert "has left already" in told.content.decode()
    assert Decision.objects.get().letter_note == ""


def test_the_procedure_names_decider_presenter_contact_and_remedy(decided, campaign):
    said = {"decider": "the Minister", "presenter": "Mia", "contact": "call 1", "remedy": "Ask in 14 days."}
    Procedure.objects.create(
        campaign=campaign,
        **{f"{name}_{code}": words for name, words in said.items() for code in ("en", "sv")},
    )
    for text in parts(letters.of_decision(Decision.objects.get())):
        assert "Decided by the Minister. Presented by Mia." in text
        assert "Questions: call 1" in text
        assert "Ask in 14 days." in text
        assert "30 days" not in text
