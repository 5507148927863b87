import pytest

from tests.factories import ThemeFactory

from .form import filled, rows
from .unsent import KEEP


def counted(client, theme, **changes) -> tuple[int, int]:
    """What the page says of a form as it is kept: essentials and optional parts left."""
    answer = client.post(KEEP, {"form_key": "", "title": "", "organisation_name": ""} | changes)
    shown = answer.context["progress"]
    return shown.essentials_left, shown.parts_left


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign)


def test_an_empty_form_lacks_everything(client, theme):
    shown = client.get("/en/submit/").context["progress"]
    assert (shown.essentials_left, shown.parts_left) == (10, 4)


def test_parts_count_once_something_is_in_them(client, theme):
    sent = {"consent_text": "on", "contact_phone": "1", "target_groups": "All"} | rows(
        "needs", {"what": "Room"}
    )
    assert counted(client, theme, **sent) == (10, 0)


def test_an_initiative_must_say_what_is_new(client, theme):
    assert counted(client, theme, kind="initiative") == (10, 4)
    assert counted(client, theme, kind="pledge") == (9, 4)
    assert counted(client, theme, kind="initiative", novelty="All of it") == (9, 4)


def test_what_is_wrong_is_not_done(client, theme):
    page = client.post("/en/submit/", filled(theme, contact_email="maija@"))
    shown = page.context["progress"]
    assert (shown.essentials_left, shown.parts_left) == (1, 4)
    assert b"Essentials left: 1. Optional parts left: 4." in page.content


def test_an_optional_part_that_is_wrong_counts_as_begun(client, theme):
    page = client.post("/en/submit/", filled(theme) | rows("actions", {"what": "x", "target": "many"}))
    assert b"All essentials are filled in. Optional parts left: 3." in page.content
