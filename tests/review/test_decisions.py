import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaign.models import Campaign, Phase, PublicItem
from home.mail import compose
from home.models import Mail, SiteSettings
from pledges import actors, consent, links, publishing
from pledges.lifecycle import Refused, perform
from pledges.models import Purpose, Status, Submission
from review import correcting, decisions, feedback, letters, releasing
from review.decisions import Outcome, decide
from review.models import Decision, Standing
from review.releasing import release
from tests import factories

REASONS = "It reaches many people at little cost."


def status(submission) -> str:
    return Submission.objects.values_list("status", flat=True).get(pk=submission.pk)


def mails() -> list:
    return list(Mail.objects.order_by("pk").values_list("letter", "reference"))


def test_a_decision_is_pending_and_tells_nobody(in_review, coordinator, at):
    decide(in_review, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    decision = decide(in_review, Outcome.DECLINED, reasons="Not yet ripe.", by=coordinator, at=at)
    assert Decision.objects.get() == decision
    assert (decision.outcome, decision.reasons, decision.released_at) == ("declined", "Not yet ripe.", None)
    assert status(in_review) == Status.IN_REVIEW
    assert mails() == []


def test_what_was_added_to_the_letter_of_another_outcome_is_dropped(in_review, coordinator, reviewer, at):
    told = factories.ReviewFactory(submission=in_review, reviewer=reviewer, total=4, handed_in_at=at)
    decide(in_review, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    decisions.edit_letter(in_review, note="Welcome to the gala.", comments=[told], by=coordinator, at=at)
    same = decide(in_review, Outcome.SELECTED, reasons="Said better.", by=coordinator, at=at)
    assert (same.letter_note, feedback.chosen([in_review.pk])) == (
        "Welcome to the gala.",
        {in_review.pk: [told]},
    )
    other = decide(in_review, Outcome.DECLINED, reasons="Not yet ripe.", by=coordinator, at=at)
    assert (other.letter_note, feedback.chosen([in_review.pk])) == ("", {})
    assert [line.data for line in ModelLogEntry.objects.filter(action="review.decide").order_by("pk")] == [
        {"outcome": outcome} for outcome in ("selected", "selected", "declined")
    ]


def test_a_decision_needs_reasons(in_review, coordinator, at):
    with pytest.raises(Refused, match="reasons"):
        decide(in_review, Outcome.SELECTED, reasons="  ", by=coordinator, at=at)


def test_nothing_is_decided_while_the_call_is_open(coordinator, at):
    open_call = factories.CampaignFactory()
    submission = factories.SubmissionFactory(campaign=open_call, status=Status.IN_REVIEW)
    with pytest.raises(Refused, match="call is still open"):
        decide(submission, Outcome.SELECTED, reasons="Good.", by=coordinator, at=at)
    closed_at = open_call.deadline
    assert (
        decide(submission, Outcome.SELECTED, reasons="Good.", by=coordinator, at=closed_at).outcome
        == "selected"
    )


def test_nobody_decides_in_a_conflict_of_interest(in_review, coordinator, at):
    factories.ConflictFactory(submission=in_review, person=coordinator)
    with pytest.raises(Refused, match="conflict"):
        decide(in_review, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)


def test_deciding_for_several_is_all_or_nothing(campaign, in_review, coordinator, at):
    sent = factories.SubmissionFactory(campaign=campaign)
    with pytest.raises(Refused):
        decisions.decide_many([in_review, sent], Outcome.DECLINED, reasons=REASONS, by=coordinator, at=at)
    assert not Decision.objects.exists()


def test_releasing_performs_the_transitions_and_writes_the_letters_once(campaign, coordinator, at):
    chosen = {
        outcome: factories.SubmissionFactory(
            campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT]
        )
        for outcome in Outcome
    }
    for submission in chosen.values():
        publishing.refresh(submission, at=at)
    for outcome, submission in chosen.items():
        decide(submission, outcome, reasons=REASONS, by=coordinator, at=at)
    expected = Counter({outcome.value: 1 for outcome in Outcome})
    assert release(campaign, by=coordinator, at=at) == expected
    assert release(campaign, by=coordinator, at=at) == Counter()
    assert {outcome: status(submission) for outcome, submission in chosen.items()} == {
        outcome: outcome.value for outcome in Outcome
    }
    assert mails() == [(f"decision_{outcome}", chosen[outcome].reference) for outcome in Outcome]
    assert set(Decision.objects.values_list("released_at", flat=True)) == {at}
    public = dict(PublicItem.objects.values_list("reference", "selected"))
    assert public == {s.reference: outcome == Outcome.SELECTED for outcome, s in chosen.items()}


def test_a_release_that_fails_leaves_that_one_pending_and_holds_nobody_up(
    campaign, coordinator, signed_in, at
):
    astray = factories.SubmissionFactory(campaign=campaign, status=Status.RETURNED)
    factories.DecisionFactory(submission=astray)
    in_review = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    decide(in_review, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    desk, url = signed_in(coordinator), reverse("desk:release_decisions")
    seen = {"seen": "1", "digest": desk.get(url).context["digest"]}
    told = desk.post(url, seen, follow=True).content.decode()
    assert "1 decision is released." in told
    assert "1 decision could not be released and stays pending." in told
    assert ModelLogEntry.objects.get(action="review.hold_release").object_id == str(astray.pk)
    assert (status(in_review), status(astray)) == (Status.SELECTED, Status.RETURNED)
    assert mails() == [("decision_selected", in_review.reference)]
    assert list(decisions.pending(campaign).values_list("submission", flat=True)) == [astray.pk]
    assert ModelLogEntry.objects.get(action="review.release_decisions").data == {"selected": 1}


def test_a_large_release_goes_in_parts_and_releases_nothing_twice(campaign, coordinator, at):
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(3)]
    for row in rows:
        decide(row, Outcome.DECLINED, reasons=REASONS, by=coordinator, at=at)
    assert release(campaign, by=coordinator, at=at, most=2) == Counter({"declined": 2})
    assert [status(row) for row in rows] == [Status.DECLINED, Status.DECLINED, Status.IN_REVIEW]
    assert release(campaign, by=coordinator, at=at, most=2) == Counter({"declined": 1})
    assert release(campaign, by=coordinator, at=at, most=2) == Counter()
    assert mails() == [("decision_declined", row.reference) for row in rows]


def test_what_somebody_else_released_meanwhile_is_not_released_again(campaign, in_review, coordinator, at):
    shown = decide(in_review, Outcome.DECLINED, reasons=REASONS, by=coordinator, at=at)
    release(campaign, by=coordinator, at=at)
    assert releasing._release_one(campaign, shown, by=coordinator, at=at) == ""
    assert mails() == [("decision_declined", in_review.reference)]


@pytest.fixture
def in_three_languages(campaign) -> list[Submission]:
    return [
        factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, mail_language=language)
        for language in ("sv", "sv", "fi", "en")
    ]


