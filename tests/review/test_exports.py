"""What is taken out of the desk: whole, only what the person may see, noted, and as many queries a chunk whatever its rows."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home import sheets
from home.sheets import Sheet
from pledges.models import Action, Exchange, Purpose, Status, Submission
from review.exports import columns, whole
from review.models import Score, Standing
from tests import factories

FORMULA = "=HYPERLINK(1)"


def judged(campaign, criteria, at, number: int = 1) -> list[Submission]:
    """Submissions with everything that an export tells of."""
    rows = [
        factories.SubmissionFactory(
            campaign=campaign,
            status=Status.IN_REVIEW,
            consents=[Purpose.TEXT],
            text__title=f"{FORMULA} {place}",
        )
        for place in range(number)
    ]
    for row in rows:
        Action.objects.create(version=row.latest, what="Train", unit="people", start=0, target=20)
        Exchange.objects.create(version=row.latest, direction="need", what="A hall", amount="one")
        factories.PartnerFactory(submission=row, state="confirmed")
        review = factories.ReviewFactory(submission=row, total="3.50", handed_in_at=at)
        Score.objects.bulk_create(Score(review=review, criterion=each, points=3) for each in criteria)
        factories.ReviewFactory(submission=row, comment="Not yet said", recommendation="select")
        factories.DecisionFactory(submission=row)
        Standing.objects.create(submission=row, mean="3.50", median="3.50", spread="0.00", reviews=1)
    return rows


def table(what: str, campaign, user) -> list[dict]:
    (sheet,) = whole.sheets(what, campaign, user)
    return objects(sheet)


def objects(sheet: Sheet) -> list[dict]:
    return json.loads(b"".join(sheets.json_of([sheet], {"of": ""})))[sheet.name]


def test_a_submission_is_told_with_its_text_giver_consents_and_standing(campaign, criteria, coordinator, at):
    (row,) = judged(campaign, criteria, at)
    (told,) = table("submissions", campaign, coordinator)
    giver = row.participations.get(role="lead").organisation.name
    expected = {
        "reference": row.reference,
        "status": "in_review",
        "contact_email": row.contact_email,
        "text_title": f"{FORMULA} 0",
        "theme": str(row.latest.theme),
        "actions": ["Train: 0 → 20 people"],
        "need": ["A hall (one)"],
        "offer": [],
        "newer_text": False,
        "organisation_name": giver,
        "consent_text": True,
        "consent_reuse": False,
        "mean": 3.5,
        "reviews": 1,
    }
    assert {name: told[name] for name in expected} == expected


def test_participants_scores_comments_and_decisions_have_a_row_each(campaign, criteria, coordinator, at):
    (row,) = judged(campaign, criteria, at)
    read = {what: table(what, campaign, coordinator) for what in whole.TABLES}
    assert {what: len(rows) for what, rows in read.items()} == {
        "submissions": 1,
        "participants": 2,
        "reviews": 2,
        "scores": 2,
        "comments": 1,
        "decisions": 1,
    }
    assert [(score["criterion"], score["weight"], score["points"]) for score in read["scores"]] == [
        ("Effect", 60, 3),
        ("Novelty", 40, 3),
    ]
    assert read["decisions"][0]["reasons"] == row.decision.reasons
    assert {part["participant_role"] for part in read["participants"]} == {"lead", "partner"}


def test_a_draft_of_a_review_is_told_without_its_words_and_points(campaign, criteria, coordinator, at):
    judged(campaign, criteria, at)
    handed_in, draft = table("reviews", campaign, coordinator)
    assert (handed_in["counts"], handed_in["total"]) == (True, 3.5)
    assert (draft["counts"], draft["total"], draft["recommendation"]) == (False, None, "")
    assert "Not yet said" not in json.dumps(table("comments", campaign, coordinator))


def test_a_review_with_a_conflict_of_interest_does_not_count(campaign, criteria, coordinator, at):
    (row,) = judged(campaign, criteria, at)
    factories.ConflictFactory(submission=row, person=row.reviews.first().reviewer)
    assert not any(review["counts"] for review in table("reviews", campaign, coordinator))


@pytest.mark.parametrize("what", whole.TABLES)
def test_a_conflict_of_interest_another_campaign_and_a_draft_stay_out(
    what, campaign, criteria, coordinator, at
):
    other = factories.CampaignFactory()
    for row in judged(campaign, criteria, at):
        factories.ConflictFactory(submission=row, person=coordinator)
    judged(other, criteria, at)
    factories.SubmissionFactory(campaign=campaign, status=Status.DRAFT)
    (sheet,) = whole.sheets(what, campaign, coordinator)
    assert (objects(sheet), sheet.number()) == ([], 0)


@pytest.mark.parametrize("what", whole.TABLES)
def test_a_chunk_takes_as_many_queries_however_many_rows(
    what, campaign, criteria, coordinator, at, monkeypatch
):
    def queries() -> tuple[int, int]:
        (sheet,) = whole.sheets(what, campaign, coordinator)
        with CaptureQueriesContext(connection) as captured:
            rows = list(sheet.rows)
        return len(captured), len(rows)

    judged(campaign, criteria, at, 2)
    few, _rows = queries()
    judged(campaign, criteria, at, 7)
    many, rows = queries()
    assert many == few
    monkeypatch.setattr(columns, "CHUNK", 4)
    in_chunks, _rows = queries()
    assert in_chunks <= few * (rows // 4 + 1)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_taking_a_table_is_noted_with_how_many_rows(campaign, criteria, coordinator, signed_in, at):
    judged(campaign, criteria, at, 2)
    answer = signed_in(coordinator).get(reverse("desk:take_export", args=["reviews", "csv"]))
    rows = list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))
    assert len(rows) == 4
    line = ModelLogEntry.objects.get(action="review.export")
    assert (line.user, line.data) == (coordinator, {"what": "reviews", "form": "csv", "rows": {"reviews": 4}})


def test_everything_is_one_document_in_the_readers_words(campaign, criteria, coordinator, signed_in, at):
    judged(campaign, criteria, at)
    answer = signed_in(coordinator).get(reverse("desk:take_export", args=["everything", "json"]))
    document = json.loads(body(answer))
    assert [name for name in document if isinstance(document[name], list)] == list(whole.TABLES)
    assert document["campaign"] == campaign.slug


def test_no_file_starts_a_formula(campaign, criteria, coordinator, signed_in, at):
    judged(campaign, criteria, at)
    answer = signed_in(coordinator).get(reverse("desk:take_export", args=["submissions", "csv"]))
    assert f"'{FORMULA}" in body(answer).decode()


def test_the_page_tells_how_much_there_is(campaign, criteria, coordinator, signed_in, at):
    judged(campaign, criteria, at, 2)
    page = signed_in(coordinator).get(reverse("desk:export"))
    assert [(table["name"], table["number"]) for table in page.context["tables"]] == [
        ("submissions", 2),
        ("participants", 4),
        ("reviews", 4),
        ("scores", 4),
        ("comments", 2),
        ("decisions", 2),
    ]
