"""Many at once, on a database that really commits: everything accepted is stored once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from home.models import Mail
from pledges.models import Organisation, Participation, Status, Submission, Version
from tests.factories import CampaignFactory, ThemeFactory, laid_around

from .form import URL, filled

WRITERS = 50

pytestmark = pytest.mark.django_db(transaction=True)


def sent_at_once(forms: list[dict]) -> list[int]:
    """Send all forms from threads that start together; the status codes of the answers."""
    start = Barrier(len(forms))

    def send(form: dict) -> int:
        try:
            start.wait(timeout=30)
            return Client().post(URL, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as threads:
        return list(threads.map(send, forms))


@pytest.fixture
def theme():
    campaign = CampaignFactory(is_current=True, phases=laid_around(timezone.now()))
    return ThemeFactory(campaign=campaign)


def test_fifty_writers_at_once_are_all_stored_once(theme):
    forms = [
        filled(
            theme,
            form_key=f"rush-{number:03}",
            title=f"Pledge {number}",
            tags="#kieli #työ",
            consent_text="on",
        )
        for number in range(WRITERS)
    ]
    assert Counter(sent_at_once(forms)) == {302: WRITERS}
    titles = Counter(Submission.objects.values_list("latest__title", flat=True))
    assert titles == Counter(f"Pledge {number}" for number in range(WRITERS))
    counts = {
        model.__name__: model.objects.count() for model in (Submission, Version, Organisation, Participation)
    }
    assert counts == dict.fromkeys(("Submission", "Version", "Organisation", "Participation"), WRITERS)
    assert set(Submission.objects.values_list("status", flat=True)) == {Status.SUBMITTED}
    assert Mail.objects.filter(letter="confirm").count() == WRITERS


def test_the_same_form_sent_many_times_at_once_is_one_submission_and_one_mail(theme):
    assert Counter(sent_at_once([filled(theme)] * 10)) == {302: 10}
    assert Submission.objects.count() == Version.objects.count() == Organisation.objects.count() == 1
    assert list(Mail.objects.values_list("letter", flat=True)) == ["confirm"]


def test_the_same_form_with_two_texts_at_once_is_one_submission_with_both_versions(theme):
    forms = [filled(theme, title="One text"), filled(theme, title="Another text")]
    assert sent_at_once(forms) == [302, 302]
    submission = Submission.objects.get()
    assert set(submission.versions.values_list("title", flat=True)) == {"One text", "Another text"}
    assert submission.latest.number == 2
    assert Mail.objects.count() == 1
