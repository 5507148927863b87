"""Translations: who writes and passes them, what of them is public, and what becomes of them when the text changes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from campaign import programme
from campaign.models import ProgrammeEntryText, PublicItem
from pledges import actors, consent, publishing, translating, versions
from pledges.endings import erase
from pledges.lifecycle import Refused, perform
from pledges.models import Participation, Purpose, Status, Translation
from pledges.revisions import pass_version, revise
from pledges.versions import ActionRow, ExchangeRow
from review.screening import newer_texts
from tests.factories import SubmissionFactory

WORDS = {
    "title": "Ett språkkafé varje tisdag",
    "summary": "Frivilliga och nyanlända dricker kaffe.",
    "description": "Vi öppnar vår sal varje tisdag.",
    "novelty": "Ingen har gjort det förut.",
}
SECOND = timedelta(seconds=1)


@pytest.fixture
def by(coordinator) -> actors.Actor:
    return actors.coordinator(coordinator)


@pytest.fixture
def submission(campaign):
    return SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT], text__title="A language café"
    )


def translated(
    submission, *, by=actors.OWNER, at, words=None, language="sv", base="", of=None, phrases=None
) -> Translation:
    made = {"of": of or submission.latest, "base": base, "phrases": phrases}
    return translating.translate(submission, language, words or WORDS, **made, by=by, at=at)


def published(submission, at) -> dict:
    return publishing.refresh(submission, at=at).translations


def test_the_owner_s_translation_is_public_only_when_it_is_passed(submission, by, at):
    row = translated(submission, at=at)
    assert (row.passed_at, published(submission, at)) == (None, {})
    translating.pass_translation(submission, "sv", stamp=row.stamp, by=by, at=at)
    assert PublicItem.objects.get().translations == {"sv": WORDS}


def test_a_coordinator_s_translation_is_public_at_once_and_found(submission, by, at):
    publishing.refresh(submission, at=at)
    translated(submission, by=by, at=at)
    item = PublicItem.objects.get()
    assert item.translations == {"sv": WORDS}
    assert "språkkafé" in item.search_text


def test_passing_the_submission_passes_the_translations_that_were_on_the_screen(campaign, by, at):
    sent = SubmissionFactory(campaign=campaign, consents=[Purpose.TEXT])
    read, unread = translated(sent, at=at), translated(sent, at=at, language="fi")
    perform(sent, "pass", by=by, at=at, translations=[read.stamp])
    passed = dict(sent.translations.values_list("language", "passed_at"))
    assert passed == {"sv": at, "fi": None}
    assert set(PublicItem.objects.get().translations) == {"sv"}
    assert unread.stamp != read.stamp


def test_passing_the_submission_without_naming_any_passes_all(campaign, by, at):
    sent = SubmissionFactory(campaign=campaign)
    translated(sent, at=at)
    perform(sent, "pass", by=by, at=at)
    assert sent.translations.get().passed_at == at


def test_changed_again_the_owner_s_translation_waits_anew(submission, by, at):
    row = translated(submission, by=by, at=at)
    translated(submission, at=at + SECOND, words=WORDS | {"title": "Ett annat"}, base=row.stamp)
    assert published(submission, at) == {}
    assert list(newer_texts(type(submission).objects.all())) == [submission]


def test_saved_without_a_change_a_passed_translation_stays_passed(submission, by, at):
    row = translated(submission, by=by, at=at)
    again = translated(submission, at=at + SECOND, base=row.stamp)
    assert (again.passed_at, again.saved_at) == (at, at)


def test_a_translation_that_came_meanwhile_is_not_passed_unread(submission, by, at):
    row = translated(submission, at=at)
    translated(submission, at=at + SECOND, words=WORDS | {"title": "Ett annat"}, base=row.stamp)
    with pytest.raises(Refused, match="Read it before"):
        translating.pass_translation(submission, "sv", stamp=row.stamp, by=by, at=at)
    assert submission.translations.get().passed_at is None


def test_what_was_saved_elsewhere_meanwhile_is_not_overwritten_unseen(submission, by, at):
    row = translated(submission, by=by, at=at)
    with pytest.raises(Refused, match="saved elsewhere"):
        translated(submission, at=at, words=WORDS | {"title": "Mitt"})
    assert submission.translations.get().title == row.title


def test_a_field_whose_original_has_changed_is_shown_in_the_original(submission, by, at):
    translated(submission, by=by, at=at)
    text = replace(versions.read(submission.latest), summary="Everybody drinks tea.")
    revise(submission, text, base=None, at=at)
    submission.refresh_from_db()
    assert published(submission, at) == {"sv": WORDS}
    pass_version(submission, submission.latest, by=by, at=at)
    item = PublicItem.objects.get()
    assert item.translations == {"sv": {name: text for name, text in WORDS.items() if name != "summary"}}
    place = translating.place(submission, "sv")
    assert (place.outdated, place.outdated_fields) == ({"summary"}, "summary")


def test_a_translation_of_a_newer_text_tells_nothing_of_it_before_that_is_passed(submission, by, at):
    text = replace(versions.read(submission.latest), summary="Secret for now.")
    revise(submission, text, base=None, at=at)
    submission.refresh_from_db()
    translated(submission, by=by, at=at)
    assert "summary" not in published(submission, at)["sv"]
    pass_version(submission, submission.latest, by=by, at=at)
    assert PublicItem.objects.get().translations == {"sv": WORDS}


def test_brought_up_to_date_it_is_whole_again(submission, by, at):
    row = translated(submission, by=by, at=at)
    text = replace(versions.read(submission.latest), title="Another title")
    revise(submission, text, base=None, at=at)
    submission.refresh_from_db()
    translated(submission, by=by, at=at + SECOND, base=row.stamp)
    assert translating.place(submission, "sv").outdated == frozenset()


def test_the_language_of_the_text_is_not_translated_into(submission, at):
    assert [place.language for place in translating.places(submission.latest, [])] == ["fi", "sv"]
    with pytest.raises(Refused, match="not translated into"):
        translated(submission, at=at, language="en")


def test_a_text_in_another_language_is_translated_into_all_of_the_portal(campaign):
    arabic = SubmissionFactory(campaign=campaign, text__language="ar")
    assert translating.languages_for(arabic.latest) == ["fi", "sv", "en"]


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.INELIGIBLE, Status.SPAM])
def test_what_has_ended_is_no_longer_translated(campaign, by, at, status):
    ended = SubmissionFactory(campaign=campaign, status=status)
    with pytest.raises(Refused, match="has ended"):
        translated(ended, by=by, at=at)


def test_only_coordinators_pass(submission, at):
    row = translated(submission, at=at)
    with pytest.raises(Refused, match="not yours"):
        translating.pass_translation(submission, "sv", stamp=row.stamp, by=actors.OWNER, at=at)


def test_removed_it_is_public_no_more(submission, by, at):
    translated(submission, by=by, at=at)
    translating.remove(submission, "sv", by=actors.OWNER, at=at)
    assert PublicItem.objects.get().translations == {}
    assert not Translation.objects.exists()


def test_without_the_consent_nothing_of_it_is_public(submission, by, at):
    translated(submission, by=by, at=at)
    lead = submission.participations.get(role=Participation.Role.LEAD)
    consent.record(lead, [], language="en", at=at)
    assert not PublicItem.objects.exists()
    assert Translation.objects.exists()


def test_erased_it_is_gone(campaign, by, at):
    declined = SubmissionFactory(campaign=campaign, status=Status.DECLINED)
    translated(declined, by=by, at=at)
    erase(declined, by=by, at=at)
    assert not Translation.objects.exists()


def texts(campaign, at) -> dict[str, tuple[str, str]]:
    programme.compile_programme(campaign, at=at)
    return {text.language: (text.title, text.body) for text in ProgrammeEntryText.objects.all()}


def test_the_programme_takes_a_translation_as_the_first_text_of_its_language(campaign, by, at):
    chosen = SubmissionFactory(campaign=campaign, status=Status.SELECTED, consents=[Purpose.TEXT])
    publishing.refresh(chosen, at=at)
    translated(chosen, by=by, at=at)
    own = (chosen.latest.title, chosen.latest.summary)
    assert texts(campaign, at) == {"en": own, "sv": (WORDS["title"], WORDS["summary"])}
    ProgrammeEntryText.objects.filter(language="sv").update(title="Redigerad", edited=True)
    translating.remove(chosen, "sv", by=by, at=at)
    assert texts(campaign, at) == {"en": own, "sv": ("Redigerad", WORDS["summary"])}


def test_a_translation_that_is_gone_takes_its_unedited_programme_text_with_it(campaign, by, at):
    chosen = SubmissionFactory(campaign=campaign, status=Status.SELECTED, consents=[Purpose.TEXT])
    publishing.refresh(chosen, at=at)
    translated(chosen, by=by, at=at)
    assert set(texts(campaign, at)) == {"en", "sv"}
    translating.remove(chosen, "sv", by=by, at=at)
    assert set(texts(campaign, at)) == {"en"}


COURSES = ActionRow(what="Courses are held", unit="courses", start=Decimal(0), target=Decimal(3))
ROOM = ExchangeRow(what="A room", amount="20", where="Turku")
PHRASES = {"Courses are held": "Kurser hålls", "courses": "kurser", "A room": "Ett rum", "Turku": "Åbo"}


def rows_changed(submission, at, **rows):
    """Its text with other rows, as its newest version."""
    revise(submission, replace(versions.read(submission.latest), **rows), base=None, at=at)
    submission.refresh_from_db()
    return submission


@pytest.fixture
def with_rows(submission, by, at):
    rows_changed(submission, at, actions=(COURSES,), needs=(ROOM,), offers=(ROOM,))
    pass_version(submission, submission.latest, by=by, at=at)
    submission.refresh_from_db()
    return submission


def test_rows_are_translated_phrase_by_phrase_each_once(with_rows, by, at):
    assert with_rows.latest.phrases == {
        "Courses are held": "Action 1: what",
        "courses": "Action 1: unit",
        "A room": "Need 1: what",
        "Turku": "Need 1: where",
    }
    translated(with_rows, by=by, at=at, phrases=PHRASES | {"never said": "x", "Turku": ""})
    kept = {phrase: words for phrase, words in PHRASES.items() if phrase != "Turku"}
    assert PublicItem.objects.get().translations["sv"]["phrases"] == kept
    assert Translation.objects.get().phrases == kept | {"Turku": ""}


def test_a_phrase_holds_wherever_the_newer_text_says_the_same(with_rows, by, at):
    translated(with_rows, by=by, at=at, phrases=PHRASES)
    cooks = ActionRow(what="Cooks are trained", unit="courses")
    rows_changed(with_rows, at, actions=(cooks, COURSES), needs=())
    place = translating.place(with_rows, "sv")
    assert (place.outdated, place.outdated_fields) == ({"phrases"}, "actions, needs and offers")
    pass_version(with_rows, with_rows.latest, by=by, at=at)
    assert PublicItem.objects.get().translations["sv"]["phrases"] == PHRASES


def test_a_row_that_was_taken_away_outdates_nothing_and_its_words_are_public_no_more(with_rows, by, at):
    translated(with_rows, by=by, at=at, phrases=PHRASES)
    rows_changed(with_rows, at, actions=())
    assert translating.place(with_rows, "sv").outdated == frozenset()
    pass_version(with_rows, with_rows.latest, by=by, at=at)
    assert PublicItem.objects.get().translations["sv"]["phrases"] == {"A room": "Ett rum", "Turku": "Åbo"}


def test_a_phrase_of_a_text_that_nobody_has_passed_stays_hidden(with_rows, by, at):
    rows_changed(with_rows, at, needs=(ExchangeRow(what="Secret"),))
    translated(with_rows, by=by, at=at, phrases=PHRASES | {"Secret": "Hemlig"})
    assert "Hemlig" not in str(PublicItem.objects.get().translations)
    pass_version(with_rows, with_rows.latest, by=by, at=at)
    assert PublicItem.objects.get().translations["sv"]["phrases"]["Secret"] == "Hemlig"


def test_another_word_for_a_phrase_of_the_owner_s_waits_anew(with_rows, by, at):
    row = translated(with_rows, by=by, at=at, phrases=PHRASES)
    translated(with_rows, at=at + SECOND, phrases=PHRASES | {"A room": "En sal"}, base=row.stamp)
    assert published(with_rows, at) == {}
