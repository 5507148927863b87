from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from pledges.lifecycle import Refused
from pledges.models import Status, Submission
from review import juries
from review.models import AwardCategory, JuryVote, Nominee, Procedure, Redaction, Standing
from tests import factories


@pytest.fixture
def category(campaign, juror, at):
    category = factories.AwardCategoryFactory(campaign=campaign, votes_until=at + factories.DAY)
    category.jury.add(juror)
    return category


@pytest.fixture
def ranked(campaign) -> list[Submission]:
    """Three in review, the best first."""
    rows = factories.SubmissionFactory.create_batch(3, campaign=campaign, status=Status.IN_REVIEW)
    for row, mean in zip(rows, (4, 3, 2), strict=True):
        Standing.objects.create(submission=row, mean=mean, median=mean, spread=0, reviews=2)
    return rows


@pytest.fixture
def nominees(category, ranked, coordinator, at) -> list[Nominee]:
    return juries.nominate(category, ranked, by=coordinator, at=at)


def other_juror(category):
    person = factories.UserFactory()
    category.jury.add(person)
    return person


def test_the_best_of_the_ranking_are_nominated_and_nobody_twice(
    category, ranked, coordinator, signed_in, campaign
):
    desk, page = signed_in(coordinator), reverse("desk:nominate", args=[category.pk])
    desk.post(page, {"best": "1", "reference": f"{ranked[2].reference}"})
    assert [row.submission for row in category.nominees.order_by("pk")] == [ranked[2], ranked[0]]
    desk.post(page, {"best": "9"})
    assert category.nominees.count() == 3


def test_only_what_can_win_and_is_in_ones_sight_is_nominated(category, campaign, coordinator, at):
    declined = factories.SubmissionFactory(campaign=campaign, status=Status.DECLINED)
    own = factories.ConflictFactory(submission__campaign=campaign, person=coordinator).submission
    for row in (declined, own, factories.SubmissionFactory(status=Status.IN_REVIEW)):
        with pytest.raises(Refused):
            juries.nominate(category, [row], by=coordinator, at=at)
    assert not category.nominees.exists()


def test_a_nominee_is_dropped_until_the_jury_has_voted_on_it(category, nominees, coordinator, juror, at):
    juries.drop(nominees[0], by=coordinator, at=at)
    juries.vote(category, juror, {nominees[1].pk: 3}, at=at)
    with pytest.raises(Refused):
        juries.drop(nominees[1], by=coordinator, at=at)
    assert set(category.nominees.all()) == set(nominees[1:])


def test_points_are_changed_and_taken_back_until_the_time_ends(category, nominees, juror, at):
    first, second, _third = nominees
    juries.vote(category, juror, {first.pk: 5, second.pk: 0}, at=at)
    assert juries.vote(category, juror, {first.pk: 2, second.pk: None}, at=at) == 1
    with pytest.raises(Refused):
        juries.vote(category, juror, {first.pk: 1}, at=category.votes_until)
    assert list(JuryVote.objects.values_list("nominee", "points")) == [(first.pk, 2)]


def test_nobody_votes_without_a_seat_or_before_a_time_is_set(category, nominees, coordinator, juror, at):
    with pytest.raises(Refused):
        juries.vote(category, coordinator, {nominees[0].pk: 5}, at=at)
    category.votes_until = None
    category.save()
    with pytest.raises(Refused):
        juries.vote(category, juror, {nominees[0].pk: 5}, at=at)


def test_a_conflict_takes_no_vote_and_makes_an_earlier_one_count_no_more(category, nominees, juror, at):
    first, second, _third = nominees
    juries.vote(category, juror, {first.pk: 5, second.pk: 4}, at=at)
    factories.ConflictFactory(submission=first.submission, person=juror)
    assert juries.vote(category, juror, {first.pk: 0, second.pk: 3}, at=at) == 1
    assert [(row.nominee, row.mean, row.votes) for row in juries.results(category, nominees)] == [
        (second, Decimal("3.00"), 1),
        (first, None, 0),
        (nominees[2], None, 0),
    ]


def test_a_tie_goes_to_more_votes_and_then_to_the_ranking(category, nominees, juror, at):
    first, second, third = nominees
    other = other_juror(category)
    juries.vote(category, juror, {first.pk: 4, second.pk: 4, third.pk: 4}, at=at)
    juries.vote(category, other, {third.pk: 4}, at=at)
    assert [row.nominee for row in juries.results(category, nominees)] == [third, first, second]


def test_who_leaves_the_jury_counts_no_more(category, nominees, juror, coordinator, at):
    juries.vote(category, juror, {nominees[0].pk: 4}, at=at)
    assert juries.voted(category) == 1
    juries.set_jury(category, [], until=category.votes_until, by=coordinator, at=at)
    assert juries.voted(category) == 0
    assert {row.votes for row in juries.results(category, nominees)} == {0}


