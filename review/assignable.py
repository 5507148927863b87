"""Why somebody may not be given a submission."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaign.models import Mandate
from home.models import User
from pledges.models import Status, Submission
from review.models import ConflictOfInterest, Review, ReviewerProfile
from review.permissions import may_review, reviewers

Pair = tuple[Submission, User]
Ids = tuple[int, int]
# What is asked of a submission here.
ASKED = ("reference", "status", "campaign", "screened__theme")


def ids(pair: Pair) -> Ids:
    submission, person = pair
    return submission.pk, person.pk


def may_be_assigned(submission: Submission) -> bool:
    return submission.status == Status.IN_REVIEW


def refusals(pairs: Collection[Pair], *, at: datetime) -> dict[Ids, str]:
    """Those of the pairs that may not be, by their ids, each with a sentence."""
    bars = _Bars(pairs, at=at)
    told = {ids(pair): bars.sentence(*pair) for pair in pairs}
    return {those: sentence for those, sentence in told.items() if sentence}


class _Bars:
    """What stands in the way of some pairs, read in one query a kind of bar, however many pairs there are."""

    def __init__(self, pairs: Collection[Pair], *, at: datetime) -> None:
        people = {person.pk: person for _submission, person in pairs}
        about = {"submission__in": {submission.pk for submission, _person in pairs}}
        known = set(reviewers().filter(pk__in=people).values_list("pk", flat=True))
        self.strangers = {pk for pk, person in people.items() if pk not in known and not may_review(person)}
        left = ReviewerProfile.objects.filter(person__in=people, left_at__isnull=False)
        self.left = set(left.values_list("campaign", "person"))
        mandates = Mandate.objects.filter(person__in=people)
        self.limited = set(mandates.values_list("person", flat=True))
        here = mandates.exclude(until__lte=at).values_list("person", "campaign", "themes")
        self.takes: set[tuple[int, int, int | None]] = set(here)
        tied = ConflictOfInterest.objects.standing().filter(**about, person__in=people)
        self.tied = set(tied.values_list("submission", "person"))
        self.abstained = _ids(Review.objects.filter(**about, abstained_at__isnull=False))

    def sentence(self, submission: Submission, person: User) -> str:
        words = {"person": person, "reference": submission.reference}
        return next((str(sentence) % words for sentence in self._sentences(submission, person)), "")

    def _sentences(self, submission: Submission, person: User) -> Iterator[str]:
        these = ids((submission, person))
        if not may_be_assigned(submission):
            yield _("%(reference)s is not in review.")
        if person.pk in self.strangers:
            yield _("%(person)s is not a reviewer.")
        if (submission.campaign_id, person.pk) in self.left:
            yield _("%(person)s has dropped out.")
        if person.pk in self.limited and not self._takes(submission, person):
            yield _("%(person)s does not review %(reference)s: it is of another campaign or theme.")
        if these in self.tied:
            yield _("%(person)s has a conflict of interest in %(reference)s.")
        if these in self.abstained:
            yield _("%(person)s has abstained from %(reference)s.")

    def _takes(self, submission: Submission, person: User) -> bool:
        theme = submission.screened.theme_id if submission.screened else None
        place = (person.pk, submission.campaign_id)
        return (*place, None) in self.takes or (*place, theme) in self.takes


def _ids(rows: QuerySet[Review]) -> set[Ids]:
    return set(rows.values_list("submission", "reviewer"))
