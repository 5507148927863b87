"""The rush of `script/benchmark rush`, small: real processes, one of which is killed, and a database that throws all out."""

import os
import re
import signal
from urllib.parse import urlencode

import pytest
from django.db import connection
from rush import WORKER, Rush, Sending, faults

from campaign.models import Theme
from home.models import Mail
from pledges.models import Submission
from tests.factories import SubmissionFactory
from tests.pledges.form import filled

from .test_serve import Machine, answers, database, eventually, processes  # noqa: F401

WRITERS = 8


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no connections that a server could end"
)
def test_every_receipt_of_a_rush_is_one_stored_submission(database, processes, tmp_path):  # noqa: F811
    machine = Machine(tmp_path, database.url)
    machine.environment |= {"TRUSTED_PROXIES": "127.0.0.1"}
    processes.append(machine.start("serve"))
    assert eventually(lambda: answers(machine), seconds=240), machine.log("serve")
    assert eventually(lambda: len(workers(machine)) == 2), machine.log("serve")
    killed = workers(machine)[0]
    theme = Theme.objects.get()
    rush = Rush(machine.port, lambda key: form(theme, key), WRITERS, seconds=9, patience=120)
    rush.run((3, lambda: os.kill(killed, signal.SIGKILL)), (6, database.end_connections))
    assert faults(rush.sendings) == {}
    assert {sending.reference for sending in rush.sendings} == set(
        Submission.objects.values_list("reference", flat=True)
    )
    assert len(rush.sendings) == Mail.objects.count() >= WRITERS
    assert eventually(lambda: len(workers(machine)) == 3), machine.log("serve")


def workers(machine: Machine) -> list[int]:
    """Those that were started, in their order."""
    return [int(pid) for pid in WORKER.findall(machine.log("serve"))]


def form(theme: Theme, key: str) -> bytes:
    address = f"{re.sub('[^a-z]', '', key.lower())}@example.org"
    return urlencode(filled(theme, form_key=key, contact_email=address, consent_text="on")).encode()


def test_a_receipt_of_nothing_and_a_submission_without_a_letter_are_found(db):
    stored = SubmissionFactory()
    sendings = [
        Sending(key=stored.form_key, reference=stored.reference),
        Sending(key="lost", reference="L-1"),
    ]
    assert faults(sendings) == {
        "receipts without a submission": {("lost", "L-1")},
        "submissions without their one letter": {stored.reference},
    }
