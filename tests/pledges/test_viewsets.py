"""The coordinators' records in the admin: seen by coordinators, changed by nobody."""

import pytest
from django.urls import reverse

from pledges.models import ConsentWording, Purpose
from tests.factories import OrganisationFactory, SubmissionFactory

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
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

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
