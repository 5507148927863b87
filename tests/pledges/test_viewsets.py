"""The coordinators' records in the admin: seen by coordinators, changed by nobody."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges import actors, translating
from pledges.models import ConsentWording, Purpose
from tests.factories import AT, OrganisationFactory, SubmissionFactory

READ_ONLY = ("submissions", "organisations")


@pytest.fixture
def submission(campaign):
    return SubmissionFactory(campaign=campaign, text__title="=HYPERLINK(1)", organisation__name="+Plus ry")


def test_a_coordinator_lists_filters_inspects_and_sees_the_history(signed_in, coordinator, submission):
    admin = signed_in(coordinator)
    page = admin.get(reverse("submissions:index"), {"status": "submitted", "q": submission.reference})
    assert submission.reference in page.content.decode()
    assert "+Plus ry" in page.content.decode()
    assert (
        submission.reference
        not in admin.get(reverse("submissions:index"), {"status": "draft"}).content.decode()
    )
    inspected = admin.get(reverse("submissions:inspect", args=[submission.pk])).content.decode()
    assert submission.contact_email in inspected
    assert admin.get(reverse("submissions:history", args=[submission.pk])).status_code == 200
    assert admin.get(reverse("organisations:index")).status_code == 200


def test_the_list_takes_the_same_queries_for_two_rows_and_for_twenty(
    signed_in, coordinator, campaign, django_assert_num_queries
):
    admin, counts = signed_in(coordinator), []
    for more in (2, 18):
        for _row in range(more):
            SubmissionFactory(campaign=campaign)
        admin.get(reverse("submissions:index"))
        with CaptureQueriesContext(connection) as queries:
            admin.get(reverse("submissions:index"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_is_complete_and_starts_no_formula(signed_in, coordinator, submission, kind):
    answer = signed_in(coordinator).get(reverse("submissions:index"), {"export": kind})
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        row = content.decode().splitlines()[1]
        assert submission.reference in row
        assert "'=HYPERLINK(1)" in row
        assert "'+Plus ry" in row
    else:
        assert content.startswith(b"PK")


def exported(admin) -> list[dict]:
    answer = admin.get(reverse("submissions:index"), {"export": "csv"})
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_the_export_has_the_plain_words_and_passed_translations(signed_in, coordinator, campaign):
    plain = SubmissionFactory(campaign=campaign, text__plain_summary="We speak.", text__language="en")
    words = {"title": "Ett kafé", "summary": "Kaffe.", "plain_summary": "Vi talar.", "description": "Vi."}
    made = {"of": plain.latest, "base": "", "at": AT}
    translating.translate(plain, "sv", words, **made, by=actors.coordinator(coordinator))
    translating.translate(plain, "fi", words | {"title": "Unread"}, **made, by=actors.OWNER)
    (row,) = exported(signed_in(coordinator))
    assert (row["latest.language"], row["latest.plain_summary"]) == ("en", "We speak.")
    told = [row[f"words.{code}.plain_summary"] for code in ("fi", "sv", "en")]
    assert told == ["", "Vi talar.", "We speak."]
    assert "Unread" not in row.values()


def test_the_export_takes_the_same_queries_for_two_rows_and_for_twenty(signed_in, coordinator, campaign):
    admin, counts = signed_in(coordinator), []
    for more in (2, 18):
        for row in SubmissionFactory.create_batch(more, campaign=campaign, text__language="en"):
            by = actors.coordinator(coordinator)
            translating.translate(row, "sv", {"title": "Ett"}, of=row.latest, base="", by=by, at=AT)
        with CaptureQueriesContext(connection) as queries:
            assert len(exported(admin)) == row.campaign.submissions.count()
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", READ_ONLY)
@pytest.mark.parametrize("action", ["add", "edit", "delete"])
def test_nobody_changes_a_record_here_not_even_an_administrator(
    signed_in, coordinator, administrator, submission, name, action
):
    pk = submission.pk if name == "submissions" else OrganisationFactory().pk
    address = reverse(f"{name}:{action}", args=[] if action == "add" else [pk])
    for person in (coordinator, administrator):
        for method in ("get", "post"):
            answer = getattr(signed_in(person), method)(address)
            assert answer.status_code == 302
            assert answer.url == reverse("wagtailadmin_home")


def test_a_wording_is_added_and_never_edited(signed_in, coordinator):
    admin = signed_in(coordinator)
    form = {"purpose": "text", "number": "2", "text_fi": "Uusi", "text_sv": "Ny", "text_en": "New"}
    admin.post(reverse("wordings:add"), form)
    assert ConsentWording.objects.get(purpose=Purpose.TEXT, number=2).text_sv == "Ny"
    first = ConsentWording.objects.get(purpose=Purpose.TEXT, number=1)
    assert admin.post(reverse("wordings:edit", args=[first.pk]), form).url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("name", ["submissions", "organisations", "wordings"])
def test_reviewers_and_editors_see_no_records(signed_in, reviewer, editor, submission, name):
    for person in (reviewer, editor):
        assert signed_in(person).get(reverse(f"{name}:index")).status_code == 302
