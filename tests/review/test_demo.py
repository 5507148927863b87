"""The demo's content is whole, and loading it goes by the product's own rules."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from campaign.models import (
    Campaign,
    CampaignPage,
    Municipality,
    Phase,
    ProgrammeRelease,
    PublicItem,
    Region,
    StreamItem,
)
from home.models import Mail, User
from pledges.models import Purpose, Status
from review.demo.loading import load
from review.demo.markup import as_html
from review.demo.people import PASSWORD
from review.demo.texts import entries, read
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
ALL = [pytest.param(entry, id=entry["key"]) for name in ("earlier", "current") for entry in entries(name)]


def texts_in(value, path: str = ""):
    """Every table of the data that has a language, with its path."""
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        if LANGUAGES & value.keys() and not path.endswith("translations"):
            yield path, value
            return
        for key, inner in value.items():
            yield from texts_in(inner, f"{path}.{key}")


@pytest.mark.parametrize("name", ["campaign", "pages", "submissions-earlier", "submissions-current"])
def test_every_text_stands_in_three_languages(name):
    for path, text in texts_in(read(name)):
        assert set(text) == LANGUAGES, path


@pytest.mark.parametrize("name", ["campaign", "pages"])
def test_bodies_have_the_same_blocks_in_every_language(name):
    for path, text in texts_in(read(name)):
        if all(isinstance(words, str) for words in text.values()):
            shapes = {code: Counter(as_html(words).split("<")[1::2]) for code, words in text.items()}
            assert len({len(list(shape.elements())) for shape in shapes.values()}) == 1, path


@pytest.mark.parametrize("entry", ALL)
def test_every_submission_fits_the_form(entry):
    assert len(entry["title"]) <= 120
    assert len(entry["summary"]) <= 400
    assert entry["novelty"] or entry["kind"] == "pledge"
    assert entry["contact_email"].endswith("@example.org")
    assert entry["starts_in_days"] < entry["ends_in_days"]
    assert set(entry["consents"]) <= set(Purpose.values)


def test_criteria_weigh_a_hundred_together():
    assert sum(criterion["weight"] for criterion in read("campaign")["criteria"]) == 100


def test_both_rounds_have_submissions_of_every_kind_of_organisation_and_language():
    for name in ("earlier", "current"):
        assert len({entry["organisation"]["kind"] for entry in entries(name)}) == 8
        assert {entry["language"] for entry in entries(name)} == LANGUAGES
        assert len({entry["contact_email"] for entry in entries(name)}) == len(entries(name))


@pytest.mark.django_db
def test_every_place_exists():
    there = set(Municipality.objects.valid_on(AT.date()).values_list("code", flat=True))
    regions = set(Region.objects.values_list("code", flat=True))
    for entry in [*entries("earlier"), *entries("current")]:
        homes = {part["municipality"] for part in (entry["organisation"], *entry["partners"])}
        assert homes | set(entry["municipalities"]) <= there
        assert set(entry["regions"]) <= regions


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("One line.", "<p>One line.</p>"),
        ("Two\nlines.", "<p>Two lines.</p>"),
        ("## Heading\n\nText.", "<h2>Heading</h2><p>Text.</p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
    ],
)
def test_markup_becomes_rich_text(body, html):
    assert as_html(body) == html


@pytest.fixture
def at_its_call(db) -> Campaign:
    return load("call", at=AT)


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


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_page_keeps_words_of_another_language(at_its_call, client, language):
    facts = read("pages")["how_to"]
    answer = client.get(f"/{language}/{facts['slug'][language]}/").content.decode()
    assert facts["intro"][language] in answer
    for other in LANGUAGES - {language}:
        assert facts["intro"][other] not in answer


def test_loading_again_changes_nothing(at_its_call):
    def everything() -> dict:
        models = (Campaign, Phase, User, PublicItem, StreamItem, Mail, Page, Award, Decision)
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
    assert not reviews.filter(handed_in_at__isnull=True).exists()
    release = ProgrammeRelease.objects.get(programme__campaign=results)
    # The one without consent to its text is in no programme.
    assert release.entries.count() == 22
    assert not Mail.objects.waiting().exists()


@pytest.mark.django_db
def test_the_demo_is_refused_in_production(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="production"):
        call_command("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_command_loads_the_call_unless_told_otherwise(capsys):
    call_command("demo")
    assert "is at its call" in capsys.readouterr().out
