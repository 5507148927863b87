"""A rush: many send the form at once, press again when it fails, and what they were told is held against what is stored."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address

from home.models import Mail
from pledges.models import Submission, Version
from pledges.models.submission import new_form_key

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
REFERENCE = re.compile(r'class="reference numeric">([^<]+)<')
WORKER = re.compile(r"Booting worker with pid: (\d+)")
PAUSE = 0.5  # seconds until somebody presses again


def address() -> str:
    """Where somebody writes from, as the proxy says it; nobody here shares one, so no limit is met."""
    return str(ip_address("10.0.0.0") + random.randrange(2**24))


@dataclass
class Sending:
    """One form on its way. `met` is whatever else came before its receipt, `reference` what that showed."""

    key: str = field(default_factory=new_form_key)
    sender: str = field(default_factory=address)
    requests: int = 0
    met: list[str] = field(default_factory=list)
    seconds: float = 0  # from the first press until the answer, pressing again included
    reference: str = ""


@dataclass
class Rush:
    """Writers who fill in and send one form after the other until `seconds` are over.

    Each presses again, with the very same form, until it has its receipt or `patience` has run out too.
    """

    port: int
    form: Callable[[str], bytes]
    writers: int
    seconds: float
    patience: float = 60
    sendings: list[Sending] = field(default_factory=list)

    def run(self, *acts: tuple[float, Callable[[], object]]) -> None:
        """Let them write, and do each of `acts` so many seconds after they began."""
        self.began = time.monotonic()
        threads = [threading.Thread(target=self._write) for _ in range(self.writers)]
        for thread in threads:
            thread.start()
        for after, act in acts:
            time.sleep(max(0, self.began + after - time.monotonic()))
            act()
        for thread in threads:
            thread.join()

    def _write(self) -> None:
        while time.monotonic() < self.began + self.seconds:
            sending = Sending()
            self.sendings.append(sending)
            self._send(sending)

    def _send(self, sending: Sending) -> None:
        body, start = self.form(sending.key), time.monotonic()
        place, _ = self._press(sending, 302, "POST", "/en/submit/", body)
        sending.seconds = time.monotonic() - start
        if place:
            _, page = self._press(sending, 200, "GET", place)
            sending.reference = found[1] if (found := REFERENCE.search(page)) else ""

    def _press(
        self, sending: Sending, wanted: int, method: str, path: str, body: bytes | None = None
    ) -> tuple[str, str]:
        """Where the answer leads and what it says, once there is one of the wanted status; nothing where none came."""
        while time.monotonic() < self.began + self.seconds + self.patience:
            sending.requests += 1
            status, place, text = self._ask(sending.sender, method, path, body)
            if status == wanted:
                return place, text
            sending.met.append(f"{method} {status}")
            time.sleep(PAUSE)
        return "", ""

    def _ask(self, sender: str, method: str, path: str, body: bytes | None) -> tuple[int | str, str, str]:
        """Status, or the name of what went wrong, with the place that the answer leads to and its text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, FORM | {"X-Forwarded-For": sender})
            response = connection.getresponse()
            return response.status, response.headers.get("Location", ""), response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, "", ""
        finally:
            connection.close()


def faults(sendings: Iterable[Sending]) -> dict[str, set]:
    """What may not be, with what it is true of; empty when each receipt is one stored submission with one letter.

    Nothing else may have been stored before.
    """
    receipts = {(sending.key, sending.reference) for sending in sendings if sending.reference}
    stored = list(Submission.objects.values_list("form_key", "reference"))
    keys, references = (Counter(column) for column in zip(*stored, strict=True)) if stored else ({}, {})
    letters = Counter(Mail.objects.values_list("reference", flat=True))
    versions = Counter(Version.objects.values_list("submission__reference", flat=True))
    found = {
        "receipts without a submission": receipts - set(stored),
        "forms stored twice": {key for key, times in keys.items() if times > 1},
        "references given twice": {reference for reference, times in references.items() if times > 1},
        "submissions without their one letter": {each for each in references if letters[each] != 1},
        "letters without a submission": letters.keys() - references.keys(),
        "submissions without their one version": {each for each in references if versions[each] != 1},
    }
    return {fault: of for fault, of in found.items() if of}