def test_who_gives_reasons_sees_the_languages_of_the_letters(in_three_languages, coordinator, signed_in):
    desk = signed_in(coordinator)
    page = desk.get(reverse("desk:decisions")).content.decode()
    assert "The letters to the senders in this list are in: Finnish 1, Swedish 2, English 1." in page
    page = desk.get(reverse("desk:submission", args=[in_three_languages[0].reference])).content.decode()
    assert "The letter to the sender is in: Swedish." in page


def test_letters_in_another_language_than_their_reasons_are_told_and_each_language_has_an_example(
    in_three_languages, coordinator, signed_in
):
    desk, url = signed_in(coordinator), reverse("desk:release_decisions")
    checked = [row.reference for row in in_three_languages]
    data = {"submission": checked, "outcome": "declined", "reasons": "Liian laaja.", "language": "fi"}
    told = desk.post(reverse("desk:decide_checked"), data, follow=True).content.decode()
    sentence = "3 letters will be in another language than their reasons."
    assert sentence in told
    page = desk.get(url).content.decode()
    assert sentence in page
    examples = [f"An example: Not selected, {told}" for told in ("Finnish (1)", "Swedish (2)", "English (1)")]
    assert [page.count(example) for example in examples] == [1, 1, 1]
    assert '<pre lang="sv">' in page


