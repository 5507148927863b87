"""How a reviewer's totals lie beside everybody's: numbers only, and never those of one other person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.models import Campaign
from home.models import User
from review.sight import counted_reviews
from review.totals import SCALE, Summary, summary

BINS = 2 * SCALE  # of half a point each
FEWEST = 3  # reviewers behind the numbers of all, so that nobody can work out another's


@dataclass(frozen=True, kw_only=True)
class Bin:
    """One half of a point. Shares are in per cent; widths too, the largest of all shares being 100."""

    lowest: Decimal
    highest: Decimal
    own: int
    own_share: int
    all_share: int | None
    own_width: int
    all_width: int


@dataclass(frozen=True)
class Distribution:
    """`all` is None while too few people have handed in."""

    own: Summary
    all: Summary | None
    bins: list[Bin]


def of(user: User, campaign: Campaign) -> Distribution | None:
    """None before one's own first review is handed in."""
    rows = counted_reviews().filter(submission__campaign=campaign).values_list("reviewer", "total")
    given = list(rows)
    own = [total for reviewer, total in given if reviewer == user.pk]
    if not own:
        return None
    is_enough = len({reviewer for reviewer, _total in given}) >= FEWEST
    everybody = [total for _reviewer, total in given] if is_enough else []
    return Distribution(summary(own), summary(everybody) if everybody else None, _bins(own, everybody))


def _bins(own: Sequence[Decimal], everybody: Sequence[Decimal]) -> list[Bin]:
    mine, theirs = _shares(own), _shares(everybody)
    widest = max(*mine, *theirs)
    numbers = Counter(map(_place, own))
    return [
        Bin(
            lowest=Decimal(place) / 2,
            highest=Decimal(place + 1) / 2,
            own=numbers[place],
            own_share=round(mine[place]),
            all_share=round(theirs[place]) if everybody else None,
            own_width=round(100 * mine[place] / widest),
            all_width=round(100 * theirs[place] / widest),
        )
        for place in range(BINS)
    ]


def _shares(totals: Sequence[Decimal]) -> list[float]:
    numbers = Counter(map(_place, totals))
    return [100 * numbers[place] / max(len(totals), 1) for place in range(BINS)]


def _place(total: Decimal) -> int:
    """The highest points stand with the last half."""
    return min(int(total * 2), BINS - 1)