@pytest.fixture
def now(category) -> None:
    """The vote is open when a page is asked for."""
    category.votes_until = timezone.now() + timedelta(days=1)
    category.save()


def test_a_juror_reads_votes_and_is_told_what_is_not_shown(now, category, nominees, juror, signed_in):
    factories.ConflictFactory(submission=nominees[2].submission, person=juror)
    desk = signed_in(juror)
    page = desk.get(reverse("desk:jury")).content.decode()
    assert "1 nominee is not shown" in page
    assert nominees[0].submission.screened.title in page
    assert nominees[2].submission.reference not in page
    name = f"category{category.pk}-points_{nominees[0].pk}"
    answer = desk.post(reverse("desk:vote", args=[category.pk]), {name: "4"}, follow=True)
    assert "points for 1 of 2 nominees" in answer.content.decode()
    assert f'name="{name}" value="4"' in answer.content.decode()


def test_declaring_a_conflict_keeps_the_points_for_the_others(now, category, nominees, juror, signed_in):
    points = {f"category{category.pk}-points_{nominee.pk}": "3" for nominee in nominees}
    desk = signed_in(juror)
    url = reverse("desk:jury_conflict", args=[nominees[0].pk])
    assert desk.post(url, points).status_code == 303
    assert [row.nominee for row in juries.counted_votes().order_by("nominee")] == nominees[1:]
    assert desk.post(url, points).status_code == 404


def test_coordinators_see_points_only_when_the_time_has_ended(
    now, category, nominees, juror, coordinator, signed_in, at
):
    juries.vote(category, juror, {nominees[1].pk: 4}, at=at)
    desk, page = signed_in(coordinator), reverse("desk:shortlist", args=[category.pk])
    shown = desk.get(page).content.decode()
    assert "1 of 1 juror has voted." in shown
    assert "What the jury gave" not in shown
    type(category).objects.update(votes_until=at)
    assert "What the jury gave" in desk.get(page).content.decode()


@pytest.mark.parametrize("number", [2, 20])
def test_the_jurys_page_asks_as_much_for_twenty_nominees(
    number, now, category, campaign, juror, coordinator, signed_in, at, django_assert_num_queries
):
    rows = factories.SubmissionFactory.create_batch(number, campaign=campaign, status=Status.IN_REVIEW)
    juries.nominate(category, rows, by=coordinator, at=at)
    desk = signed_in(juror)
    with django_assert_num_queries(21):
        desk.get(reverse("desk:jury"))


def test_a_time_that_another_coordinator_has_just_ended_takes_no_vote(category, nominees, juror, at):
    stale = AwardCategory.objects.get(pk=category.pk)
    AwardCategory.objects.filter(pk=category.pk).update(votes_until=at)
    with pytest.raises(Refused):
        juries.vote(stale, juror, {nominees[0].pk: 5}, at=at)


def test_a_vote_with_known_results_is_not_opened_again(category, nominees, juror, coordinator, signed_in, at):
    until = category.votes_until
    change = {"by": coordinator, "at": until}
    juries.set_jury(category, [juror], until=until, by=coordinator, at=at)
    juries.vote(category, juror, {nominees[0].pk: 5}, at=at)
    for later in (until + factories.DAY, None):
        with pytest.raises(Refused):
            juries.set_jury(category, [juror], until=later, **change)
    juries.set_jury(category, [], until=until, **change)
    AwardCategory.objects.update(votes_until=timezone.now() - factories.DAY)
    page = reverse("desk:set_jury", args=[category.pk])
    assert signed_in(coordinator).post(page, {"votes_until": "2099-01-01T10:00"}).status_code == 422
    category.refresh_from_db()
    assert category.votes_until < timezone.now()


def test_a_blind_review_hides_the_givers_from_a_jury_until_they_have_reviewed(
    category, campaign, coordinator, juror, signed_in, at
):
    Procedure.objects.create(campaign=campaign, is_blind=True)
    row = factories.SubmissionFactory(
        campaign=campaign, status=Status.IN_REVIEW, organisation__name="Pine Club"
    )
    row.screened.description = "The Pine Club builds. Ask the red house."
    row.screened.save()
    Redaction.objects.create(submission=row, passage="red house", marked_by=coordinator, marked_at=at)
    juries.nominate(category, [row], by=coordinator, at=at)
    desk, page = signed_in(juror), reverse("desk:jury")
    hidden = desk.get(page).content.decode()
    assert row.reference in hidden
    assert not [words for words in ("Pine Club", "red house") if words in hidden]
    factories.ReviewFactory(submission=row, reviewer=juror, handed_in_at=at, total=3)
    shown = desk.get(page).content.decode()
    assert "The Pine Club builds. Ask the red house." in shown
