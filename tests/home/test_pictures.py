"""What a picture shows is said in words, in each language; where it is not, the language is marked."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from home.models import Picture

TEXTS = {"fi": "Kaksi ovea", "sv": "Två dörrar", "en": "Two doors"}
LANGUAGES = tuple(TEXTS)


def picture(**texts: str) -> Picture:
    described = {f"description_{code}": text for code, text in texts.items()}
    return Picture.objects.create(title="Doors", file=get_test_image_file(), **described)


def shown(client, pages, picture: Picture) -> dict[str, tuple[str, str | None]]:
    """On the page in each language: the text alternative, and the language it is marked with."""
    found = {}
    for code in LANGUAGES:
        page = pages["faq"][code]
        page.body = json.dumps([{"type": "picture", "value": {"picture": picture.pk, "caption": ""}}])
        page.save_revision().publish()
        tag = re.search(r"<img[^>]* alt=[^>]*>", client.get(f"/{code}/faq/").content.decode()).group()
        lang = re.search(r' lang="(\w+)"', tag)
        found[code] = (re.search(r' alt="([^"]*)"', tag).group(1), lang and lang.group(1))
    return found


def test_each_page_has_the_words_in_its_own_language(client, pages, campaign):
    assert shown(client, pages, picture(**TEXTS)) == {code: (text, None) for code, text in TEXTS.items()}


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_that_stand_in_are_marked_with_their_language(client, pages, campaign, code):
    expected = {each: (TEXTS[code], None if each == code else code) for each in LANGUAGES}
    assert shown(client, pages, picture(**{code: TEXTS[code]})) == expected


def png() -> SimpleUploadedFile:
    return SimpleUploadedFile("doors.png", get_test_image_file().file.getvalue(), "image/png")


def fields(**texts: str) -> dict:
    described = {f"description_{code}": texts.get(code, "") for code in LANGUAGES}
    return {"title": "Doors", "tags": "", "collection": Collection.get_first_root_node().pk} | described


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_editor_describes_a_new_picture_in_their_own_language(signed_in, editor, code):
    editor.language = code
    editor.save()
    client = signed_in(editor)
    others = {each: text for each, text in TEXTS.items() if each != code}
    answer = client.post("/admin/images/add/", fields(**others) | {"file": png()})
    assert list(answer.context["form"].errors) == [f"description_{code}"]
    client.post("/admin/images/add/", fields(**{code: TEXTS[code]}) | {"file": png()})
    stored = Picture.objects.get()
    assert [getattr(stored, f"description_{each}") or "" for each in LANGUAGES] == [
        TEXTS[code] if each == code else "" for each in LANGUAGES
    ]


def test_a_picture_may_keep_to_the_language_it_is_described_in(signed_in, editor):
    """Who only corrects a title need not know the language."""
    editor.language = "fi"
    editor.save()
    client, stored = signed_in(editor), picture(sv=TEXTS["sv"])
    address = f"/admin/images/{stored.pk}/"
    answer = client.post(address, fields() | {"title": "Two doors"})
    assert list(answer.context["form"].errors) == ["description_sv"]
    assert client.post(address, fields(sv=TEXTS["sv"]) | {"title": "Two doors"}).status_code == 302
    stored.refresh_from_db()
    assert (stored.title, stored.description_sv) == ("Two doors", TEXTS["sv"])


@pytest.mark.parametrize("word", TEXTS.values())
def test_editors_find_a_picture_by_its_words_in_any_language(signed_in, editor, word):
    picture(**TEXTS)
    assert "Doors" in signed_in(editor).get("/admin/images/", {"q": word}).content.decode()
