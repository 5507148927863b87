"""The demo's reviews, decisions and awards, made at moments that have passed."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from campaign.models import Campaign, Phase
from home.models import User
from pledges.models import Status, Submission
from review import aside, assignments, awards, correcting, decisions, interests, progress, releasing, scoring
from review.demo.people import Cast
from review.demo.rounds import morning
from review.demo.submissions import find
from review.demo.texts import read
from review.models import AwardCategory, Review, ReviewerProfile

# Days counted from the opening of the results.
DECIDED_ON, TOLD_ON, AWARDED_ON = -3, 1, 4
REVIEW_DAYS = 12  # in which the reviews come
MUCH = 3  # to do, for one to be skipped and one abstained from
ABSTENTIONS = {
    "fi": "En tunne alaa niin, että osaisin arvioida tätä.",
    "sv": "Jag känner inte området så väl att jag kan bedöma det här.",
    "en": "I do not know the field well enough to judge this one.",
}
ONE_MORE = 3  # while the review is on, every third submission waits for one reviewer more

Entry = dict[str, Any]


def review(campaign: Campaign, entries: Iterable[Entry], cast: Cast, *, complete: bool, at: datetime) -> None:
    """Assign and review. While the review is on, what the data do not call handed in is a draft."""
    _introduce(campaign, cast)
    assigned_at = morning(campaign, Phase.Kind.REVIEW, day=1)
    for place, (submission, entry) in enumerate(_judged(campaign, entries)):
        _assign(submission, entry, cast, one_more=not complete and place % ONE_MORE == 0, at=assigned_at)
        for words in entry["reviews"]:
            moment = assigned_at + timedelta(days=place % REVIEW_DAYS, hours=2 * words["reviewer"])
            _write(submission, words, cast, complete=complete, at=min(moment, at))
    if not complete:
        for reviewer in cast.reviewers:
            _put_aside(campaign, reviewer, at=at)


def _put_aside(campaign: Campaign, reviewer: User, *, at: datetime) -> None:
    """Of what a reviewer with much to do has not begun, one is skipped and one abstained from."""
    to_do = list(progress.tasks(reviewer, campaign).filter(step=progress.TO_DO))
    if len(to_do) < MUCH or Review.objects.filter(reviewer=reviewer, abstained_at__isnull=False).exists():
        return
    aside.skip(to_do[0], reviewer, at=at)
    aside.abstain(to_do[1], reviewer, reason=ABSTENTIONS[reviewer.language], at=at)


def _introduce(campaign: Campaign, cast: Cast) -> None:
    """What each reviewer takes on; the first one reads no Swedish."""
    for place, person in enumerate(cast.reviewers):
        reads = ["fi", "sv", "en"] if place else ["fi", "en"]
        ReviewerProfile.objects.get_or_create(
            campaign=campaign, person=person, defaults={"languages": reads, "most": 40}
        )


def decide(campaign: Campaign, entries: Iterable[Entry], cast: Cast) -> None:
    """Decide, tell, and announce the awards, around the opening of the results."""
    results = partial(morning, campaign, Phase.Kind.RESULTS)
    categories = _categories(campaign)
    for submission, entry in _judged(campaign, entries):
        words = entry["decision"]
        # What joined the programme's second release had waited in reserve.
        outcome = Status.RESERVE if entry.get("release") == 2 else words["outcome"]
        decided_at = results(day=DECIDED_ON)
        decisions.decide(submission, outcome, reasons=words["reasons"], by=cast.coordinator, at=decided_at)
        if award := entry.get("award"):
            category, citations = categories[award["category"]], award["citation"]
            awards.give(category, submission, citations=citations, by=cast.coordinator, at=decided_at)
    releasing.release(campaign, by=cast.coordinator, at=results(day=TOLD_ON))
    awards.announce(campaign, by=cast.coordinator, at=results(day=AWARDED_ON))


def lift_from_reserve(campaign: Campaign, entries: Iterable[Entry], cast: Cast, *, at: datetime) -> None:
    for entry in entries:
        submission = find(campaign, entry)
        if entry.get("release") == 2 and submission.status == Status.RESERVE:
            words = entry["decision"]
            correcting.change(
                submission, words["outcome"], reasons=words["reasons"], by=cast.coordinator, at=at
            )


def _judged(campaign: Campaign, entries: Iterable[Entry]) -> Iterator[tuple[Submission, Entry]]:
    for entry in entries:
        if "reviews" in entry:
            submission = find(campaign, entry)
            if submission.status == Status.IN_REVIEW:
                yield submission, entry


def _assign(submission: Submission, entry: Entry, cast: Cast, *, one_more: bool, at: datetime) -> None:
    named = {words["reviewer"] for words in entry["reviews"]}
    conflict = entry.get("conflict")
    if one_more:
        named |= {1, 2, 3} - {conflict}
    reviewers = [cast.reviewers[number - 1] for number in sorted(named)]
    assignments.assign([submission], reviewers, by=cast.coordinator, at=at)
    if conflict:
        interests.declare_conflict(submission, cast.reviewers[conflict - 1], at=at)


def _write(submission: Submission, words: Entry, cast: Cast, *, complete: bool, at: datetime) -> None:
    reviewer = cast.reviewers[words["reviewer"] - 1]
    if _has_handed_in(submission, reviewer):
        return
    save = scoring.hand_in if complete or words["handed_in"] else scoring.save_review
    save(submission, reviewer, _judgement(submission, words), at=at)


def _has_handed_in(submission: Submission, reviewer: User) -> bool:
    handed_in = Review.objects.filter(submission=submission, handed_in_at__isnull=False)
    return handed_in.filter(reviewer=reviewer).exists()


def _judgement(submission: Submission, words: Entry) -> scoring.Judgement:
    return scoring.Judgement(
        version=submission.screened_id,
        points={pk: words["scores"][slug] for slug, pk in _criteria(submission.campaign).items()},
        comment=words["comment"],
        recommendation=words["recommendation"],
    )


def _criteria(campaign: Campaign) -> dict[str, int]:
    """Ids by the names that the data files use; both stand in the same order."""
    slugs = [facts["slug"] for facts in read("campaign")["criteria"]]
    return dict(zip(slugs, campaign.criteria.values_list("pk", flat=True), strict=True))


def _categories(campaign: Campaign) -> dict[str, AwardCategory]:
    slugs = [facts["slug"] for facts in read("campaign")["award_categories"]]
    return dict(zip(slugs, campaign.award_categories.all(), strict=True))
