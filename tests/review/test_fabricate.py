"""Fabricated data must be what the product itself would have written, only faster."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from campaign.models import Campaign, FacetCount, Phase, PublicItem, StreamItem
from home.models import Mail
from pledges import publishing
from pledges.models import Consent, Participation, Status, Submission, Version
from pledges.models.submission import AFTER_SCREENING
from review import scoring
from review.fabrication.fabricating import fabricate
from review.fabrication.world import NotReady
from review.models import Assignment, Criterion, Decision, Review, ReviewerProfile, Standing
from tests.factories import AT, ThemeFactory

NUMBER = 40
NEW_COUNTERS = 20  # a region that has not come up before is one counter more


@pytest.fixture
def ready(campaign: Campaign, criteria: list[Criterion]) -> Campaign:
    """A campaign with three themes and two criteria; its review is on."""
    for _ in range(3):
        ThemeFactory(campaign=campaign)
    return campaign


def fill(campaign: Campaign, number: int = NUMBER, *, reviewers: int = 3, seed: int = 7) -> list[int]:
    return list(fabricate(campaign, submissions=number, reviewers=reviewers, seed=seed, at=AT))


def public_side() -> dict:
    """Everything that the public reads, without what differs by the time of writing."""
    items = {}
    for item in PublicItem.objects.all():
        fields = {
            field.name: getattr(item, field.attname)
            for field in PublicItem._meta.fields
            if field.name != "id"
        }
        for name in publishing.COPIED_RELATIONS:
            fields[name] = set(getattr(item, name).values_list("pk", flat=True))
        items[item.reference] = fields | {"tags": set(item.tags.names())}
    return {
        "items": items,
        "counts": set(FacetCount.objects.filter(count__gt=0).values_list("facet", "value", "count")),
        "events": set(StreamItem.objects.values_list("key", "happened_at")),
    }


def test_the_public_side_is_what_publishing_would_write(ready):
    fill(ready)
    fabricated = public_side()
    for submission in Submission.objects.all():
        publishing.refresh(submission, at=AT)
    assert public_side() == fabricated
    assert fabricated["items"]


def test_standings_are_what_scoring_would_compute(ready):
    fill(ready)
    reviews, standings = totals(), rows(Standing)
    assert scoring.recompute(ready) == len(reviews)
    assert (totals(), rows(Standing)) == (reviews, standings)
    assert standings


def totals() -> dict[int, object]:
    return dict(Review.objects.values_list("pk", "total"))


def rows(model) -> set[tuple]:
    return set(model.objects.values_list("submission", "mean", "median", "spread", "reviews"))


def test_every_submission_is_whole(ready):
    fill(ready)
    assert ready.submissions.count() == NUMBER
    for submission in ready.submissions.select_related("latest", "screened"):
        assert submission.latest.submission_id == submission.pk
        assert submission.screened_id in {None, submission.latest_id}
        assert (submission.screened_id is not None) or submission.status not in AFTER_SCREENING
        assert submission.participations.filter(role=Participation.Role.LEAD).count() == 1
        assert submission.created_at <= submission.status_at <= AT
    assert Version.objects.count() == NUMBER
    assert Consent.objects.filter(given=True).exists()


def test_decided_submissions_have_a_released_decision_and_reviews(ready):
    fill(ready, 120)
    decided = ready.submissions.filter(status__in=Decision.Outcome.values)
    assert decided.exists()
    assert decided.filter(decision__released_at__isnull=False).count() == decided.count()
    assert not decided.filter(reviews__isnull=True).exists()
    assert not ready.submissions.filter(status=Status.DRAFT, reviews__isnull=False).exists()


def test_the_same_seed_gives_the_same_mix(ready):
    def mix(since: int) -> list[tuple]:
        latest = ready.submissions.filter(pk__gt=since).order_by("pk")
        return list(latest.values_list("kind", "status", "mail_language", "latest__title", "created_at"))

    fill(ready, seed=3)
    last = Submission.objects.latest("pk").pk
    fill(ready, seed=3)
    assert mix(last) == mix(0)[:NUMBER]


def test_another_seed_gives_another_mix(ready):
    fill(ready, seed=3)
    fill(ready, seed=4)
    titles = list(ready.submissions.order_by("pk").values_list("latest__title", flat=True))
    assert titles[:NUMBER] != titles[NUMBER:]


def test_so_many_reviews_are_written_as_are_asked_for(campaign):
    """Each on five criteria, which are made where there are none; one more task is to do while it is in review."""
    ThemeFactory(campaign=campaign)
    list(fabricate(campaign, submissions=NUMBER, reviewers=6, reviews=3, seed=7, at=AT))
    read = campaign.submissions.filter(status__in=AFTER_SCREENING)
    numbers = read.annotate(
        given=Count("assignments", distinct=True),
        written=Count("reviews", distinct=True),
        scored=Count("reviews__scores", distinct=True),
    )
    found = set(numbers.values_list("status", "given", "written", "scored", "standing__reviews"))
    assert found == {
        (status, 3 + (status == Status.IN_REVIEW), 3, 15, 3)
        for status in read.values_list("status", flat=True)
    }
    assert ReviewerProfile.objects.filter(campaign=campaign).count() == 6


def test_reviewers_who_are_there_come_first(ready, reviewer):
    fill(ready, reviewers=2)
    assigned = set(Assignment.objects.values_list("reviewer__email", flat=True))
    assert assigned == {reviewer.email, "fabricated-reviewer-2@example.invalid"}


def test_nobody_is_written_to_and_nobody_made_up_can_sign_in(ready):
    fill(ready)
    assert not Mail.objects.exists()
    made_up = {review.reviewer for review in Review.objects.select_related("reviewer")}
    assert not any(person.has_usable_password() for person in made_up)


def test_a_batch_takes_as_many_queries_for_forty_as_for_eighty(ready):
    fill(ready, 100)
    assert abs(queries(ready, 40) - queries(ready, 80)) <= NEW_COUNTERS


def queries(campaign: Campaign, number: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        fill(campaign, number)
    return len(captured)


def test_progress_is_told_batch_by_batch(ready, monkeypatch):
    monkeypatch.setattr("review.fabrication.fabricating.BATCH", 20)
    assert fill(ready, 50) == [20, 40, 50]


def test_a_campaign_that_publishes_after_the_decisions_shows_the_decided_only(ready):
    Campaign.objects.filter(pk=ready.pk).update(publishing=Campaign.Publishing.AFTER_DECISIONS)
    fill(Campaign.objects.get(pk=ready.pk))
    shown = ready.submissions.filter(reference__in=PublicItem.objects.values("reference"))
    assert set(shown.values_list("status", flat=True)) <= set(Decision.Outcome.values)
    assert shown.exists()


def test_submissions_have_come_while_the_call_was_open(ready):
    call = ready.phase(Phase.Kind.CALL)
    fill(ready)
    in_time = ready.submissions.filter(created_at__gte=call.opens_at, created_at__lt=call.closes_at)
    assert in_time.count() == NUMBER


def test_before_the_call_submissions_are_of_the_last_thirty_days(ready):
    ready.phases.all().delete()
    fill(Campaign.objects.get(pk=ready.pk), 10)
    assert not ready.submissions.filter(created_at__lt=AT - timedelta(days=30)).exists()


@pytest.mark.django_db
def test_without_a_current_campaign_the_command_says_so():
    with pytest.raises(CommandError, match="There is no current campaign"):
        call_command("fabricate", "--submissions", "5")


def test_a_campaign_without_themes_is_refused(campaign):
    with pytest.raises(NotReady, match="no themes"):
        fill(campaign, 1)


def test_the_command_fills_the_current_campaign(ready, capsys):
    call_command("fabricate", "--submissions", "5", "--reviewers", "2")
    assert ready.submissions.count() == 5
    assert "5 of 5" in capsys.readouterr().out
