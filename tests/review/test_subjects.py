"""The subjects of all letters, in three languages: nobody takes a decision for a receipt, or one decision for another."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

FOLDER = Path(settings.BASE_DIR) / "templates" / "emails"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
OUTCOMES = ("decision_selected", "decision_reserve", "decision_declined")


def subject(name: str, language: str, **context) -> str:
    with translation.override(language):
        template = Engine.get_default().get_template(f"emails/{name}.subject.txt")
        return " ".join(template.render(Context({"title": "TITLE"} | context, autoescape=False)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_letters_begin_alike(language):
    names = sorted(path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt"))
    assert set(OUTCOMES) | {"pledges_received", "award_given"} <= set(names)
    subjects = {name: subject(name, language) for name in names}
    subjects |= {f"{name}, corrected": subject(name, language, correction=True) for name in OUTCOMES}
    assert len(set(subjects.values())) == len(subjects)
    of_decisions = {name: said for name, said in subjects.items() if name.startswith("decision_")}
    for name, said in of_decisions.items():
        words = said.partition("TITLE")[0].casefold()
        others = [other.casefold() for told, other in subjects.items() if told != name]
        assert not [other for other in others if other.startswith(words)], said
