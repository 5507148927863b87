"""Sends a form everything that is wrong, and finds either a stored clean value or an error at that field.

The fields are read from the page, so that a new one is attacked without anybody writing it here.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.contrib import messages
from django.core.cache import cache
from django.db import connection, transaction

from .attacks import HARMFUL, HIDDEN, LEFT_OUT, NAMES, SCRIPT, attacked, legible, word
from .reading import CHOSEN, WRITTEN, Control, Page

SHOWN_AGAIN, SENT_ON = {200, 403, 413, 422, 429}, {302, 303}
# Kept as they were typed, on purpose: nobody but the writer reads them before they are sent through the form.
DRAFTS = ("pledges_unsentform", "pledges_unsenttext", "django_session")

# They say which of the buttons on a page was pressed.
SWITCHES = {"action"}


@dataclass(frozen=True)
class Form:
    """One form: where it stands, a field that tells it from others on its page, and what a good sending says.

    `opened` makes the world and gives who asks and where the page stands; a page that only a POST shows comes third.
    `names` are the addresses whose POST it proves, `press` is the button, `done` a word of the page that comes when all
    is well and is no other address. Of what is written in `unstored`, nothing is kept; `aside` stays as it is. A form
    that does not tell errors by field says so: it must only stand, and keep what was typed.
    """

    name: str
    names: Collection[str]
    opened: Callable[[Any], tuple]
    has: str
    good: Mapping[str, Any] = field(default_factory=dict)
    press: Mapping[str, str] = field(default_factory=dict)
    unstored: Collection[str] = ()
    done: str = ""
    attacks: Collection[str] = NAMES
    aside: Collection[str] = ()
    tells: bool = True


@dataclass
class Answer:
    status: int
    page: Page | None
    refusals: list[str]
    written: str


class Attacker:
    """One form that stands open in one world."""

    def __init__(self, form: Form, world: Any) -> None:
        self.form = form
        self.client, self.url, *shown = form.opened(world)
        page = Page(shown[0] if shown else self.client.get(self.url).content.decode())
        found = page.holding(form.has)
        assert found, f"{self.url} has no form with {form.has}"
        self.controls, action = found
        self.action = urljoin(self.url, action)
        self.good = {name: control.values for name, control in self.controls.items()} | self.typed()
        self.numbers = {name: number for number, name in enumerate(self.controls)}

    def of_kind(self, kinds: Collection[str]) -> list[Control]:
        return [control for control in self.controls.values() if control.kind in kinds]

    def typed(self) -> dict[str, Any]:
        """What a good sending says in the fields that there are; a file is made anew each time."""
        good = {name: given for name, given in self.form.good.items() if name in self.controls}
        return {name: given() if callable(given) else given for name, given in good.items()}

    def send(self, changes: Mapping[str, Any]) -> Answer:
        """Post it with these changes to what is good, look at the answer, and leave the world as it was."""
        data = self.good | self.typed() | dict(self.form.press) | dict(changes)
        data = {name: value for name, value in data.items() if value is not LEFT_OUT}
        cache.clear()
        with undone(), watched() as written:
            response = self.client.post(self.action, data)
        assert response.status_code < 500, (self.form.name, changes)
        text = response.content.decode()
        assert not SCRIPT.search(text), (self.form.name, SCRIPT.search(text))
        queued = response.wsgi_request._messages._queued_messages
        refusals = [str(each) for each in queued if each.level >= messages.ERROR]
        page = Page(text) if response.status_code in SHOWN_AGAIN else None
        return Answer(response.status_code, page, refusals, "\n".join(written))

    def is_done(self, answer: Answer) -> bool:
        if self.form.done and answer.page:
            return self.form.done in answer.page.html
        return answer.status in SENT_ON and not answer.refusals


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Every text that is written to the database meanwhile; none of it holds what harms."""
    texts: list[str] = []

    def look(execute, sql, params, many, context):
        is_draft = any(table in sql for table in DRAFTS)
        if sql.startswith(("INSERT", "UPDATE")):
            for text in flat(params):
                assert is_draft or not HARMFUL.search(text), (sql[:60], text)
                texts.append(text)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield texts


def flat(value: Any) -> Iterator[str]:
    """The texts within what is sent to the database, those in JSON as well."""
    if hasattr(value, "dumps") and hasattr(value, "adapted"):  # psycopg2's wrapper of JSON
        value = value.adapted
    if isinstance(value, str):
        parsed = opened(value)
        if parsed is None:
            yield value
        else:
            yield from flat(parsed)
    elif isinstance(value, Mapping):
        for part in value.items():
            yield from flat(part)
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from flat(part)


