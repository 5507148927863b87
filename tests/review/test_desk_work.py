"""What coordinators and reviewers do at the desk, through its pages."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.models import ProgrammeEntry, ProgrammeEntryText, ProgrammeRelease, Report, Theme
from home.mail import compose
from home.models import Mail
from pledges import publishing
from pledges.actors import Role
from pledges.lifecycle import TRANSITIONS
from pledges.models import Purpose, Status, Submission
from review.models import Assignment, Award, ConflictOfInterest, Decision, Review
from review.releasing import CORRECTION_OF, TRANSITION_OF
from review.views.acts import ACTS
from tests import factories


@pytest.fixture
def sent(campaign) -> Submission:
    return factories.SubmissionFactory(campaign=campaign)


@pytest.fixture
def desk(signed_in, coordinator):
    return signed_in(coordinator)


def act(client, submission, action, **fields):
    """What a press sends: `preview` and `sure` are the second buttons, the rest is what the act asks for."""
    buttons = {name: "1" for name in ("preview", "sure") if fields.pop(name, False)}
    data = {"action": action} | buttons | {f"{action}-{name}": value for name, value in fields.items()}
    return client.post(reverse("desk:submission", args=[submission.reference]), data)


def next_of(client) -> str:
    """Where a reviewer goes for the next review."""
    return client.get(reverse("desk:next"))["Location"]


def again(submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def test_passing_records_how_the_authority_was_checked(desk, sent):
    response = act(desk, sent, "pass", authority_check="Trade register", read=sent.latest_id)
    assert response.status_code == 303
    page = desk.get(response["Location"]).content.decode()
    assert "Passed. It is in review, and its public copy appears by the campaign&#x27;s timing" in page
    passed = again(sent)
    assert (passed.status, passed.authority_check) == (Status.IN_REVIEW, "Trade register")
    assert passed.screened == sent.latest


def test_passing_without_saying_how_keeps_the_page_and_says_so(desk, sent):
    response = act(desk, sent, "pass", authority_check="", read=sent.latest_id)
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()
    assert again(sent).status == Status.SUBMITTED


def test_what_was_read_is_passed_even_when_a_newer_text_came_meanwhile(desk, sent):
    read = sent.latest
    sent.latest = factories.VersionFactory(submission=sent, number=2)
    sent.save()
    act(desk, sent, "pass", authority_check="Call", read=read.pk)
    assert again(sent).screened == read


def test_returning_gives_reasons_and_a_moment_in_the_campaigns_zone(desk, sent, campaign):
    until = timezone.now().astimezone(campaign.zone).replace(year=timezone.now().year + 1, hour=23, minute=59)
    act(desk, sent, "return", reason="Say who pays.", correction_until=until.strftime("%Y-%m-%dT%H:%M"))
    returned = again(sent)
    assert (returned.status, returned.reason) == (Status.RETURNED, "Say who pays.")
    assert returned.correction_until == until.replace(second=0, microsecond=0)
    assert Mail.objects.filter(letter="returned", reference=sent.reference).exists()


def test_a_correction_end_in_the_past_is_refused_and_the_reasons_stay(desk, sent):
    response = act(desk, sent, "return", reason="Say who pays.", correction_until="2020-01-01T12:00")
    assert response.status_code == 422
    content = response.content.decode()
    assert "still to come" in content
    assert "Say who pays." in content


def test_the_letter_of_an_ineligible_one_is_seen_before_it_is_sent(desk, sent):
    response = act(desk, sent, "reject", reason="It sells a product.", preview=True)
    assert response.status_code == 200
    assert "The letter that will be sent" in response.content.decode()
    assert again(sent).status == Status.SUBMITTED
    act(desk, sent, "reject", reason="It sells a product.")
    assert again(sent).status == Status.INELIGIBLE
    assert Mail.objects.filter(letter="ineligible").count() == 1


def test_who_was_told_that_it_is_outside_the_call_is_told_that_this_is_taken_back(desk, sent):
    act(desk, sent, "reject", reason="It sells a product.")
    act(desk, sent, "restore")
    assert again(sent).status == Status.SUBMITTED
    mail = compose(Mail.objects.get(letter="taken_back"))
    assert (mail.to, sent.reference in mail.subject) == ([sent.contact_email], True)
    assert "That has been taken back" in mail.body


def test_a_preview_where_no_letter_is_sent_says_so(desk, sent):
    response = act(desk, sent, "pass", authority_check="Call", read=sent.latest_id, preview=True)
    assert response.status_code == 422
    assert "No letter is sent for this." in response.content.decode()
    assert again(sent).status == Status.SUBMITTED


def test_spam_gets_no_letter_and_can_be_taken_back(desk, sent):
    act(desk, sent, "mark_spam", sure=True)
    assert again(sent).status == Status.SPAM
    assert not Mail.objects.exists()
    act(desk, sent, "restore")
    assert again(sent).status == Status.SUBMITTED


def test_marking_as_spam_asks_first_and_its_undo_stands_on_the_page(desk, sent):
    asked = act(desk, sent, "mark_spam")
    assert asked.status_code == 200
    assert "<h1>Mark as spam?</h1>" in asked.content.decode()
    assert again(sent).status == Status.SUBMITTED
    url = reverse("desk:submission", args=[sent.reference])
    done = desk.post(url, {"action": "mark_spam", "sure": "1"}, follow=True).content.decode()
    assert "Marked as spam. No letter is sent. If it was a mistake, take it back here." in done
    head = done.partition('class="desk-head"')[2].partition('class="bulk')[0]
    assert 'name="action" value="restore"' in head


def test_what_is_taken_back_has_waited_since_it_was_sent(desk, sent):
    page = reverse("desk:submission", args=[sent.reference])
    since = re.compile(r"since ([^<]+)<")
    before = since.search(desk.get(page).content.decode())[1]
    act(desk, sent, "mark_spam", sure=True)
    assert since.search(desk.get(page).content.decode())[1] != before
    act(desk, sent, "restore")
    assert since.search(desk.get(page).content.decode())[1] == before
    assert again(sent).status_at == sent.submitted_at


def test_what_may_not_be_marked_as_spam_is_not_asked_about(desk, in_review):
    response = act(desk, in_review, "mark_spam")
    assert response.status_code == 422
    assert "Mark as spam?" not in response.content.decode()


def test_every_act_has_a_sentence_of_its_own():
    sentences = [str(row.done) for row in ACTS.values()]
    assert len(set(sentences)) == len(ACTS)
    elsewhere = {
        "enter",
        *TRANSITION_OF.values(),
        *CORRECTION_OF.values(),
    }  # what came on paper is entered, and decisions are released
    assert ACTS.keys() == {
        name for name, row in TRANSITIONS.items() if row.by is Role.COORDINATOR and name not in elsewhere
    }


def test_a_refused_act_is_explained_and_nothing_typed_is_lost(desk, sent):
    sent.confirmed_at = None
    sent.save()
    response = act(desk, sent, "reject", reason="It sells a product.")
    content = response.content.decode()
    assert response.status_code == 422
    assert "has not confirmed" in content


def test_the_buttons_are_those_that_the_lifecycle_allows(desk, sent, in_review):
    content = desk.get(reverse("desk:submission", args=[sent.reference])).content.decode()
    assert [
        name for name in ("pass", "return", "reject", "mark_spam", "restore") if f'value="{name}"' in content
    ] == [
        "pass",
        "return",
        "reject",
        "mark_spam",
    ]
    content = desk.get(reverse("desk:submission", args=[in_review.reference])).content.decode()
    assert 'value="pass"' not in content
    assert 'value="mark_spam"' not in content


def test_a_newer_text_is_compared_and_passed_and_the_reviewer_is_told(
    desk, assigned, criteria, reviewer, signed_in, at
):
    factories.ReviewFactory(submission=assigned, reviewer=reviewer, total="3.00", handed_in_at=at)
    newer = factories.VersionFactory(
        submission=assigned, number=2, title="A quiet library every Tuesday", theme=assigned.screened.theme
    )
    assigned.latest = newer
    assigned.save()
    content = desk.get(reverse("desk:submission", args=[assigned.reference])).content.decode()
    assert "<ins>" in content
    assert "<del>" in content
    page = reverse("desk:review", args=[assigned.reference])
    assert "quiet library" not in signed_in(reviewer).get(page).content.decode()
    assert next_of(signed_in(reviewer)) == reverse("desk:queue")
    assert not Mail.objects.exists()
    for _time in range(2):
        desk.post(reverse("desk:pass_text", args=[assigned.reference]), {"version": newer.pk})
    assert again(assigned).screened == newer
    assert next_of(signed_in(reviewer)) == page
    assert "Newer text: read again" in signed_in(reviewer).get(reverse("desk:queue")).content.decode()
    mail = Mail.objects.get(letter="text_changed")
    letter = compose(mail)
    assert letter.to == [reviewer.email]
    assert page in letter.body
    for secret in (assigned.contact_name, assigned.contact_email, "/mine/"):
        assert secret not in letter.body
    content = signed_in(reviewer).get(page).content.decode()
    assert "quiet library" in content
    assert "The text has changed since you handed in" in content
    give = {f"points_{criterion.pk}": "3" for criterion in criteria}
    signed_in(reviewer).post(page, give | {"version": newer.pk, "action": "hand_in"})
    assert next_of(signed_in(reviewer)) == reverse("desk:queue")
    assert compose(mail) is None


def test_reviewers_never_see_contact_persons_or_others_scores_before_their_own(
    assigned, criteria, reviewer, other_reviewer, signed_in, at
):
    factories.ReviewFactory(
        submission=assigned, reviewer=other_reviewer, total="4.44", handed_in_at=at, comment="Splendid."
    )
    client, page = signed_in(reviewer), reverse("desk:review", args=[assigned.reference])
    content = client.get(page).content.decode()
    for secret in (assigned.contact_name, assigned.contact_email, "4.44", "Splendid."):
        assert secret not in content
    give = {f"points_{criterion.pk}": "3" for criterion in criteria}
    client.post(page, give | {"version": assigned.screened_id, "action": "hand_in"})
    content = client.get(page).content.decode()
    assert "4.44" in content
    assert "Splendid." in content
    assert assigned.contact_email not in content
    assert str(other_reviewer) not in content


def test_handing_in_goes_on_to_the_next_and_ends_at_the_queue(campaign, criteria, reviewer, signed_in):
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(2)]
    for row in rows:
        factories.AssignmentFactory(submission=row, reviewer=reviewer)
    client = signed_in(reviewer)
    ends = []
    for row in rows:
        give = {f"points_{criterion.pk}": "3" for criterion in criteria}
        url = reverse("desk:review", args=[row.reference])
        response = client.post(url, give | {"version": row.screened_id, "action": "hand_in"}, follow=True)
        ends.append(response.redirect_chain[-1][0])
    assert ends == [reverse("desk:review", args=[rows[1].reference]), reverse("desk:queue")]


def test_an_older_window_is_told_what_a_newer_one_saved_and_keeps_what_was_typed(
    assigned, criteria, reviewer, signed_in
):
    client, url = signed_in(reviewer), reverse("desk:review", args=[assigned.reference])
    seen = client.get(url).context["seen"]
    typed = {f"points_{criterion.pk}": "3" for criterion in criteria} | {"version": assigned.screened_id}
    newer = typed | {"comment": "From the newer window.", "action": "hand_in", "seen": seen}
    older = newer | {"comment": "From the older window."}
    assert client.post(url, newer).status_code == 303
    refused = client.post(url, older)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "saved in another window" in page
    assert "From the older window." in page
    assert "From the newer window." in page
    assert Review.objects.get().comment == "From the newer window."
    assert client.post(url, older | {"seen": refused.context["seen"]}).status_code == 303
    assert Review.objects.get().comment == "From the older window."


def test_a_fault_in_an_older_window_does_not_hide_what_a_newer_one_saved(
    assigned, criteria, reviewer, signed_in
):
    client, url = signed_in(reviewer), reverse("desk:review", args=[assigned.reference])
    sent = {"version": assigned.screened_id, "seen": "", "action": "draft", "comment": "Newer."}
    assert client.post(url, sent).status_code == 303
    faulty = client.post(url, sent | {"comment": "Older.", "action": "hand_in"})
    assert faulty.status_code == 422
    assert faulty.context["seen"] == ""


def test_coordinators_see_that_a_review_was_changed_in_sight_of_others(
    assigned, criteria, reviewer, other_reviewer, signed_in, desk, at
):
    client, url = signed_in(reviewer), reverse("desk:review", args=[assigned.reference])
    give = {f"points_{criterion.pk}": "3" for criterion in criteria}
    sent = give | {"version": assigned.screened_id, "action": "hand_in"}
    client.post(url, sent)
    factories.ReviewFactory(submission=assigned, reviewer=other_reviewer, total="4.44", handed_in_at=at)
    assert "coordinators are told of a change" in client.get(url).content.decode()
    client.post(url, sent)
    page = desk.get(reverse("desk:submission", args=[assigned.reference])).content.decode()
    assert "when other reviews could be seen" in page
    assert "Review changed when other reviews could be seen" in page


@pytest.mark.parametrize(("highest", "key"), [(5, 5), (4, 4), (10, 9)])
def test_the_help_names_the_keys_that_give_points(highest, key, assigned, criteria, reviewer, signed_in):
    type(criteria[0]).objects.filter(pk=criteria[0].pk).update(max_points=highest)
    page = signed_in(reviewer).get(reverse("desk:review", args=[assigned.reference])).content.decode()
    assert f"<kbd>0</kbd>–<kbd>{key}</kbd>" in page


def test_what_is_missing_is_named_and_what_was_written_stays(assigned, criteria, reviewer, signed_in):
    url = reverse("desk:review", args=[assigned.reference])
    data = {f"points_{criteria[0].pk}": "4", "comment": "Half way.", "action": "hand_in"}
    response = signed_in(reviewer).post(url, data | {"version": assigned.screened_id})
    content = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_points_{criteria[1].pk}"' in content
    assert "Half way." in content
    assert not Review.objects.exists()


def test_a_draft_may_be_half_done(assigned, criteria, reviewer, signed_in):
    url = reverse("desk:review", args=[assigned.reference])
    data = {f"points_{criteria[0].pk}": "4", "action": "draft", "version": assigned.screened_id}
    assert signed_in(reviewer).post(url, data).status_code == 303
    content = signed_in(reviewer).get(url).content.decode()
    assert re.findall(r'value="(.)" [^>]*checked', content) == ["4"]


def test_declaring_a_conflict_closes_the_page(assigned, reviewer, signed_in):
    client = signed_in(reviewer)
    response = client.post(reverse("desk:conflict", args=[assigned.reference]), follow=True)
    assert response.redirect_chain == [(reverse("desk:queue"), 303)]
    assert ConflictOfInterest.objects.get().person == reviewer
    assert client.get(reverse("desk:review", args=[assigned.reference])).status_code == 404


def test_checked_submissions_go_to_checked_reviewers(desk, campaign, reviewer, other_reviewer):
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(2)]
    checked = {"submission": [row.reference for row in rows], "reviewers": [reviewer.pk, other_reviewer.pk]}
    assert desk.post(reverse("desk:assign_checked"), checked).status_code == 303
    assert Assignment.objects.count() == 4
    again_there = desk.post(reverse("desk:assign_checked"), checked | {"tab": "review"})
    assert again_there["Location"] == reverse("desk:submissions") + "?tab=review"
    desk.post(reverse("desk:unassign", args=[rows[0].reference]), {"reviewer": reviewer.pk})
    assert Assignment.objects.count() == 3


def test_the_list_filters_and_survives_odd_values(desk, campaign, sent):
    other = Theme.objects.create(campaign=campaign, slug="other", name="Other", hue="moss")
    url = reverse("desk:submissions")
    for asked, found in (
        ({"q": sent.latest.title[:12]}, True),
        ({"q": sent.participations.get().organisation.name}, True),
        ({"q": "nothing like it"}, False),
        ({"kind": "initiative"}, False),
        ({"theme": other.pk}, False),
        ({"theme": "x'--", "kind": "%", "tab": "nonsense", "page": "minus one", "q": "%_#"}, False),
    ):
        response = desk.get(url, asked)
        assert response.status_code == 200
        assert (sent.reference in response.content.decode()) is found


def test_decisions_for_checked_rows_wait_for_their_release(desk, campaign, in_review):
    data = {"submission": [in_review.reference], "outcome": "selected", "reasons": "Many gain."}
    desk.post(reverse("desk:decide_checked"), data)
    assert Decision.objects.get().released_at is None
    shown = desk.get(reverse("desk:release_decisions"))
    page = shown.content.decode()
    assert "Many gain." in page
    assert "1 letter will be sent" in page
    desk.post(reverse("desk:release_decisions"), {"seen": "1", "digest": shown.context["digest"]})
    assert again(in_review).status == Status.SELECTED


def test_a_decision_without_reasons_keeps_the_checked_rows(desk, in_review):
    data = {"submission": [in_review.reference], "outcome": "selected", "reasons": ""}
    response = desk.post(reverse("desk:decide_checked"), data)
    assert response.status_code == 422
    assert (
        f'value="{in_review.reference}" aria-label="{in_review.reference}" checked'
        in response.content.decode()
    )


def test_missing_consents_are_asked_for_with_one_button(desk, campaign):
    factories.SubmissionFactory(campaign=campaign, status=Status.SELECTED)
    assert "Missing consents" in desk.get(reverse("desk:decisions")).content.decode()
    desk.post(reverse("desk:ask_for_consents"))
    assert Mail.objects.filter(letter="consent_wanted").count() == 1
    assert "asked" in desk.get(reverse("desk:decisions")).content.decode()


def test_an_award_is_given_and_announced(desk, campaign):
    category = factories.AwardCategoryFactory(campaign=campaign)
    winner = factories.SubmissionFactory(campaign=campaign, status=Status.SELECTED)
    data = {"category": category.pk, "reference": winner.reference.lower(), "citation_en": "Brave."}
    assert desk.post(reverse("desk:awards"), data).status_code == 303
    desk.post(reverse("desk:announce_awards"))
    assert Award.objects.get().announced_at


def test_an_award_for_nothing_is_refused_with_a_sentence(desk, campaign):
    category = factories.AwardCategoryFactory(campaign=campaign)
    data = {"category": category.pk, "reference": "KL-0000-0000", "citation_en": "Brave."}
    response = desk.post(reverse("desk:awards"), data)
    assert response.status_code == 422
    assert "No submission of this campaign" in response.content.decode()


@pytest.fixture
def programme(campaign, at):
    for name in ("Anna", "Berit", "Cecilia"):
        submission = factories.SubmissionFactory(
            campaign=campaign, status=Status.SELECTED, consents=[Purpose.TEXT], text__title=name
        )
        publishing.refresh(submission, at=at)


def order() -> list[str]:
    return list(ProgrammeEntry.objects.order_by("position").values_list("item__title", flat=True))


def test_the_programme_is_compiled_ordered_written_and_released(desk, programme):
    desk.post(reverse("desk:compile_programme"))
    assert order() == ["Anna", "Berit", "Cecilia"]
    cecilia = ProgrammeEntry.objects.get(item__title="Cecilia").item.reference
    desk.post(reverse("desk:place_entry", args=[cecilia]), {"position": "3", "move": "up"})
    assert order() == ["Anna", "Cecilia", "Berit"]
    moved = desk.post(reverse("desk:place_entry", args=[cecilia]), {"position": "1"})
    assert moved["Location"].endswith(f"&page=1#entry-{cecilia}")
    assert f'id="entry-{cecilia}"' in desk.get(moved["Location"]).content.decode()
    assert order() == ["Cecilia", "Anna", "Berit"]
    texts = reverse("desk:programme_texts", args=[cecilia])
    data = {"title_sv": "Cecilia", "body_sv": "På svenska."}
    assert desk.post(texts, data).status_code == 303
    desk.post(reverse("desk:compile_programme"))
    written = ProgrammeEntryText.objects.get(language="sv")
    assert (written.body, written.edited) == ("På svenska.", True)
    page = desk.get(reverse("desk:release_programme")).content.decode()
    assert "2 entries lack a text: Swedish" in page
    assert "3 entries lack a text: Finnish" in page
    desk.post(reverse("desk:release_programme"))
    assert ProgrammeRelease.objects.get().number == 1


def test_what_was_selected_since_the_draft_was_compiled_is_said_before_an_edition_is_released(
    desk, programme, campaign, at
):
    desk.post(reverse("desk:compile_programme"))
    pages = [reverse("desk:programme"), reverse("desk:release_programme")]
    assert all("not in the draft" not in desk.get(page).content.decode() for page in pages)
    late = factories.SubmissionFactory(campaign=campaign, status=Status.SELECTED, consents=[Purpose.TEXT])
    publishing.refresh(late, at=at)
    sentence = "1 selected submission is not in the draft: compile it first."
    assert all(sentence in desk.get(page).content.decode() for page in pages)
    desk.post(reverse("desk:compile_programme"))
    assert all("not in the draft" not in desk.get(page).content.decode() for page in pages)


@pytest.fixture
def texts(desk, programme) -> str:
    """The page of Anna's texts, of which the English one is there."""
    desk.post(reverse("desk:compile_programme"))
    return reverse(
        "desk:programme_texts", args=[ProgrammeEntry.objects.get(item__title="Anna").item.reference]
    )