def test_too_few_reviews_are_told_before_deciding_and_before_releasing(
    campaign, coordinator, reviewer, other_reviewer, signed_in, at
):
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(3)]
    none, fewer, enough = rows
    for row, people in ((fewer, (reviewer, other_reviewer)), (enough, (reviewer,))):
        for person in people:
            factories.AssignmentFactory(submission=row, reviewer=person)
        Standing.objects.create(submission=row, mean="3.00", spread="0.00", reviews=1)
    desk, overview = signed_in(coordinator), reverse("desk:decisions")
    assert "2 submissions in this list have no review" in desk.get(overview).content.decode()
    listed = desk.get(overview, {"tab": "few"}).content.decode()
    assert [row.reference in listed for row in rows] == [True, True, False]
    assert ("no reviews yet" in listed, "fewer than asked" in listed) == (True, True)
    data = {"submission": [row.reference for row in rows], "outcome": "declined", "reasons": REASONS}
    told = desk.post(reverse("desk:decide_checked"), data, follow=True).content.decode()
    assert "2 of them rest on no review or on fewer than were asked for." in told
    url = reverse("desk:release_decisions")
    warned = desk.get(url).content.decode().partition("rest on too few reviews")[2]
    assert [row.reference in warned for row in rows] == [True, True, False]
    assert "1 of 2 reviews" in warned
    shown = {"digest": desk.get(url).context["digest"]}
    assert desk.post(url, shown).status_code == 422
    assert decisions.pending(campaign).count() == 3
    assert desk.post(url, shown | {"seen": "1"}).status_code == 303
    assert decisions.pending(campaign).count() == 0


def test_a_conflict_of_interest_leaves_a_decision_for_somebody_else(
    campaign, coordinator, administrator, signed_in, at
):
    tied, free = (factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(2))
    for submission in (tied, free):
        decide(submission, Outcome.DECLINED, reasons=REASONS, by=administrator, at=at)
    factories.ConflictFactory(submission=tied, person=coordinator)
    desk, url = signed_in(coordinator), reverse("desk:release_decisions")
    shown = desk.get(url)
    page = shown.content.decode()
    assert tied.screened.title not in page
    assert "1 decision stays pending" in page
    told = desk.post(url, {"seen": "1", "digest": shown.context["digest"]}, follow=True).content.decode()
    assert "Somebody else must release it." in told
    assert (status(tied), status(free)) == (Status.IN_REVIEW, Status.DECLINED)
    assert release(campaign, by=administrator, at=at) == Counter({"declined": 1})
    assert status(tied) == Status.DECLINED


def test_titles_without_consent_are_not_told_in_a_conflict_of_interest(campaign, coordinator, signed_in, at):
    chosen = factories.SubmissionFactory(campaign=campaign, status=Status.SELECTED)
    desk, url = signed_in(coordinator), reverse("desk:decisions")
    assert chosen.screened.title in desk.get(url).content.decode()
    factories.ConflictFactory(submission=chosen, person=coordinator)
    assert chosen.screened.title not in desk.get(url).content.decode()


def locks(captured) -> list[str]:
    """The tables whose rows were locked, in this order."""
    found = [re.search(r'FROM "(\w+)".* FOR UPDATE', row["sql"]) for row in captured]
    return [match[1] for match in found if match]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
def test_a_release_locks_submissions_before_decisions(campaign, in_review, coordinator, at):
    decide(in_review, Outcome.DECLINED, reasons=REASONS, by=coordinator, at=at)
    with CaptureQueriesContext(connection) as queries:
        release(campaign, by=coordinator, at=at)
    assert locks(queries)[:2] == ["pledges_submission", "review_decision"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
def test_several_are_locked_in_one_order_before_any_is_decided(campaign, in_review, coordinator, at):
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW), in_review]
    with CaptureQueriesContext(connection) as queries:
        decisions.decide_many(rows, Outcome.RESERVE, reasons=REASONS, by=coordinator, at=at)
    first = next(row["sql"] for row in queries if "FOR UPDATE" in row["sql"])
    assert first.endswith("ORDER BY 1 ASC FOR UPDATE")
    places = dict(Decision.objects.values_list("submission", "reserve_place"))
    assert places == {rows[0].pk: 1, rows[1].pk: 2}


def test_nothing_is_released_or_corrected_once_the_call_is_on_again(campaign, in_review, coordinator, at):
    other = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    decide(in_review, Outcome.RESERVE, reasons=REASONS, by=coordinator, at=at)
    release(campaign, by=coordinator, at=at)
    decide(other, Outcome.RESERVE, reasons=REASONS, by=coordinator, at=at)
    releasing.order(campaign, by=coordinator, at=at)
    campaign.phases.filter(kind=Phase.Kind.CALL).update(closes_at=at + factories.DAY)
    anew = Campaign.objects.get()
    why = {"reasons": REASONS, "by": coordinator, "at": at}
    for act in (
        lambda: release(anew, by=coordinator, at=at),
        lambda: releasing.order(anew, by=coordinator, at=at),
        lambda: correcting.change(Submission.objects.get(pk=in_review.pk), Outcome.SELECTED, **why),
    ):
        with pytest.raises(Refused, match="call is still open"):
            act()
    assert releasing.release_ordered(at) == Counter()
    assert (status(in_review), status(other)) == (Status.RESERVE, Status.IN_REVIEW)
    assert not releasing.ordered().exists()


