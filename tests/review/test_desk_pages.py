"""The desk's lists: what they show, how many queries they take, how heavy they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges.models import Status, Submission, Translation, Version
from review.models import Assignment, Standing
from tests import factories


def fill(campaign, number: int, reviewer=None) -> list[Submission]:
    rows = [factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW) for _ in range(number)]
    for place, row in enumerate(rows):
        Standing.objects.create(submission=row, mean=f"{5 - place % 5}.00", spread="0.50", reviews=2)
        if reviewer:
            factories.AssignmentFactory(submission=row, reviewer=reviewer)
    return rows


def fill_quickly(campaign, number: int, reviewer, at) -> None:
    """Thousands of reviewed submissions in a handful of statements."""
    theme = factories.theme_of(campaign)
    Submission.objects.bulk_create(
        [
            Submission(
                campaign=campaign,
                reference=f"KL-{place:04}-TEST",
                kind="pledge",
                status=Status.IN_REVIEW,
                contact_email="giver@example.org",
                mail_language="fi",
                form_key=f"quick-{place}",
                created_at=at,
                submitted_at=at,
                confirmed_at=at,
                status_at=at,
            )
            for place in range(number)
        ]
    )
    rows = list(Submission.objects.filter(form_key__startswith="quick-"))
    versions = Version.objects.bulk_create(
        [
            Version(
                submission=row,
                number=1,
                saved_at=at,
                language="fi",
                title=f"Kielikahvila joka tiistai, osa {row.pk}",
                summary="Kahvia ja suomea.",
                description="Avaamme salin.",
                theme=theme,
            )
            for row in rows
        ]
    )
    for row, version in zip(rows, versions, strict=True):
        row.latest = row.screened = version
    Submission.objects.bulk_update(rows, ["latest", "screened"], batch_size=500)
    Assignment.objects.bulk_create(
        [Assignment(submission=row, reviewer=reviewer, assigned_at=at) for row in rows]
    )
    Standing.objects.bulk_create(
        [Standing(submission=row, mean=f"{row.pk % 5}.00", spread="0.50", reviews=3) for row in rows]
    )


def counted(client, url: str) -> tuple[int, bytes]:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries), response.content


@pytest.mark.parametrize(
    ("name", "who", "most"),
    [
        ("desk:queue", "reviewer", 12),
        ("desk:ranking", "coordinator", 12),
        ("desk:submissions", "coordinator", 15),
        ("desk:decisions", "coordinator", 15),
        ("desk:home", "coordinator", 20),
    ],
)
def test_a_list_takes_as_many_queries_for_twenty_rows_as_for_two(
    name, who, most, campaign, criteria, request, signed_in
):
    user, reviewer = request.getfixturevalue(who), request.getfixturevalue("reviewer")
    client, url = signed_in(user), reverse(name) + ("?tab=review" if name == "desk:submissions" else "")
    fill(campaign, 2, reviewer)
    few, _content = counted(client, url)
    fill(campaign, 18, reviewer)
    many, _content = counted(client, url)
    assert few == many
    assert many < most


@pytest.mark.parametrize(("name", "who"), [("desk:queue", "reviewer"), ("desk:ranking", "coordinator")])
def test_two_thousand_submissions_stay_light(name, who, campaign, criteria, at, request, signed_in):
    user, reviewer = request.getfixturevalue(who), request.getfixturevalue("reviewer")
    fill_quickly(campaign, 2000, reviewer, at)
    queries, content = counted(signed_in(user), reverse(name))
    assert queries < 12
    assert len(content) < 150_000
    assert content.count(b"Kielikahvila") == 50


def test_a_submission_takes_at_most_twenty_queries(campaign, criteria, coordinator, reviewer, signed_in, at):
    submission = fill(campaign, 1, reviewer)[0]
    for _place in range(3):
        person = factories.UserFactory()
        factories.AssignmentFactory(submission=submission, reviewer=person)
        factories.ReviewFactory(submission=submission, reviewer=person, total="3.00", handed_in_at=at)
    submission.latest = factories.VersionFactory(submission=submission, number=2)
    submission.save()
    queries, content = counted(
        signed_in(coordinator), reverse("desk:submission", args=[submission.reference])
    )
    assert queries <= 20
    assert b"A newer text waits" in content


@pytest.mark.parametrize("number", [2, 20])
def test_the_whole_scoring_page_takes_at_most_twenty_queries_whatever_the_queue_holds(
    number, campaign, criteria, reviewer, other_reviewer, signed_in, at
):
    """With partners, actions, needs, offers, files, a translation, one's own review and another's."""
    first, second, *_others = fill(campaign, number, reviewer)
    factories.PartnerFactory(submission=first, state="confirmed", organisation__name="A partner")
    first.screened.actions.create(what="A hall opened", position=1)
    for direction in ("need", "offer"):
        first.screened.exchanges.create(direction=direction, what=f"A real {direction}", position=1)
    factories.AttachmentFactory(submission=first, passed_at=at, description="A full hall")
    Translation.objects.create(
        submission=first, of=first.screened, language="sv", title="På svenska", saved_at=at, passed_at=at
    )
    for person in (reviewer, other_reviewer):
        review = factories.ReviewFactory(submission=first, reviewer=person, total="3.00", handed_in_at=at)
        review.scores.create(criterion=criteria[0], points=3)
    queries, content = counted(signed_in(reviewer), reverse("desk:review", args=[first.reference]))
    assert queries <= 20
    shown = (
        second.screened.title,
        "A partner",
        "A hall opened",
        "A real need",
        "A real offer",
        "A full hall",
    )
    assert [words for words in (*shown, "See the translation") if words.encode() not in content] == []


def test_the_ranking_numbers_go_on_over_pages(campaign, criteria, coordinator, reviewer, signed_in, at):
    fill_quickly(campaign, 60, reviewer, at)
    content = signed_in(coordinator).get(reverse("desk:ranking"), {"page": 2}).content.decode()
    assert ">51</a></td>" in content
    assert ">60</a></td>" in content
    assert ">50</a></td>" not in content


def test_the_queue_says_how_far_one_is_and_how_long_there_is(campaign, criteria, reviewer, signed_in, at):
    done, _open = fill(campaign, 2, reviewer)
    factories.ReviewFactory(
        submission=done, reviewer=reviewer, total="4.00", handed_in_at=at - timedelta(hours=1)
    )
    content = signed_in(reviewer).get(reverse("desk:queue")).content.decode()
    assert "1 of 2 handed in" in content
    assert "time left" in content or "the time for reviews has ended" in content


@pytest.mark.parametrize(("action", "where"), [("hand_in", "/desk/queue/next/"), ("draft", "/desk/queue/")])
def test_saving_a_review_takes_at_most_fifteen_queries(
    action, where, campaign, criteria, reviewer, signed_in
):
    submission = fill(campaign, 1, reviewer)[0]
    url, client = reverse("desk:review", args=[submission.reference]), signed_in(reviewer)
    data = {f"points_{criterion.pk}": "3" for criterion in criteria}
    data |= {"version": submission.screened_id, "action": action, "comment": "Clear."}
    client.post(url, data | {"action": "draft"})
    with CaptureQueriesContext(connection) as queries:
        response = client.post(url, data)
    assert response.status_code == 303
    assert response["Location"].startswith(where)
    assert len(queries) <= 15