def texts_as_opened(desk, page) -> dict:
    """What the browser would send of the page as it is: what stands in the fields, and what stood there."""
    form = desk.get(page).context["form"]
    now = {name: form[name].value() or "" for name in form.fields}
    return now | {f"initial-{name}": value for name, value in now.items()}


def test_all_languages_of_an_entry_are_saved_at_once(desk, texts):
    typed = {"title_fi": "Anna", "body_fi": "Suomeksi.", "title_sv": "Anna", "body_sv": "På svenska."}
    assert desk.post(texts, texts_as_opened(desk, texts) | typed).status_code == 303
    rows = ProgrammeEntryText.objects.filter(entry__item__title="Anna").order_by("language")
    assert list(rows.values_list("language", "edited")) == [("en", False), ("fi", True), ("sv", True)]


def test_a_text_that_was_not_touched_does_not_write_over_what_somebody_else_saved_meanwhile(desk, texts):
    mine = texts_as_opened(desk, texts) | {"title_fi": "Anna", "body_fi": "Suomeksi."}
    desk.post(texts, texts_as_opened(desk, texts) | {"body_en": "Somebody else's words."})
    desk.post(texts, mine)
    bodies = dict(
        ProgrammeEntryText.objects.filter(entry__item__title="Anna").values_list("language", "body")
    )
    assert bodies == {"en": "Somebody else's words.", "fi": "Suomeksi."}