def test_another_campaigns_decisions_stay_pending(in_review, campaign, coordinator, at):
    other = factories.DecisionFactory()
    release(campaign, by=coordinator, at=at)
    assert Decision.objects.get(pk=other.pk).released_at is None


def test_a_pending_decision_can_be_taken_away_and_a_released_one_not(campaign, in_review, coordinator, at):
    decide(in_review, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    decisions.undo(in_review, by=coordinator, at=at)
    assert not Decision.objects.exists()
    decide(in_review, Outcome.DECLINED, reasons=REASONS, by=coordinator, at=at)
    release(campaign, by=coordinator, at=at)
    with pytest.raises(Refused, match="released"):
        decisions.undo(in_review, by=coordinator, at=at)
    with pytest.raises(Refused, match="released"):
        decide(Submission.objects.get(), Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)


def test_one_in_reserve_is_selected_later_openly(campaign, in_review, coordinator, at):
    decide(in_review, Outcome.RESERVE, reasons=REASONS, by=coordinator, at=at)
    release(campaign, by=coordinator, at=at)
    submission = Submission.objects.get()
    correcting.change(submission, Outcome.SELECTED, reasons="A place is free.", by=coordinator, at=at)
    assert status(submission) == Status.SELECTED
    assert [letter for letter, _reference in mails()] == ["decision_reserve", "decision_selected"]
    assert ModelLogEntry.objects.filter(action="review.change_decision").exists()
    with pytest.raises(Refused, match="Say why"):
        correcting.change(Submission.objects.get(), Outcome.DECLINED, reasons=REASONS, by=coordinator, at=at)


def test_changing_what_the_sender_knows_shows_the_letter_first_and_sends_it_when_that_is_confirmed(
    campaign, in_review, coordinator, signed_in, at
):
    decide(in_review, Outcome.RESERVE, reasons=REASONS, by=coordinator, at=at)
    release(campaign, by=coordinator, at=at)
    desk, url = signed_in(coordinator), reverse("desk:decide", args=[in_review.reference])
    typed = {"outcome": "selected", "reasons": "A place is free.", "language": "en"}
    asked = desk.post(url, typed)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Selected for the co-operation programme:" in page
    assert page.count("A place is free.") == 2  # in the letter, and in the field
    assert status(in_review) == Status.RESERVE
    assert Decision.objects.get().reasons == REASONS
    assert [letter for letter, _reference in mails()] == ["decision_reserve"]
    assert desk.post(url, typed | {"sure": "1"}).status_code == 303
    assert status(in_review) == Status.SELECTED
    assert [letter for letter, _reference in mails()] == ["decision_reserve", "decision_selected"]


def test_a_change_that_may_not_be_is_refused_before_it_is_asked(
    campaign, in_review, coordinator, signed_in, at
):
    decide(in_review, Outcome.RESERVE, reasons=REASONS, by=coordinator, at=at)
    release(campaign, by=coordinator, at=at)
    url = reverse("desk:decide", args=[in_review.reference])
    refused = signed_in(coordinator).post(url, {"outcome": "reserve", "reasons": "Still."}, follow=True)
    assert "Say why the decision is corrected." in refused.content.decode()


def test_what_leaves_the_review_loses_its_pending_decision(in_review, coordinator, at):
    decide(in_review, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    perform(in_review, "withdraw", by=actors.OWNER, at=at)
    assert not Decision.objects.exists()
    assert release(in_review.campaign, by=coordinator, at=at) == Counter()


@pytest.fixture
def settled(db, campaign):
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"contact_email": "help@example.org"})


def letter_of(outcome, submission, coordinator, at) -> EmailMultiAlternatives:
    decision = decide(submission, outcome, reasons="First line.\n\nSecond <line>.", by=coordinator, at=at)
    return letters.of_decision(decision)


