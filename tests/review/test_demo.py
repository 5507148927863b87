"""Loading the demo goes by the product's own rules."""

from collections import Counter

import pytest
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from campaign.models import (
    Campaign,
    CampaignPage,
    Phase,
    ProgrammeRelease,
    PublicItem,
    StreamItem,
)
from home.models import Mail, User
from pledges.models import Attachment, Status, Submission, Translation, UnsentForm
from review.demo.loading import load
from review.demo.people import PASSWORD
from review.demo.texts import read
from review.models import Award, Decision, Review
from tests.factories import AT

LANGUAGES = {"fi", "sv", "en"}
SIGN_INS = {
    "coordinator@example.org": {"Coordinators"},
    "reviewer1@example.org": {"Reviewers"},
    "reviewer2@example.org": {"Reviewers"},
    "reviewer3@example.org": {"Reviewers"},
    "editor@example.org": {"Editors"},
    "admin@example.org": set(),
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo at its call, once for this file: each test works in a savepoint of the same transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load("call", at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def at_its_call(loaded, db) -> Campaign:
    return Campaign.objects.current()


def round_of(name: str) -> Campaign:
    return Campaign.objects.get(slug=read("campaign")["rounds"][name]["slug"])


def statuses(campaign: Campaign) -> Counter:
    return Counter(campaign.submissions.values_list("status", flat=True))


def test_the_earlier_round_is_complete(at_its_call):
    earlier = round_of("earlier")
    assert earlier.stage(AT) == Phase.Kind.FOLLOW_UP
    assert statuses(earlier) == {"selected": 16, "declined": 4, "reserve": 3, "withdrawn": 1, "ineligible": 1}
    releases = ProgrammeRelease.objects.filter(programme__campaign=earlier).order_by("number")
    assert [(release.number, release.entries.count()) for release in releases] == [(1, 14), (2, 16)]
    assert Award.objects.filter(submission__campaign=earlier, announced_at__isnull=False).count() == 3
    assert earlier.public_items.filter(awarded=True).count() == 3
    assert set(earlier.stream_items.values_list("kind", flat=True)) == set(StreamItem.Kind.values)
    assert not earlier.stream_items.filter(happened_at__gt=AT).exists()


def test_the_current_round_is_at_its_call(at_its_call):
    assert at_its_call.is_current
    assert at_its_call.accepts("pledge", AT)
    by_status = statuses(at_its_call)
    assert by_status["in_review"] == 24
    assert by_status.keys() == {
        Status.DRAFT,
        Status.SUBMITTED,
        Status.IN_REVIEW,
        Status.RETURNED,
        Status.INELIGIBLE,
        Status.SPAM,
        Status.WITHDRAWN,
    }
    assert not Review.objects.filter(submission__campaign=at_its_call).exists()
    # One of those in review does not want its text published.
    assert at_its_call.public_items.count() == 23


def test_everybody_can_sign_in_with_their_rights(at_its_call):
    people = {person.email: person for person in User.objects.all()}
    assert people.keys() == SIGN_INS.keys()
    for email, groups in SIGN_INS.items():
        assert people[email].check_password(PASSWORD)
        assert set(people[email].groups.values_list("name", flat=True)) == groups
    assert people["admin@example.org"].is_superuser


def test_it_shows_a_joint_a_translated_and_an_illustrated_submission_and_one_begun(at_its_call):
    joint = Submission.objects.get(form_key__endswith=":lastenhoito-kurssin-ajaksi")
    states = Counter(joint.participations.values_list("state", flat=True))
    assert states == {"confirmed": 3, "invited": 1, "declined": 1, "requested": 1}
    items = at_its_call.public_items
    assert items.filter(joinable=True).get().reference == joint.reference
    translated = [item for item in items.all() if item.translations]
    assert [sorted(item.translations) for item in translated] == [["en", "fi"]]
    assert translated[0].translations["en"]["phrases"]["Praktikanter"] == "Trainees"
    files = Attachment.objects.filter(passed_at__isnull=False).exclude(description="")
    assert sorted(files.values_list("kind", flat=True)) == ["application/pdf", "image/png"]
    assert UnsentForm.objects.get().campaign == at_its_call


def test_no_letter_waits_to_be_sent(at_its_call):
    assert Mail.objects.exists()
    assert not Mail.objects.waiting().exists()


def test_pages_stand_in_three_languages(at_its_call):
    fronts = CampaignPage.objects.live()
    assert {page.locale.language_code for page in fronts} == LANGUAGES
    by_language = Counter(
        Page.objects.live().filter(depth__gt=1).values_list("locale__language_code", flat=True)
    )
    assert len(set(by_language.values())) == 1
    assert not StringTranslation.objects.filter(has_error=True).exists()


def test_the_page_tree_is_whole(at_its_call):
    assert not any(Page.find_problems())


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_page_keeps_words_of_another_language(at_its_call, client, language):
    facts = read("pages")["how_to"]
    answer = client.get(f"/{language}/{facts['slug'][language]}/").content.decode()
    assert facts["intro"][language] in answer
    for other in LANGUAGES - {language}:
        assert facts["intro"][other] not in answer


def test_loading_again_changes_nothing(at_its_call):
    def everything() -> dict:
        models = (
            *(Campaign, Phase, User, PublicItem, StreamItem, Mail, Page, Award, Decision),
            *(Attachment, Translation, UnsentForm),
        )
        return {model: set(model.objects.values_list("pk", flat=True)) for model in models}

    before = everything(), statuses(at_its_call)
    assert (load("call", at=AT) and everything(), statuses(at_its_call)) == before


def test_a_round_goes_on_from_its_call_to_review_and_results(at_its_call):
    review = load("review", at=AT)
    assert review.stage(AT) == Phase.Kind.REVIEW
    assert statuses(review)["in_review"] == 26
    reviews = Review.objects.filter(submission__campaign=review)
    assert reviews.filter(handed_in_at__isnull=True).exists()
    assert reviews.filter(handed_in_at__isnull=False).exists()
    results = load("results", at=AT)
    assert results.stage(AT) == Phase.Kind.RESULTS
    by_status = statuses(results)
    assert (by_status["selected"], by_status["reserve"], by_status["declined"]) == (23, 2, 1)
    assert not reviews.filter(handed_in_at__isnull=True, abstained_at__isnull=True).exists()
    release = ProgrammeRelease.objects.get(programme__campaign=results)
    # The one without consent to its text is in no programme.
    assert release.entries.count() == 22
    assert not Mail.objects.waiting().exists()
