"""Every form that a person can send, with each field wrong, missing, too long, or full of what harms."""

import re

import pytest
from django.urls import get_resolver

from tests.test_addresses import patterns

from . import desk, public
from .addresses import BUTTONS, READ, SIGNING_IN
from .attacks import NAMES, attacked
from .engine import Attacker, Form, kept, machinery_proved, proved, undone
from .reading import WRITTEN, Page

FORMS = {form.name: form for form in (*public.FORMS, *desk.FORMS)}
# Those that a script, or a button, keeps before they are sent.
DRAFTS = {"the form": ("keep", "/en/submit/keep/"), "a change": ("own_edit_keep", "keep/")}
# Wagtail's own: its admin, the pages it serves and their previews.
WAGTAILS = ("admin/", "documents/")

# The name of an act, as the audit log keeps it.
LINE = re.compile(r"^(campaign|pledges|review)\.[a-z_]+$", re.MULTILINE)


def is_act_of_the_desk(form: Form) -> bool:
    """Whether sending it does something at the desk, and does not only show a page to go on from."""
    return not form.done and all(name.startswith("desk:") for name in form.names)


@pytest.mark.parametrize("name", FORMS)
def test_each_field_is_stored_clean_or_told_what_is_wrong(name, world):
    attacker = Attacker(FORMS[name], world)
    good = attacker.send({})
    assert attacker.is_done(good), (good.status, good.refusals, good.page and good.page.summary)
    assert not is_act_of_the_desk(attacker.form) or LINE.search(good.written)
    for attack in attacker.form.attacks:
        proved(attacker, attack)
    if attacker.form.attacks is NAMES:
        machinery_proved(attacker)


@pytest.mark.parametrize("accepts", ["application/json", "text/html"])
@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_is_kept_as_it_was_typed(name, accepts, world):
    attacker = Attacker(FORMS[name], world)
    attacker.good.pop("authorised", None)  # who sends it declares that anew
    place = DRAFTS[name][1]
    url = place if place.startswith("/") else attacker.url + place
    for attack in ("control characters", "a script", "too long"):
        typed = {
            control.name: attacked(control, attack, attacker.numbers[control.name])
            for control in attacker.of_kind(WRITTEN)
        }
        with undone():
            answer = attacker.client.post(url, attacker.good | typed, headers={"accept": accepts})
            if answer.status_code == 422:
                assert attack == "too long"
                page = None if accepts == "application/json" else answer
            else:
                assert answer.status_code in {200, 302}
                where = answer.json()["url"] if answer.status_code == 200 else answer["Location"]
                page = attacker.client.get(where)
        if page:
            found = Page(page.content.decode()).holding(attacker.form.has)
            kept(attacker, typed, found[0])


def test_no_form_is_forgotten():
    """Every address stands in a table of forms, or is known to be none."""
    addresses = set()
    for space, name, way in patterns(get_resolver()):
        path = "".join(str(part) for part in way).removeprefix("^")
        if not path.startswith(WAGTAILS) and not name.startswith("wagtailcore_"):
            addresses.add(f"{space}:{name}" if space else name)
    proven = {name for form in FORMS.values() for name in form.names} | {name for name, _ in DRAFTS.values()}
    assert not proven & (BUTTONS.keys() | READ | SIGNING_IN)
    assert addresses == proven | BUTTONS.keys() | READ | SIGNING_IN