def test_half_a_text_is_refused_and_everything_typed_in_the_other_languages_stays(desk, texts):
    typed = {"title_fi": "Anna", "body_sv": "På svenska.", "title_sv": "Anna, på svenska"}
    answer = desk.post(texts, texts_as_opened(desk, texts) | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Fill in the field “Text (Finnish)”." in page
    assert "På svenska." in page
    assert not ProgrammeEntryText.objects.filter(entry__item__title="Anna").exclude(language="en").exists()


def test_saving_untouched_texts_leaves_them_to_the_compiler(desk, texts):
    answer = desk.post(texts, texts_as_opened(desk, texts))
    assert "Nothing was changed." in desk.get(answer["Location"]).content.decode()
    assert not ProgrammeEntryText.objects.filter(edited=True).exists()


def test_editors_write_the_programme_and_do_not_release_it(programme, desk, editor, signed_in):
    desk.post(reverse("desk:compile_programme"))
    client = signed_in(editor)
    page = client.get(reverse("desk:programme")).content.decode()
    assert "Anna" in page
    assert reverse("desk:release_programme") not in page
    assert client.post(reverse("desk:release_programme")).status_code == 403


def test_reports_of_readers_are_listed_and_marked(desk, campaign, at):
    submission = factories.SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT]
    )
    item = publishing.refresh(submission, at=at)
    Report.objects.create(item=item, message="Names a private person.", reported_at=at)
    page = reverse("desk:submission", args=[submission.reference])
    assert "Names a private person." in desk.get(page).content.decode()
    desk.post(reverse("desk:handle_reports", args=[submission.reference]))
    assert Report.objects.get().handled_at


