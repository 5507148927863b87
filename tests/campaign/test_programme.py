"""Compiling keeps what editors did; releasing numbers editions; a withdrawal is seen in all of them."""

import time
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import ModelLogEntry

from campaign import entries as draft
from campaign.models import (
    Programme,
    ProgrammeEntryText,
    ProgrammeRelease,
    PublicItem,
    ReleasedEntry,
    StreamItem,
)
from campaign.programme import (
    Compilation,
    compile_programme,
    forget,
    latest_release,
    missing_languages,
    release_programme,
)
from tests.factories import AT, DAY, CampaignFactory, PublicItemFactory, ThemeFactory


@pytest.fixture
def themes(campaign):
    return [
        ThemeFactory(campaign=campaign, name=name, position=place) for place, name in enumerate(("A", "B"))
    ]


def select(campaign, theme, *titles, **fields) -> list[PublicItem]:
    return [
        PublicItemFactory(campaign=campaign, theme=theme, title=title, selected=True, **fields)
        for title in titles
    ]


def order(campaign) -> list[str]:
    return [entry.item.title for entry in campaign.programme.entries.select_related("item")]


def test_the_selected_are_compiled_by_theme_and_day(campaign, themes):
    select(campaign, themes[1], "third")
    select(campaign, themes[0], "first", "second")
    PublicItemFactory(campaign=campaign, theme=themes[0], title="not selected")
    assert compile_programme(campaign, at=AT) == Compilation(added=3, removed=0, kept=0)
    assert order(campaign) == ["first", "second", "third"]
    assert campaign.programme.compiled_at == AT


def test_compiling_again_changes_nothing(campaign, themes):
    select(campaign, themes[0], "first", "second")
    compile_programme(campaign, at=AT)
    assert compile_programme(campaign, at=AT) == Compilation(added=0, removed=0, kept=2)
    assert ProgrammeEntryText.objects.count() == 2


def test_the_order_an_editor_gave_stays_and_new_entries_come_last_in_their_chapter(campaign, themes):
    select(campaign, themes[0], "first", "second")
    select(campaign, themes[1], "other chapter")
    compile_programme(campaign, at=AT)
    draft.place(campaign.programme.entries.get(item__title="second"), 1, at=AT)
    select(campaign, themes[0], "newcomer")
    compile_programme(campaign, at=AT)
    assert order(campaign) == ["second", "first", "newcomer", "other chapter"]


def test_text_that_an_editor_changed_is_kept_and_the_rest_follows_the_public_copy(campaign, themes):
    edited, plain = select(campaign, themes[0], "edited", "plain", language="fi")
    compile_programme(campaign, at=AT)
    draft.write_text(edited.programme_entry, "fi", title="By hand", body="Better words.", at=AT)
    draft.write_text(plain.programme_entry, "en", title="Translated", body="In English.", at=AT)
    PublicItem.objects.update(title="From the giver", summary="New words.")
    compile_programme(campaign, at=AT)
    texts = ProgrammeEntryText.objects.order_by("entry__position", "language")
    assert [(text.language, text.title, text.body) for text in texts] == [
        ("fi", "By hand", "Better words."),
        ("en", "Translated", "In English."),
        ("fi", "From the giver", "New words."),
    ]


def test_a_text_that_changed_its_language_leaves_none_in_the_former(campaign, themes):
    (item,) = select(campaign, themes[0], "Avain", language="fi")
    compile_programme(campaign, at=AT)
    PublicItem.objects.update(title="En nyckel", language="sv")
    compile_programme(campaign, at=AT)
    assert list(item.programme_entry.texts.values_list("language", "title")) == [("sv", "En nyckel")]


def test_what_is_no_longer_selected_leaves_the_draft(campaign, themes):
    kept, gone = select(campaign, themes[0], "kept", "gone")
    compile_programme(campaign, at=AT)
    gone.selected = False
    gone.save()
    assert compile_programme(campaign, at=AT) == Compilation(added=0, removed=1, kept=1)
    assert order(campaign) == ["kept"]


def test_missing_languages_name_every_language(campaign, themes):
    select(campaign, themes[0], "one", language="fi")
    compile_programme(campaign, at=AT)
    entry = campaign.programme.entries.get()
    assert missing_languages(campaign.programme) == {"fi": [], "sv": [entry], "en": [entry]}


