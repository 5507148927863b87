"""What stands on each of the demo's pages, in one language, as values of the page model's fields."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from home.models import FeedbackField
from review.demo.markup import as_html
from review.demo.texts import read

Facts = dict[str, Any]
Fields = dict[str, Any]


def stable_id(name: str) -> UUID:
    """The same for every language: by it a translated block or field is known as the source's."""
    return uuid5(NAMESPACE_URL, f"demo:{name}")


def stream(name: str, blocks: Iterable[tuple[str, Any]]) -> str:
    rows = [
        {"type": kind, "value": value, "id": str(stable_id(f"{name}:{place}"))}
        for place, (kind, value) in enumerate(blocks)
    ]
    return json.dumps(rows)


def front(facts: Facts, language: str) -> Fields:
    words = read("campaign")
    steps = [("step", _chosen(step, ("heading", "text"), language)) for step in facts["steps"]]
    return {
        "slug": f"home-{language}",
        "headline": words["headline"][language],
        "lead": words["lead"][language],
        "steps": stream("front", steps),
    }


def info(facts: Facts, language: str) -> Fields:
    body = stream(facts["slug"]["en"], _blocks(facts, language))
    return {"introduction": facts["intro"][language], "body": body}


def feedback(facts: Facts, language: str) -> Fields:
    form_fields = [
        FeedbackField(
            sort_order=place,
            translation_key=stable_id(f"form:{place}"),
            label=field["label"][language],
            field_type=field["type"],
            required=field["required"],
        )
        for place, field in enumerate(facts["form"])
    ]
    return info(facts, language) | {"thanks": facts["thanks"][language], "form_fields": form_fields}


def programme(facts: Facts, language: str) -> Fields:
    return {
        "foreword": as_html(facts["body"][language]),
        "signed_by": facts["signed_by"][language],
        "search_description": facts["intro"][language],
    }


def introduced(facts: Facts, language: str) -> Fields:
    """A page that has words of introduction and reads the rest from the data."""
    return {"introduction": facts["intro"][language]}


def how_we_choose(facts: Facts, language: str) -> Fields:
    words = read("campaign")
    texts = {field: as_html(words[field][language]) for field in ("who_decides", "who_cannot_win")}
    return introduced(facts, language) | texts


def _blocks(facts: Facts, language: str) -> Iterable[tuple[str, Any]]:
    if "body" in facts:
        yield "text", as_html(facts["body"][language])
    for item in facts.get("items", []):
        yield (
            "question",
            {"question": item["question"][language], "answer": as_html(item["answer"][language])},
        )
    for person in facts.get("people", []):
        same = {field: person[field] for field in ("name", "email", "phone")}
        organisation = read("campaign")["organiser"][language]
        yield "contact", same | {"role": person["role"][language], "organisation": organisation}


def _chosen(facts: Facts, fields: Iterable[str], language: str) -> dict[str, str]:
    return {field: facts[field][language] for field in fields}
