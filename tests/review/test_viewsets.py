"""The review's records in the admin: who sees which row, what an export holds, and how many queries a list takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaign.models import Report
from pledges import publishing
from pledges.models import Purpose, Status
from tests import factories

FORMULA = "=HYPERLINK(1)"
HANDED_IN = {"handed_in_at": factories.AT, "total": 3}


@pytest.fixture
def records(campaign, other_reviewer) -> dict:
    """One submission and everything that the admin tells of it, by the name of the list."""
    submission = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    return {
        "submissions": submission,
        "reviews": factories.ReviewFactory(submission=submission, reviewer=other_reviewer, **HANDED_IN),
        "decisions": factories.DecisionFactory(submission=submission),
        "conflicts": factories.ConflictFactory(submission=submission),
    }


def answers(admin, name: str, row) -> dict:
    views = ("inspect", "history")
    return {view: admin.get(reverse(f"{name}:{view}", args=[row.pk])).status_code for view in views}


@pytest.mark.parametrize("name", ["submissions", "reviews", "decisions", "conflicts"])
@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_a_conflict_of_interest_ends_the_sight_of_every_record(name, who, records, signed_in, request):
    person = request.getfixturevalue(who)
    admin, row, reference = signed_in(person), records[name], records["submissions"].reference
    assert set(answers(admin, name, row).values()) == {200}
    assert reference in admin.get(reverse(f"{name}:index")).content.decode()
    factories.ConflictFactory(submission=records["submissions"], person=person)
    assert set(answers(admin, name, row).values()) == {404}
    assert reference not in admin.get(reverse(f"{name}:index")).content.decode()
    exported = admin.get(reverse(f"{name}:index"), {"export": "csv"})
    assert reference not in b"".join(exported.streaming_content).decode()


def test_what_a_reviewer_has_not_handed_in_is_neither_listed_nor_exported(
    in_review, coordinator, signed_in, at
):
    draft = factories.ReviewFactory(submission=in_review, comment="Half a thought.")
    factories.ReviewFactory(
        submission=in_review, comment="Not for me.", abstained_at=at, abstention="Unsure."
    )
    admin = signed_in(coordinator)
    assert admin.get(reverse("reviews:inspect", args=[draft.pk])).status_code == 404
    assert in_review.reference not in admin.get(reverse("reviews:index")).content.decode()
    exported = admin.get(reverse("reviews:index"), {"export": "csv"})
    text = b"".join(exported.streaming_content).decode()
    assert ("Half a thought." in text, "Not for me." in text) == (False, False)


def test_a_draft_that_was_never_sent_stands_in_no_record(campaign, coordinator, signed_in):
    draft = factories.SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    admin = signed_in(coordinator)
    assert admin.get(reverse("submissions:inspect", args=[draft.pk])).status_code == 404
    assert draft.reference not in admin.get(reverse("submissions:index")).content.decode()


def test_an_erased_submission_keeps_its_entry_in_the_register(in_review, coordinator, signed_in, at):
    in_review.erased_at = at
    in_review.save()
    url = reverse("submissions:inspect", args=[in_review.pk])
    assert signed_in(coordinator).get(url).status_code == 200


@pytest.mark.parametrize("name", ["reviews", "decisions", "reports"])
def test_no_export_starts_a_formula(name, campaign, coordinator, signed_in, at):
    submission = factories.SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, consents=[Purpose.TEXT]
    )
    factories.ReviewFactory(submission=submission, comment=FORMULA, **HANDED_IN)
    factories.DecisionFactory(submission=submission, reasons=FORMULA)
    item = publishing.refresh(submission, at=at)
    Report.objects.create(item=item, message=FORMULA, reported_at=timezone.now())
    answer = signed_in(coordinator).get(reverse(f"{name}:index"), {"export": "csv"})
    assert f"'{FORMULA}" in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("name", ["reviews", "decisions", "conflicts"])
def test_a_list_takes_the_same_queries_for_two_rows_and_for_twenty(name, campaign, coordinator, signed_in):
    make = {
        "reviews": factories.ReviewFactory,
        "decisions": factories.DecisionFactory,
        "conflicts": factories.ConflictFactory,
    }[name]
    admin, counts = signed_in(coordinator), []
    for more in (2, 18):
        for _row in range(more):
            given = HANDED_IN if name == "reviews" else {}
            make(submission=factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW), **given)
        admin.get(reverse(f"{name}:index"))
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(reverse(f"{name}:index")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
