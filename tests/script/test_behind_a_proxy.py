"""The limits in a real process: whom a trusted proxy names is counted, and nobody passes by naming somebody else."""

from collections import Counter

from pledges.views.submit import GATE

from .test_serve import Machine, answers, database, eventually, processes, submit  # noqa: F401

OFFICE, ELSEWHERE = "203.0.113.9", "203.0.113.10"


def sent_from(machine: Machine, visitor: str, *, times: int = 1) -> Counter:
    return Counter(submit(machine, X_Forwarded_For=visitor).status for _ in range(times))


def test_each_visitor_behind_the_proxy_is_counted_alone(database, processes, tmp_path):  # noqa: F811
    machine = Machine(tmp_path, database.url)
    machine.environment |= {"TRUSTED_PROXIES": "127.0.0.1", "WEB_CONCURRENCY": "1"}
    processes.append(machine.start("serve"))
    assert eventually(lambda: answers(machine), seconds=240), machine.log("serve")
    assert sent_from(machine, OFFICE, times=GATE.hasty) == {302: GATE.hasty}
    assert sent_from(machine, OFFICE) == {200: 1}
    assert sent_from(machine, f"198.51.100.7, {OFFICE}") == {200: 1}
    assert sent_from(machine, f"{OFFICE}, {ELSEWHERE}") == {302: 1}