@pytest.mark.parametrize(
    ("outcome", "subject"),
    [
        (Outcome.SELECTED, "Selected for the co-operation programme:"),
        (Outcome.RESERVE, "Kept in reserve:"),
        (Outcome.DECLINED, "Not selected this time:"),
    ],
)
def test_a_letter_of_decision_says_why_by_whom_and_what_to_do(
    outcome, subject, in_review, coordinator, settled, at
):
    letter = letter_of(outcome, in_review, coordinator, at)
    assert letter.to == [in_review.contact_email]
    assert letter.subject == f"{subject} {in_review.screened.title}"
    html = letter.alternatives[0][0]
    for body in (letter.body, html):
        for words in (
            "First line.",
            "Kirsi Coordinator",
            "Ministry of the Interior",
            "help@example.org",
            "30 days",
        ):
            assert words in body
    assert "Second <line>." in letter.body
    assert "Second &lt;line&gt;." in html


def test_a_queued_letter_reads_like_its_preview(campaign, in_review, coordinator, settled, at):
    preview = letter_of(Outcome.SELECTED, in_review, coordinator, at)
    release(campaign, by=coordinator, at=at)
    sent = compose(Mail.objects.get(letter="decision_selected"))
    shown = letters.without_links(sent)
    assert (shown.subject, shown.body, shown.to) == (preview.subject, preview.body, preview.to)


@pytest.mark.parametrize("outcome", Outcome)
def test_no_preview_of_a_decision_holds_the_senders_link(outcome, in_review, coordinator, settled, at):
    letter = letter_of(outcome, in_review, coordinator, at)
    for text in (letter.body, letter.alternatives[0][0]):
        assert links.token(in_review, links.OWN) not in text
        assert "/mine/…/" in text


@pytest.mark.parametrize(("name", "more"), [("reject", {}), ("return", {"correction_until": 1})])
def test_no_preview_of_a_transition_holds_the_senders_link(name, more, campaign, coordinator, at):
    submission = factories.SubmissionFactory(campaign=campaign)
    facts = {"reason": "It sells a product."} | {key: at + timedelta(days=days) for key, days in more.items()}
    letter = letters.of_transition(submission, name, by=coordinator, at=at, **facts)
    for text in (letter.body, letter.alternatives[0][0]):
        assert not re.search(r"/(mine|confirm)/[^/]*:", text)


def test_a_transition_without_a_letter_has_no_preview(campaign, coordinator, at):
    submission = factories.SubmissionFactory(campaign=campaign)
    assert letters.of_transition(submission, "pass", by=coordinator, at=at, authority_check="Call") is None


def test_a_letter_that_another_decision_overtook_is_not_sent(campaign, in_review, coordinator, settled, at):
    decide(in_review, Outcome.RESERVE, reasons=REASONS, by=coordinator, at=at)
    release(campaign, by=coordinator, at=at)
    correcting.change(Submission.objects.get(), Outcome.SELECTED, reasons="A place.", by=coordinator, at=at)
    assert compose(Mail.objects.get(letter="decision_reserve")) is None
    assert compose(Mail.objects.get(letter="decision_selected")) is not None


def test_previewing_a_transition_changes_nothing(campaign, coordinator, at):
    submission = factories.SubmissionFactory(campaign=campaign)
    letter = letters.of_transition(submission, "reject", by=coordinator, at=at, reason="It sells a product.")
    assert "It sells a product." in letter.body
    assert status(submission) == Status.SUBMITTED
    assert mails() == []
    assert not ModelLogEntry.objects.exists()


def test_missing_consents_are_found_and_asked_for_once_a_day(campaign, coordinator, at):
    made = factories.SubmissionFactory
    agreed = made(campaign=campaign, status=Status.SELECTED, consents=[Purpose.TEXT])
    silent = made(campaign=campaign, status=Status.SELECTED)
    pending = made(campaign=campaign, status=Status.IN_REVIEW)
    decide(pending, Outcome.SELECTED, reasons=REASONS, by=coordinator, at=at)
    taken_back = made(campaign=campaign, status=Status.SELECTED, consents=[Purpose.TEXT])
    for purpose in Purpose:
        factories.ConsentWordingFactory(purpose=purpose)
    consent.record(taken_back.participations.get(), [], language="en", at=at)
    made(campaign=campaign, status=Status.DECLINED)
    missing = list(decisions.chosen_without_consent(campaign))
    assert missing == [silent, pending, taken_back]
    assert agreed not in missing
    assert decisions.ask_for_consent(silent, by=coordinator, at=at)
    assert not decisions.ask_for_consent(silent, by=coordinator, at=at)
    letter = compose(Mail.objects.get(letter="consent_wanted"))
    assert letter.subject == f"May we publish “{silent.screened.title}”?"
    assert "/consents/" in letter.body
