"""A form's gate: what it makes of moment and proof, and that it never refuses who comes once."""

import base64
import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import altcha
import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from home.robots import LONGEST_PROOF, PROOF_LASTS, Gate, Verdict

SECOND = timedelta(seconds=1)
GATE = Gate(form="test", quickest=5 * SECOND, hasty=2, unproven=4, proven=6, later="Later.")
OFFICE, ELSEWHERE = "192.0.2.7", "192.0.2.8"


@pytest.fixture
def now():
    return timezone.now()


def asked(sender: str = OFFICE, **fields):
    return RequestFactory().post("/", fields, REMOTE_ADDR=sender)


def rendered(at, *, gate: Gate = GATE, key: str = "k", **more):
    return gate.marks(asked(), at=at, key=key, **more)


def solved(challenge: str) -> str:
    """What a browser sends for a challenge."""
    given = altcha.Challenge.from_dict(json.loads(challenge))
    return altcha.Payload(given, altcha.solve_challenge(given)).to_base64()


def written(at, **fields):
    """What somebody sends who took a minute over it."""
    return {"rendered": rendered(at - 60 * SECOND).rendered} | fields


def judged(number: int, at, *, gate: Gate = GATE, sender: str = OFFICE, **fields) -> Counter:
    return Counter(gate.judge(asked(sender, **fields), at=at, key="k").value for _ in range(number))


@pytest.mark.parametrize("fields", [{}, {"rendered": "x"}, {"rendered": "1:x", "proof": "x"}])
def test_a_first_sending_is_welcome_whatever_it_lacks(now, fields):
    assert judged(1, now, **fields) == {"welcome": 1}


def test_who_is_quick_many_times_is_asked_to_press_once_more(now):
    fields = {"rendered": rendered(now).rendered}
    assert judged(4, now + 4 * SECOND, **fields) == {"welcome": 2, "once more": 2}
    assert judged(1, now + 4 * SECOND, sender=ELSEWHERE, **fields) == {"welcome": 1}
    assert judged(1, now + 5 * SECOND, **fields) == {"welcome": 1}


def test_pressed_once_more_it_passes_at_once(now):
    judged(2, now)
    assert judged(1, now) == {"once more": 1}
    again = GATE.marks(asked(), at=now, key="k", is_known=True)
    assert judged(1, now, rendered=again.rendered) == {"welcome": 1}


def test_a_form_shown_again_keeps_its_first_moment(now):
    first = rendered(now)
    second = GATE.marks(asked(rendered=first.rendered), at=now + 60 * SECOND, key="k")
    assert second.rendered == first.rendered
    assert second.challenge != first.challenge


@pytest.mark.parametrize("gate", [replace(GATE, form="other"), GATE])
def test_a_moment_counts_for_its_own_form_only(now, gate):
    long_ago = rendered(now - timedelta(hours=1), gate=gate, key="k" if gate != GATE else "another").rendered
    assert GATE.is_hasty(asked(rendered=long_ago), at=now, key="k")


def test_a_clock_that_is_two_seconds_ahead_makes_nobody_slower_than_quick(now):
    ahead = rendered(now + 2 * SECOND).rendered
    assert GATE.is_hasty(asked(rendered=ahead), at=now, key="k")
    assert not GATE.is_hasty(asked(rendered=ahead), at=now + 7 * SECOND, key="k")


def test_without_the_sum_fewer_pass_than_with_it(now):
    gate = replace(GATE, unproven=1, proven=2)
    assert judged(2, now, gate=gate, **written(now)) == {"welcome": 1, "later": 1}
    proofs = [solved(rendered(now, gate=gate).challenge) for _ in range(3)]
    verdicts = [gate.judge(asked(**written(now, proof=proof)), at=now, key="k") for proof in proofs]
    assert verdicts == [Verdict.WELCOME, Verdict.WELCOME, Verdict.LATER]
    assert judged(1, now, gate=gate, sender=ELSEWHERE, **written(now)) == {"welcome": 1}


def test_a_solution_counts_once(now):
    request = asked(proof=solved(rendered(now).challenge))
    assert [GATE.is_proven(request, at=now, key="k") for _ in range(2)] == [True, False]


def test_a_solution_counts_for_its_form_its_gate_and_its_time(now):
    proof = asked(proof=solved(rendered(now).challenge))
    assert not GATE.is_proven(proof, at=now, key="another")
    assert not replace(GATE, form="other").is_proven(proof, at=now, key="k")
    assert not GATE.is_proven(proof, at=now + PROOF_LASTS + SECOND, key="k")
    assert GATE.is_proven(proof, at=now, key="k")


def test_a_sum_may_not_be_made_easier_or_left_undone(now):
    challenge = json.loads(rendered(now).challenge)
    easier = challenge | {"parameters": challenge["parameters"] | {"keyPrefix": "", "cost": 1}}
    unsigned = {"parameters": challenge["parameters"]}
    undone = {"counter": 0, "derivedKey": "00" * 32}
    wrong = [{"challenge": challenge, "solution": undone}]
    wrong += [
        {"challenge": each, "solution": {"counter": 0, "derivedKey": ""}} for each in (easier, unsigned)
    ]
    wrong += [
        {},
        [],
        "x",
        7,
        None,
        {"challenge": [], "solution": []},
        {"challenge": challenge, "solution": 1},
    ]
    for payload in wrong:
        text = base64.b64encode(json.dumps(payload).encode()).decode()
        assert not GATE.is_proven(asked(proof=text), at=now, key="k"), payload


@given(
    st.text(max_size=LONGEST_PROOF + 1)
    | st.binary(max_size=300).map(lambda raw: base64.b64encode(raw).decode())
)
def test_no_text_in_the_fields_breaks_the_gate(text):
    request = asked()
    request.POST = {"proof": text, "rendered": text}
    at = timezone.now()
    assert not GATE.is_proven(request, at=at, key="k")
    assert GATE.is_hasty(request, at=at, key="k")


def test_programs_of_this_machine_pass_where_the_form_says_so(now):
    spares = replace(GATE, spares_within=True)
    assert judged(9, now, gate=spares, sender="127.0.0.1") == {"welcome": 9}
    assert judged(9, now, sender="127.0.0.1")["welcome"] == GATE.hasty


def test_a_real_proof_is_no_longer_than_the_longest_that_is_read(now):
    assert len(solved(rendered(now, key="k" * 64).challenge)) < LONGEST_PROOF / 2
