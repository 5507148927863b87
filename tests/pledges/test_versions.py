"""A text written as a version is the text that is read back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from taggit.models import Tag

from campaign.models import Municipality, Region
from pledges.versions import ActionRow, ExchangeRow, Text, read, write
from tests.factories import SubmissionFactory, ThemeFactory


@pytest.fixture
def submission(campaign, theme):
    return SubmissionFactory(campaign=campaign, text=False)


@pytest.fixture
def text(theme) -> Text:
    return Text(
        language="fi",
        title="Kielikahvila",
        summary="Kahvia ja kieltä",
        description="Joka tiistai",
        novelty="Uutta",
        theme_id=theme.pk,
        target_groups="Nuoret",
        participation="Tule",
        delivery_languages="suomi, arabia",
        scope="regions",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        other_themes=frozenset({ThemeFactory(campaign=theme.campaign).pk}),
        regions=frozenset(Region.objects.values_list("pk", flat=True)[:2]),
        municipalities=frozenset(Municipality.objects.values_list("pk", flat=True)[:3]),
        tags=frozenset({"Kieli", "kahvi"}),
        actions=(
            ActionRow(what="B", unit="kpl", start=Decimal(0), target=Decimal("1.5")),
            ActionRow(what="A"),
        ),
        needs=(ExchangeRow(what="Tila", amount="1", where="Turku", until=date(2027, 2, 1)),),
        offers=(ExchangeRow(what="Kahvi"), ExchangeRow(what="Pulla")),
    )


def test_what_is_written_is_read_back_whole(submission, text, at):
    assert read(write(submission, text, at=at)) == text


def test_versions_are_numbered_and_the_newest_is_the_latest(submission, text, at):
    numbers = [write(submission, text, at=at).number for _time in range(3)]
    submission.refresh_from_db()
    assert (numbers, submission.latest.number) == ([1, 2, 3], 3)


def test_the_spelling_of_a_hashtag_is_the_first_ones(submission, text, at):
    Tag.objects.create(name="KIELI")
    version = write(submission, text, at=at)
    assert set(version.tags.names()) == {"KIELI", "kahvi"}
    assert read(version) != text
    assert read(version).says_the_same_as(text)


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Äidit", "äidit"),
        ("ÄIDIT", "Äidit"),
        ("straße", "Straße"),
        ("kieli_1", "KIELI_1"),
        ("ОДЕСА", "одеса"),
    ],
)
def test_a_hashtag_is_known_in_any_case_of_any_alphabet_on_any_database(known, written, submission, text, at):
    tag = Tag.objects.create(name=known)
    version = write(submission, replace(text, tags=frozenset({written})), at=at)
    assert list(version.tags.all()) == [tag]


def test_hashtags_that_only_look_alike_stay_apart(submission, text, at):
    for name in ("a-b", "a--b", "a-bc"):
        Tag.objects.create(name=name)
    version = write(submission, replace(text, tags=frozenset({"A--B", "a-b_1"})), at=at)
    assert set(version.tags.names()) == {"a--b", "a-b_1"}


@pytest.mark.parametrize("rows", [0, 20])
def test_rows_and_hashtags_take_no_query_each(submission, theme, at, rows, django_assert_max_num_queries):
    many = Text(
        language="en",
        title="x",
        summary="x",
        description="x",
        theme_id=theme.pk,
        actions=tuple(ActionRow(what=str(number)) for number in range(rows)),
        needs=tuple(ExchangeRow(what=str(number)) for number in range(rows)),
    )
    with django_assert_max_num_queries(4):
        write(submission, many, at=at)