def opened(text: str) -> Any:
    if text[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def errors_at(controls: Mapping[str, Control], page: Page) -> set[str]:
    """The fields that are described by an error which stands on the page."""
    return {
        name
        for name, control in controls.items()
        if control.kind != "hidden"
        and any(place.endswith("_error") and place in page.ids for place in control.described)
    }


def proved(attacker: Attacker, name: str) -> None:
    """One attack: each field either says what is wrong with it, or its value is stored, and clean."""
    left = {
        control.name: value
        for control in attacker.controls.values()
        if control.name not in attacker.form.aside
        and (value := attacked(control, name, attacker.numbers[control.name])) is not None
    }
    if not attacker.form.tells:
        stood(attacker, left)
        return
    for _round in range(4):
        if not left:
            return
        answer = attacker.send(left)
        if attacker.is_done(answer):
            stored(attacker, name, left, answer)
            return
        erring = refused(attacker, left, answer)
        left = {field: value for field, value in left.items() if field not in erring}
    raise AssertionError(f"{attacker.form.name}: {name}: {sorted(left)} is neither taken nor refused")


def stood(attacker: Attacker, sent: Mapping[str, Any]) -> None:
    answer = attacker.send(sent)
    found = answer.page and answer.page.holding(attacker.form.has)
    if found:
        kept(attacker, sent, found[0])


def stored(attacker: Attacker, name: str, sent: Mapping[str, Any], answer: Answer) -> None:
    lost = []
    for control in attacker.of_kind(WRITTEN - {"password"}):
        if control.name not in sent or control.name in attacker.form.unstored:
            continue
        assert name != "too long", (attacker.form.name, control.name, "takes a text without end")
        mark = word(attacker.numbers[control.name])
        if mark in str(sent[control.name]) and mark not in answer.written.casefold():
            lost.append(control.name)
    assert not lost, (attacker.form.name, name, lost, "was neither stored nor refused")


def refused(attacker: Attacker, sent: Mapping[str, Any], answer: Answer) -> set[str]:
    """The form came again: which fields it finds fault with. Everything typed is still there."""
    about = (attacker.form.name, sorted(sent), answer.status, answer.refusals)
    assert answer.page, (*about, "was sent on, and what was typed is lost")
    found = answer.page.holding(attacker.form.has)
    assert found, (*about, "came back without its form")
    shown = found[0]
    erring = errors_at(shown, answer.page)
    assert erring, (*about, "says no error at a field", answer.page.summary)
    assert erring <= set(sent), (*about, erring - set(sent), "errs, and was right")
    linked = {name for name in erring if shown[name].places & set(answer.page.summary)}
    assert linked == erring, (*about, erring - linked, "is not linked from the summary")
    assert "" not in answer.page.summary, (*about, "has an error that leads nowhere")
    kept(attacker, sent, shown)
    return erring


def kept(attacker: Attacker, sent: Mapping[str, Any], shown: Mapping[str, Control]) -> None:
    lost = {}
    for name, value in (attacker.good | dict(sent)).items():
        control = attacker.controls.get(name)
        if control is None or control.kind in {"hidden", "password", "file"} or value is LEFT_OUT:
            continue
        if control.kind in CHOSEN and name in sent:
            continue
        typed = [legible(str(each)) for each in (value if isinstance(value, list) else [value])]
        there = [legible(each) for each in shown[name].values] if name in shown else None
        if there is None or sorted(filter(None, typed)) != sorted(filter(None, there)):
            lost[name] = (typed, there)
    assert not lost, (attacker.form.name, lost, "is not there any more")


def machinery_proved(attacker: Attacker) -> None:
    """What no person types: whatever stands there, nothing breaks, and no text is lost."""
    texts = {
        control.name: f"{word(attacker.numbers[control.name])} stays"
        for control in attacker.of_kind({"textarea"})
    }
    for number, control in enumerate(attacker.of_kind({"hidden"})):
        if control.name in SWITCHES:
            continue
        for value in (HIDDEN[number % len(HIDDEN)], HIDDEN[(number + 2) % len(HIDDEN)]):
            answer = attacker.send(texts | {control.name: value})
            about = (attacker.form.name, control.name, value, answer.status, answer.refusals)
            if answer.page:
                there = answer.page.html
            else:
                there = answer.written
                assert answer.status in SENT_ON | {404, 405}, about
            for name, text in texts.items():
                if name in attacker.form.unstored:
                    continue
                assert text in there, (*about, name, "is lost")
