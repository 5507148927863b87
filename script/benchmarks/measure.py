"""Times addresses in turn, so that a noisy machine is noisy for all of them, and prints medians and ratios."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Target:
    """An address with the headers to send; `body` makes it a POST."""

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: Callable[[], bytes] | None = None
    expected: int = 200


def fetch(target: Target) -> tuple[float, bytes]:
    """Milliseconds until the last byte, and the body. Raises RuntimeError for another status than expected."""
    parts = urlsplit(target.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    body = target.body() if target.body else None
    start = time.perf_counter()
    connection.request("POST" if body is not None else "GET", parts.path or "/", body, target.headers)
    response = connection.getresponse()
    content = response.read()
    elapsed = (time.perf_counter() - start) * 1000
    connection.close()
    if response.status != target.expected:
        raise RuntimeError(f"{target.name}: {response.status} instead of {target.expected}")
    return elapsed, content


def medians(targets: list[Target], *, rounds: int) -> dict[str, tuple[float, int]]:
    """Median milliseconds and bytes of each target over `rounds` turns, after five that do not count."""
    times: dict[str, list[float]] = {target.name: [] for target in targets}
    sizes: dict[str, int] = {}
    for turn in range(rounds + 5):
        for target in targets:
            elapsed, content = fetch(target)
            sizes[target.name] = len(content)
            if turn >= 5:
                times[target.name].append(elapsed)
    return {name: (statistics.median(values), sizes[name]) for name, values in times.items()}


def throughputs(targets: list[Target], *, writers: int, turns: int, seconds: float) -> dict[str, float]:
    """Requests a second that `writers` threads get through together, each target in turn, for so many seconds."""
    done = dict.fromkeys((target.name for target in targets), 0)
    for _ in range(turns):
        for target in targets:
            done[target.name] += _written(target, writers=writers, seconds=seconds)
    return {name: count / turns / seconds for name, count in done.items()}


def _written(target: Target, *, writers: int, seconds: float) -> int:
    counts = [0] * writers
    end = time.monotonic() + seconds

    def write(slot: int) -> None:
        while time.monotonic() < end:
            fetch(target)
            counts[slot] += 1

    threads = [threading.Thread(target=write, args=[slot]) for slot in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)
