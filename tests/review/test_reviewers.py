"""Giving by hand, from a reviewer's page and from a table; and the list of reviewers."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from pledges.tables import Unreadable, read
from review import progress
from review.assignment_table import check
from review.assignments import assign, give, unreviewed
from review.models import Assignment, ReviewerProfile
from review.oversight import Oversight
from review.profiles import rows
from tests import factories


def pairs() -> set:
    return set(Assignment.objects.values_list("submission", "reviewer"))


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_who_has_left_and_whose_mandate_is_elsewhere_is_given_nothing(
    campaign, in_review, reviewer, other_reviewer, coordinator, at
):
    ReviewerProfile.objects.create(campaign=campaign, person=reviewer, left_at=at)
    with pytest.raises(Refused, match="dropped out"):
        assign([in_review], [reviewer], by=coordinator, at=at)
    mandate = other_reviewer.mandates.create(campaign=campaign, given_at=at)
    mandate.themes.add(factories.ThemeFactory(campaign=campaign))
    with pytest.raises(Refused, match="another campaign or theme"):
        assign([in_review], [other_reviewer], by=coordinator, at=at)
    mandate.themes.add(in_review.screened.theme)
    assert assign([in_review], [other_reviewer], by=coordinator, at=at) == 1


def test_an_abstention_is_not_overruled_by_giving_it_again(in_review, reviewer, coordinator, at):
    factories.ReviewFactory(submission=in_review, reviewer=reviewer, abstained_at=at, abstention="I am ill.")
    given = give([(in_review, reviewer)], by=coordinator, at=at)
    assert given.refused == {
        (in_review.pk, reviewer.pk): f"{reviewer} has abstained from {in_review.reference}."
    }


def test_giving_the_checked_tells_each_pair_that_may_not_be_and_gives_the_rest(
    campaign, in_review, reviewer, other_reviewer, coordinator, signed_in
):
    other = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    factories.ConflictFactory(submission=in_review, person=reviewer)
    data = {
        "submission": [in_review.reference, other.reference],
        "reviewers": [reviewer.pk, other_reviewer.pk],
    }
    response = signed_in(coordinator).post(reverse("desk:assign_checked"), data)
    assert said(response) == [
        "3 assignments made.",
        f"{reviewer} has a conflict of interest in {in_review.reference}.",
    ]
    assert len(pairs()) == 3


def test_one_reviewer_is_given_what_lacks_most_and_gives_it_back(
    campaign, in_review, reviewer, other_reviewer, coordinator, signed_in
):
    client, page = signed_in(coordinator), reverse("desk:reviewer", args=[reviewer.pk])
    theme = factories.ThemeFactory(campaign=campaign)
    bare = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, text__theme=theme)
    foreign = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW, text__language="so")
    hidden = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    factories.ConflictFactory(submission=hidden, person=reviewer)
    factories.AssignmentFactory(submission=in_review, reviewer=other_reviewer)
    assert client.get(page, {"tab": "more"}).context["submissions"] == [bare, in_review]
    assert client.get(page, {"tab": "more", "theme": theme.pk}).context["submissions"] == [bare]
    assert client.get(page, {"tab": "more", "language": "so"}).context["submissions"] == []
    give_to, take_from = (reverse(f"desk:{name}", args=[reviewer.pk]) for name in ("give_to", "take_from"))
    response = client.post(give_to, {"submission": [bare.reference, hidden.reference, "KL-0000-0000"]})
    assert said(response) == [
        "1 assignment made.",
        f"{reviewer} has a conflict of interest in {hidden.reference}.",
    ]
    assert list(client.get(page).context["page"]) == [bare]
    client.post(take_from, {"submission": [bare.reference]})
    assert pairs() == {(in_review.pk, other_reviewer.pk)}
    assert Submission.objects.filter(pk=foreign.pk).exists()


def test_dropping_out_asks_first_and_then_proposes_for_the_gaps(
    campaign, assigned, reviewer, other_reviewer, coordinator, signed_in
):
    client, url = signed_in(coordinator), reverse("desk:drop_out", args=[reviewer.pk])
    assert client.get(url).context["waiting"] == 1
    assert len(pairs()) == 1
    response = client.post(url)
    assert response["Location"] == reverse("desk:proposal")
    assert pairs() == set()
    assert campaign.assignment_proposals.get().pairs == [[assigned.pk, other_reviewer.pk]]
    client.post(reverse("desk:come_back", args=[reviewer.pk]))
    assert ReviewerProfile.objects.get().left_at is None


def test_the_list_counts_what_each_has_and_has_done(campaign, assigned, reviewer, other_reviewer, at):
    second = factories.SubmissionFactory(campaign=campaign, status=Status.SELECTED)
    factories.AssignmentFactory(submission=second, reviewer=reviewer)
    factories.ReviewFactory(submission=second, reviewer=reviewer, handed_in_at=at, total="3.00")
    third = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    factories.AssignmentFactory(submission=third, reviewer=reviewer)
    factories.ReviewFactory(submission=third, reviewer=reviewer, abstained_at=at, abstention="Ill")
    counted = {row.person: (row.given, row.done, row.left) for row in rows(campaign, at=at)}
    assert counted == {reviewer: (2, 1, 1), other_reviewer: (0, 0, 0)}


def test_the_list_takes_as_many_queries_for_twenty_reviewers_as_for_two(
    campaign, assigned, reviewer, coordinator, signed_in, django_assert_num_queries
):
    client, url = signed_in(coordinator), reverse("desk:reviewers")
    client.get(url)
    for number in (1, 18):
        for person in factories.UserFactory.create_batch(number):
            person.groups.set(reviewer.groups.all())
            profile = ReviewerProfile.objects.create(campaign=campaign, person=person, languages=["fi"])
            profile.themes.set(campaign.themes.all())
        with django_assert_num_queries(12):
            client.get(url)


def test_a_table_is_looked_at_row_by_row(campaign, assigned, reviewer, other_reviewer, editor, at):
    other = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    factories.ConflictFactory(submission=other, person=other_reviewer)
    table = read(
        f"""Viite;Sähköposti
{assigned.reference.lower()};{reviewer.email.upper()}
{assigned.reference};{other_reviewer.email}
{assigned.reference};{other_reviewer.email}
{other.reference};{other_reviewer.email}
{other.reference};{editor.email}
{other.reference};nobody@example.org
KL-0000-0000;{reviewer.email}
""".encode()
    )
    checked = check(table, Submission.objects.all(), campaign=campaign, at=at)
    assert checked.pairs == [(assigned, other_reviewer)]
    assert checked.known == 2
    assert checked.problems == {
        5: f"{other_reviewer} has a conflict of interest in {other.reference}.",
        6: f"{editor} is not a reviewer.",
        7: "Nobody has this e-mail address.",
        8: "No submission of this campaign has this reference.",
    }
    with pytest.raises(Unreadable, match="two columns"):
        check(read(b"reference,name\n"), Submission.objects.all(), campaign=campaign, at=at)


def test_a_table_is_given_when_it_was_looked_at(campaign, in_review, reviewer, coordinator, signed_in):
    client, url = signed_in(coordinator), reverse("desk:assign_table")
    content = f"reference,e-mail\n{in_review.reference},{reviewer.email}\nKL-0000-0000,{reviewer.email}\n"
    shown = client.post(url, {"file": SimpleUploadedFile("pairs.csv", content.encode())})
    assert "Row 3" in shown.content.decode()
    assert pairs() == set()
    assert client.post(url, {"kept": shown.context["kept"]}).status_code == 303
    assert pairs() == {(in_review.pk, reviewer.pk)}


def test_what_was_decided_before_it_was_reviewed_is_no_more_left_to_do_anywhere(
    campaign, in_review, reviewer, coordinator, at
):
    decided = factories.SubmissionFactory(campaign=campaign, status=Status.DECLINED)
    done = factories.SubmissionFactory(campaign=campaign, status=Status.IN_REVIEW)
    for submission in (in_review, decided, done):
        factories.AssignmentFactory(submission=submission, reviewer=reviewer)
    factories.ReviewFactory(submission=done, reviewer=reviewer, handed_in_at=at, total=3)
    (row,) = rows(campaign, at=at)
    (at_work,) = Oversight(campaign, coordinator, at=at).at_work()
    assert (row.given, row.done) == (3, 1)
    left = [row.left, at_work.left, unreviewed(campaign).count(), progress.of(reviewer, campaign).left]
    assert left == [1, 1, 1, 1]