def test_a_coordinator_works_on_an_earlier_campaign(desk, campaign):
    earlier = factories.CampaignFactory(name="The first round")
    content = desk.get(reverse("desk:home")).content.decode()
    assert "The first round" in content
    desk.post(reverse("desk:choose_campaign"), {"campaign": earlier.slug})
    assert "<h1>The first round</h1>" in desk.get(reverse("desk:home")).content.decode()


def test_without_any_campaign_the_desk_says_so(db, desk):
    assert "No campaign yet" in desk.get(reverse("desk:home")).content.decode()


def test_only_those_who_can_be_given_a_submission_are_offered(desk, assigned, reviewer, other_reviewer):
    page = desk.get(reverse("desk:submission", args=[assigned.reference]))
    assert list(page.context["assign_form"].fields["reviewers"].queryset) == [other_reviewer]
    factories.ConflictFactory(submission=assigned, person=other_reviewer)
    page = desk.get(reverse("desk:submission", args=[assigned.reference]))
    assert list(page.context["assign_form"].fields["reviewers"].queryset) == []
    assert str(other_reviewer) in page.content.decode()  # among the conflicts, with why
    data = {"reviewers": [other_reviewer.pk]}
    told = desk.post(reverse("desk:assign", args=[assigned.reference]), data, follow=True).content.decode()
    assert "has a conflict of interest" in told


def test_the_trail_says_who_did_what(desk, sent):
    act(desk, sent, "pass", authority_check="Call", read=sent.latest_id)
    content = desk.get(reverse("desk:submission", args=[sent.reference])).content.decode()
    trail = content.partition("What was done")[2]
    assert "Kirsi Coordinator" in trail
    assert "In review" in trail


def test_what_has_ended_is_erased_once_its_reference_is_typed(desk, campaign, in_review):
    ended = factories.SubmissionFactory(campaign=campaign, status=Status.WITHDRAWN)
    url = reverse("desk:erase", args=[ended.reference])
    assert "Erase for good" in desk.get(reverse("desk:submission", args=[ended.reference])).content.decode()
    desk.post(url, {"reference": "KL-WRONG"})
    assert again(ended).erased_at is None
    desk.post(url, {"reference": ended.reference.lower()})
    assert again(ended).erased_at is not None
    assert again(ended).contact_email == ""
    assert desk.get(reverse("desk:submission", args=[ended.reference])).status_code == 404
    content = desk.get(reverse("desk:submission", args=[in_review.reference])).content.decode()
    assert "Erase for good" not in content
