"""Every form that a person can send, with each field wrong, missing, too long, or full of what harms."""

import pytest

from . import desk, public
from .engine import Attacker, machinery_proved, proved

FORMS = {form.name: form for form in (*public.FORMS, *desk.FORMS)}


@pytest.mark.parametrize("name", FORMS)
def test_each_field_is_stored_clean_or_told_what_is_wrong(name, world):
    attacker = Attacker(FORMS[name], world)
    good = attacker.send({})
    assert attacker.is_done(good), (good.status, good.refusals, good.page and good.page.summary)
    problems = []
    for attack in attacker.form.attacks:
        try:
            proved(attacker, attack)
        except AssertionError as problem:
            problems.append(f"{attack}: {str(problem)[:700]}")
    assert not problems, "\n".join(problems)
    machinery_proved(attacker)
