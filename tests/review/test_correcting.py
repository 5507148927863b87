"""A decision that its sender knows is corrected openly: a reason, a record of the earlier one, a new letter."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaign.models import PublicAward, PublicItem, StreamItem
from campaign.programme import compile_programme
from home.mail import compose
from home.models import Mail
from pledges import actors, lifecycle, publishing
from pledges.endings import erase
from pledges.lifecycle import Refused
from pledges.models import Purpose, Status, Submission
from review import awards
from review.correcting import change
from review.decisions import Outcome, decide
from review.models import Award, Decision, EarlierDecision, ReasonPhrase
from review.releasing import release
from tests import factories

REASONS = "It reaches many people at little cost."
BECAUSE = "We had mixed up two submissions."


def known(submission, outcome, coordinator, at) -> Submission:
    decide(submission, outcome, reasons=REASONS, by=coordinator, at=at)
    release(submission.campaign, by=coordinator, at=at)
    return Submission.objects.get(pk=submission.pk)


@pytest.mark.parametrize("before", Outcome)
@pytest.mark.parametrize("after", Outcome)
def test_every_known_decision_can_be_corrected_into_every_other(before, after, in_review, coordinator, at):
    submission = known(in_review, before, coordinator, at)
    change(submission, after, because=BECAUSE, reasons="New.", by=coordinator, at=at)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.reasons, decision.letters_sent) == (after, "New.", 2)
    assert Submission.objects.get().status == after.value
    earlier = EarlierDecision.objects.get()
    assert (earlier.outcome, earlier.reasons, earlier.because) == (before, REASONS, BECAUSE)
    reference = submission.reference
    assert list(Mail.objects.order_by("pk").values_list("letter", "key")) == [
        (f"decision_{before}", f"decision:{reference}:1"),
        (f"decision_{after}", f"decision:{reference}:2"),
    ]
    first, second = (compose(mail) for mail in Mail.objects.order_by("pk"))
    assert first is None  # overtaken before it left
    assert second.subject.startswith("Corrected decision")
    for part in (second.body, second.alternatives[0][0]):
        assert "This letter corrects our decision of" in part
        assert BECAUSE in part


@pytest.mark.parametrize(
    ("before", "after"),
    [(Outcome.SELECTED, Outcome.DECLINED), (Outcome.RESERVE, Outcome.RESERVE)],
)
def test_a_correction_says_why(before, after, in_review, coordinator, at):
    submission = known(in_review, before, coordinator, at)
    with pytest.raises(Refused, match="Say why"):
        change(submission, after, reasons=REASONS, by=coordinator, at=at)
    assert Mail.objects.count() == 1


def test_what_is_lifted_from_the_reserve_gets_the_usual_letter_and_leaves_the_reserve(
    in_review, coordinator, at
):
    submission = known(in_review, Outcome.RESERVE, coordinator, at)
    assert Decision.objects.get().reserve_place == 1
    change(submission, Outcome.SELECTED, reasons="A place is free.", by=coordinator, at=at)
    assert Decision.objects.get().reserve_place is None
    letter = compose(Mail.objects.get(letter="decision_selected"))
    assert letter.subject.startswith("Selected for the co-operation programme:")
    assert "corrects" not in letter.body


def test_nothing_pending_is_corrected(in_review, coordinator, at):
    decide(in_review, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    with pytest.raises(Refused, match="has been released"):
        change(in_review, Outcome.DECLINED, because=BECAUSE, reasons="New.", by=coordinator, at=at)


def test_who_is_selected_no_more_loses_award_and_place_in_programme_and_stream(campaign, coordinator, at):
    chosen = factories.SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT, Purpose.SOCIAL]
    )
    publishing.refresh(chosen, at=at)
    category = factories.AwardCategoryFactory(campaign=campaign)
    submission = known(chosen, Outcome.SELECTED, coordinator, at)
    awards.give(category, submission, citations={"en": "Brave."}, by=coordinator, at=at)
    awards.announce(campaign, by=coordinator, at=at)
    compile_programme(campaign, at=at)
    assert PublicItem.objects.get().awarded
    assert campaign.programme.entries.count() == 1
    change(submission, Outcome.DECLINED, because=BECAUSE, reasons="New.", by=coordinator, at=at)
    item = PublicItem.objects.get()
    assert (item.selected, item.awarded) == (False, False)
    assert not Award.objects.exists()
    assert not PublicAward.objects.exists()
    assert set(StreamItem.objects.values_list("kind", flat=True)) == {StreamItem.Kind.PUBLISHED}
    compile_programme(campaign, at=at)
    assert campaign.programme.entries.count() == 0
    assert compose(Mail.objects.get(letter="award_given")) is None
    assert ModelLogEntry.objects.filter(action="review.end_awards").count() == 1


def test_the_desk_asks_for_the_reason_shows_the_letter_and_then_sends_it(
    in_review, coordinator, signed_in, at
):
    submission = known(in_review, Outcome.SELECTED, coordinator, at)
    desk, url = signed_in(coordinator), reverse("desk:decide", args=[submission.reference])
    typed = {"outcome": "declined", "reasons": "Too late.", "language": "en", "seen": "1"}
    assert desk.post(url, typed).status_code == 422
    shown = desk.post(url, typed | {"because": BECAUSE}).content.decode()
    assert "Corrected decision, not selected this time:" in shown
    assert Mail.objects.count() == 1
    for _twice in range(2):
        desk.post(url, typed | {"because": BECAUSE, "sure": "1"})
    assert Submission.objects.get().status == Status.DECLINED
    assert Mail.objects.filter(letter="decision_declined").count() == 1
    page = desk.get(reverse("desk:submission", args=[submission.reference])).content.decode()
    assert "Before: Selected" in page


def test_phrases_are_read_in_the_language_of_the_letter_and_stay_as_they_were(in_review, coordinator, at):
    texts = {"text_fi": "Liian laaja.", "text_sv": "För vid.", "text_en": "Too wide."}
    phrase = ReasonPhrase.objects.create(campaign=in_review.campaign, outcome="declined", **texts)
    Submission.objects.update(mail_language="sv")
    submission = Submission.objects.get()
    decide(submission, Outcome.DECLINED, phrases=[phrase], by=coordinator, at=at)
    ReasonPhrase.objects.update(text_sv="Annat.")
    release(submission.campaign, by=coordinator, at=at)
    letter = compose(Mail.objects.get())
    for part in (letter.body, letter.alternatives[0][0]):
        assert "För vid." in part
        assert "finska" not in part


def test_an_erasure_empties_earlier_decisions_and_the_words_added_to_the_letter(in_review, coordinator, at):
    submission = known(in_review, Outcome.SELECTED, coordinator, at)
    change(submission, Outcome.DECLINED, because=BECAUSE, reasons="New.", by=coordinator, at=at)
    Decision.objects.update(letter_note="Dear Maija")
    withdrawn = lifecycle.perform(Submission.objects.get(), "withdraw", by=actors.OWNER, at=at)
    erase(withdrawn, by=actors.coordinator(coordinator), at=at)
    assert Decision.objects.values_list("reasons", "letter_note").get() == ("–", "")
    assert EarlierDecision.objects.values_list("reasons", "because").get() == ("–", "–")