def test_editions_are_numbered_and_keep_their_text(campaign, themes):
    (item,) = select(campaign, themes[0], "first", language="en")
    compile_programme(campaign, at=AT)
    first = release_programme(campaign, at=AT)
    draft.write_text(item.programme_entry, "en", title="Second thoughts", body="Other words.", at=AT)
    second = release_programme(campaign, at=AT + DAY)
    assert (first.number, second.number) == (1, 2)
    assert first.entries.get().texts["en"]["title"] == "first"
    assert second.entries.get().texts["en"]["title"] == "Second thoughts"
    assert latest_release() == latest_release(campaign) == second
    events = StreamItem.objects.filter(kind=StreamItem.Kind.RELEASE).order_by("pk")
    assert [event.release for event in events] == [first, second]


def test_an_entry_that_is_no_longer_selected_is_not_released(campaign, themes):
    select(campaign, themes[0], "kept", "gone")
    compile_programme(campaign, at=AT)
    PublicItem.objects.filter(title="gone").update(selected=False)
    release = release_programme(campaign, at=AT)
    assert [entry.item.title for entry in release.entries.all()] == ["kept"]


def test_an_empty_programme_is_not_released(campaign):
    with pytest.raises(ValueError, match="without entries"):
        release_programme(campaign, at=AT)
    assert not ProgrammeRelease.objects.exists()


def test_a_removed_entry_is_noted_in_every_edition_that_had_it(campaign, themes):
    kept, gone = select(campaign, themes[0], "kept", "gone")
    compile_programme(campaign, at=AT)
    releases = [release_programme(campaign, at=AT), release_programme(campaign, at=AT + DAY)]
    forget(gone)
    gone.delete()
    for release in releases:
        release.refresh_from_db()
        assert (release.removed, release.entries.count()) == (1, 1)
    assert order(campaign) == ["kept"]


def test_the_acts_are_logged_without_texts(campaign, themes, coordinator):
    select(campaign, themes[0], "secret words")
    compile_programme(campaign, at=AT, by=coordinator)
    release_programme(campaign, at=AT, by=coordinator)
    entries = ModelLogEntry.objects.order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("campaign.compile", coordinator),
        ("campaign.release", coordinator),
    ]
    assert "secret" not in str([entry.data for entry in entries])


def test_only_the_asked_campaign_is_compiled(campaign, themes):
    other = CampaignFactory(slug="other")
    select(other, ThemeFactory(campaign=other), "elsewhere")
    compile_programme(campaign, at=AT)
    assert order(campaign) == []


def test_a_thousand_entries_compile_within_three_seconds(campaign, themes, django_assert_max_num_queries):
    (item,) = select(campaign, themes[0], "one")
    fields = {
        field.name: getattr(item, field.name) for field in PublicItem._meta.fields if field.name != "id"
    }
    PublicItem.objects.bulk_create(
        PublicItem(**fields | {"reference": f"KL-{number}"}) for number in range(999)
    )
    start = time.process_time()
    with django_assert_max_num_queries(40):
        assert compile_programme(campaign, at=AT).added == 1000
    assert time.process_time() - start < 3


@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_get_two_numbers():
    campaign = CampaignFactory(slug="busy", is_current=True)
    select(campaign, ThemeFactory(campaign=campaign), "one")
    compile_programme(campaign, at=AT)
    made = []

    def run():
        made.append(release_programme(campaign, at=AT).number)
        connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [1, 2, 3, 4]
    assert ReleasedEntry.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_compilations_at_once_make_one_draft():
    campaign = CampaignFactory(slug="busy", is_current=True)
    select(campaign, ThemeFactory(campaign=campaign), "one", "two")
    done = []

    def run():
        done.append(compile_programme(campaign, at=AT).added)
        connection.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 0, 2]
    assert Programme.objects.get().entries.count() == 2


def test_the_command_compiles_and_says_what_is_missing(campaign, themes):
    select(campaign, themes[0], "one", language="fi")
    out = StringIO()
    call_command("compile_programme", campaign.slug, stdout=out)
    assert out.getvalue().splitlines() == [
        "1 entries added, 0 removed, 0 kept.",
        "1 entries have no text in sv.",
        "1 entries have no text in en.",
    ]


def test_the_command_names_the_campaigns_it_knows(campaign):
    with pytest.raises(CommandError, match=campaign.slug):
        call_command("compile_programme", "no-such")
