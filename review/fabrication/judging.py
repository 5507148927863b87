"""Writing a batch of fabricated submissions: assignments, reviews with their points, standings and decisions."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from pledges.models import Status, Submission
from pledges.models.submission import AFTER_SCREENING
from review import scoring
from review.fabrication import mix, words
from review.fabrication.facts import Facts
from review.fabrication.inserting import insert
from review.fabrication.world import World
from review.models import Assignment, Decision, Recommendation, Review, Score, Standing

REVIEWERS_EACH = 2
DECIDED = frozenset(Decision.Outcome.values)
RECOMMENDED = {Status.SELECTED: Recommendation.SELECT, Status.DECLINED: Recommendation.DECLINE}
POINTS = {Status.SELECTED: (3, 5), Status.RESERVE: (2, 4), Status.DECLINED: (0, 3), Status.IN_REVIEW: (0, 5)}


def write(batch: list[Facts], world: World, random: Random) -> None:
    read = [facts for facts in batch if facts.submission.status in AFTER_SCREENING]
    Decision.objects.bulk_create(
        [_decision(facts.submission, world) for facts in read if facts.submission.status in DECIDED]
    )
    if world.criteria and world.reviewers:
        _judge(read, world, random)


def _judge(read: list[Facts], world: World, random: Random) -> None:
    assignments, points = [], {}
    for facts in read:
        submission = facts.submission
        each = min(_tasks(submission, world), len(world.reviewers))
        for place, reviewer in enumerate(random.sample(world.reviewers, each)):
            assigned_at = submission.status_at
            assignments.append(Assignment(submission=submission, reviewer=reviewer, assigned_at=assigned_at))
            if _is_handed_in(submission, place, world, random):
                points[submission.pk, reviewer.pk] = _points(submission, world, random)
    Assignment.objects.bulk_create(assignments)
    by_id = {facts.submission.pk: facts for facts in read}
    reviews = [_review(by_id[pk], reviewer, given, world, random) for (pk, reviewer), given in points.items()]
    Review.objects.bulk_create(reviews)
    scores = (
        (review.pk, criterion, number)
        for review, given in zip(reviews, points.values(), strict=True)
        for criterion, number in given.items()
    )
    insert(Score, ("review_id", "criterion_id", "points"), scores)
    _stand(reviews)


def _tasks(submission: Submission, world: World) -> int:
    """To how many it is given; beside the reviews that were asked for, one is to do while it is in review."""
    if world.reviews is None:
        return REVIEWERS_EACH
    return world.reviews + (submission.status not in DECIDED)


def _is_handed_in(submission: Submission, place: int, world: World, random: Random) -> bool:
    if world.reviews is not None:
        return place < world.reviews
    return submission.status in DECIDED or mix.happens(mix.HANDED_IN, random)


def _points(submission: Submission, world: World, random: Random) -> dict[int, int]:
    lowest, highest = POINTS[Status(submission.status)]
    return {
        criterion.pk: random.randint(min(lowest, criterion.max_points), min(highest, criterion.max_points))
        for criterion in world.criteria
        if criterion.is_for(submission.kind)
    }


def _review(facts: Facts, reviewer: int, points: dict[int, int], world: World, random: Random) -> Review:
    submission = facts.submission
    handed_in_at = min(submission.status_at + timedelta(hours=random.randint(1, 200)), world.at)
    return Review(
        submission=submission,
        reviewer_id=reviewer,
        version=facts.version,
        comment=random.choice(words.IN[submission.mail_language].comments),
        recommendation=RECOMMENDED.get(submission.status, random.choice(Recommendation.values)),
        total=scoring.weighted_total(world.criteria, points),
        saved_at=handed_in_at,
        handed_in_at=handed_in_at,
    )


def _stand(reviews: list[Review]) -> None:
    totals: dict[int, list[Decimal]] = {}
    for review in reviews:
        totals.setdefault(review.submission_id, []).append(review.total)
    Standing.objects.bulk_create([scoring.standing_of(pk, given) for pk, given in totals.items()])


def _decision(submission: Submission, world: World) -> Decision:
    return Decision(
        submission=submission,
        outcome=submission.status,
        reasons=words.IN[submission.mail_language].reasons,
        decided_by=world.coordinator,
        decided_at=submission.status_at,
        released_at=submission.status_at,
    )
