"""The demo's data files are whole: three languages everywhere, and every submission fits the form."""

from collections import Counter

import pytest

from campaign.models import Municipality, Region
from pledges.models import Purpose
from review.demo.markup import as_html
from review.demo.texts import entries, read
from tests.factories import AT

LANGUAGES = {"fi", "sv", "en"}
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
