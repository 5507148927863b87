"""Why a submission stands where it does: the ranking line by line, and the sums behind one rank. Only reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q
from django.utils.formats import number_format

from campaign.models import Campaign
from campaign.moments import in_words
from pledges.models import Submission
from review.method import RULES
from review.models import Criterion, Review, Standing
from review.scoring import points_of
from review.sight import counted_reviews
from review.totals import SCALE, counting, worth


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One line of the ranking. `tie` says what put it before the next line of the same mean, or is empty."""

    rank: int
    standing: Standing
    tie: str
    is_disputed: bool


def explained(
    standings: Sequence[Standing], *, first: int, limit: Decimal, following: Standing | None = None
) -> list[Ranked]:
    """A stretch of the ranking with its numbers from `first` on; `following` is the line after the stretch.

    Reviewers disagree from a spread of `limit` on.
    """
    after = [*standings[1:], following]
    return [
        Ranked(
            rank=first + place,
            standing=standing,
            tie=_tie(standing, after[place]),
            is_disputed=standing.is_disputed(limit),
        )
        for place, standing in enumerate(standings)
    ]


def settled_by(above: Standing, below: Standing) -> str:
    """The first step of the order that tells the two apart."""
    steps = ("mean", "reviews", "spread")
    return next((name for name in steps if getattr(above, name) != getattr(below, name)), "arrival")


def _tie(standing: Standing, following: Standing | None) -> str:
    rule = settled_by(standing, following) if following else "mean"
    return "" if rule == "mean" else str(RULES[rule])


@dataclass(frozen=True, kw_only=True)
class Step:
    """Two neighbours of the order: which stands above, by which rule, and the two values that it compared."""

    above: Standing
    below: Standing
    rule: str
    values: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A rank, among how many, and the steps to the neighbours."""

    rank: int
    among: int
    above: Step | None
    below: Step | None


def step(above: Standing, below: Standing, campaign: Campaign) -> Step:
    rule = settled_by(above, below)
    values = (_compared(above, rule, campaign), _compared(below, rule, campaign))
    return Step(above=above, below=below, rule=str(RULES[rule]), values=values)


def _compared(standing: Standing, rule: str, campaign: Campaign) -> str:
    if rule == "arrival":
        arrived = standing.submission.submitted_at
        return in_words(arrived, campaign) if arrived else ""
    if rule == "reviews":
        return number_format(standing.reviews)
    return number_format(getattr(standing, rule), decimal_pos=2)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one review gave on one criterion: its points, and what they bring where they count."""

    points: int | None
    worth: Fraction | None


@dataclass(frozen=True, kw_only=True)
class Line:
    criterion: Criterion
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class Sums:
    """One review: what its points bring, the weights that they have, and its total of 0 to 5."""

    number: int
    review: Review
    total: Decimal
    reached: Fraction
    weights: int


@dataclass(frozen=True, kw_only=True)
class Account:
    """The whole calculation of one submission's standing, to be done again by hand."""

    lines: list[Line]
    sums: list[Sums]
    scale: int = SCALE

    @property
    def totals(self) -> list[Decimal]:
        """From the lowest to the highest."""
        return sorted(row.total for row in self.sums)

    @property
    def middle(self) -> list[Decimal]:
        """The one or two totals in the middle."""
        totals, half = self.totals, len(self.sums) // 2
        return totals[half : half + 1] if len(totals) % 2 else totals[half - 1 : half + 1]


def account(submission: Submission) -> Account:
    criteria = list(Criterion.objects.of(submission))
    reviews = reviews_in_order(submission)
    given = [points_of(review) for review in reviews]
    lines = [
        Line(criterion=row, cells=[_cell(row, points.get(row.pk)) for points in given]) for row in criteria
    ]
    sums = [_sums(number, review, criteria) for number, review in enumerate(reviews, start=1)]
    return Account(lines=lines, sums=sums)


def reviews_in_order(submission: Submission) -> list[Review]:
    """The reviews that count, with their points, as they are numbered where reviewers are not named."""
    rows = counted_reviews().filter(submission=submission).select_related("reviewer")
    return list(rows.prefetch_related("scores").order_by("handed_in_at", "pk"))


def left_out(submission: Submission, *, counted: int) -> dict[str, int]:
    """How many reviews are in no sum: drafts, abstentions, and those of people with a conflict of interest."""
    handed_in = Q(handed_in_at__isnull=False)
    numbers = Review.objects.filter(submission=submission).aggregate(
        abstentions=Count("pk", filter=Q(abstained_at__isnull=False)),
        drafts=Count("pk", filter=Q(abstained_at__isnull=True) & ~handed_in),
        conflicts=Count("pk", filter=handed_in),
    )
    return numbers | {"conflicts": numbers["conflicts"] - counted}


def _cell(criterion: Criterion, points: int | None) -> Cell:
    if points is None or not criterion.is_counted:
        return Cell(points=points, worth=None)
    return Cell(points=points, worth=worth(criterion, points))


def _sums(number: int, review: Review, criteria: Iterable[Criterion]) -> Sums:
    assert review.total is not None
    points = points_of(review)
    scored = counting(criteria, points)
    return Sums(
        number=number,
        review=review,
        total=review.total,
        reached=sum((worth(row, points[row.pk]) for row in scored), Fraction()),
        weights=sum(row.weight for row in scored),
    )
