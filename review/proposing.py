"""Who could review what, worked out over plain numbers: no database, and no names.

It is a flow of least cost from the submissions to the reviewers. Every cost is a whole number, so the linear program
has whole solutions only at its corners, and the simplex method stops at a corner.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# One review more of somebody costs as many as they then have. A pair that fits worst costs this much more than one
# that fits in everything: so many more at most does anybody get, because they fit better than somebody else.
WORST = 4


class Unsolved(Exception):
    """The solver gave up."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What is to be given to whom.

    `lacking` says how many reviewers each submission still wants, `room` how many more submissions each reviewer
    takes, `loads` how many they have. `misfits` holds the pairs that are allowed, each with how badly it fits, from 0
    to `WORST`; what is assigned already is not among them.
    """

    lacking: Mapping[int, int]
    room: Mapping[int, int]
    loads: Mapping[int, int]
    misfits: Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Solution:
    """Pairs of submission and reviewer, and how many reviewers each submission lacks even so."""

    pairs: list[tuple[int, int]]
    unfilled: dict[int, int]


def propose(panel: Panel) -> Solution:
    """As many pairs as there can be; of these the ones that leave no submission with much less than others; of these
    the ones with the most even loads and the best fit, a difference of one in load weighing as a misfit of one.

    Raises Unsolved.
    """
    pairs = [
        (submission, reviewer)
        for submission, reviewer in sorted(panel.misfits)
        if panel.lacking.get(submission, 0) > 0 and panel.room.get(reviewer, 0) > 0
    ]
    chosen = _solved(panel, pairs) if pairs else []
    given = Counter(submission for submission, _reviewer in chosen)
    left = {submission: number - given[submission] for submission, number in sorted(panel.lacking.items())}
    return Solution(chosen, {submission: number for submission, number in left.items() if number > 0})


def _solved(panel: Panel, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One column for each pair, for each review that somebody could get more, and for each that is left unfilled.

    Each submission's pairs and gaps add up to what it lacks, each reviewer's pairs to the steps of their load.
    """
    # Loaded here: it takes half a second and 60 MB, which only this needs.
    import numpy
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    submissions = sorted({submission for submission, _reviewer in pairs})
    reviewers = sorted({reviewer for _submission, reviewer in pairs})
    row_of = {pk: row for row, pk in enumerate(submissions)}
    row_of_reviewer = {pk: row for row, pk in enumerate(reviewers, start=len(submissions))}
    steps = _steps(panel, pairs)
    # More than any exchange along a chain of reviewers can save.
    dear = 1 + WORST * (len(reviewers) + 1) + max(load for _reviewer, load in steps)
    gaps = [(pk, dear * step) for pk in submissions for step in range(1, panel.lacking[pk] + 1)]
    costs = [panel.misfits[pair] for pair in pairs] + [cost for _whose, cost in steps + gaps]
    entries = [
        *((row_of[submission], column, 1) for column, (submission, _to) in enumerate(pairs)),
        *((row_of_reviewer[reviewer], column, 1) for column, (_of, reviewer) in enumerate(pairs)),
        *((row_of_reviewer[pk], column, -1) for column, (pk, _load) in enumerate(steps, start=len(pairs))),
        *((row_of[pk], column, 1) for column, (pk, _cost) in enumerate(gaps, start=len(pairs + steps))),
    ]
    rows, columns, signs = numpy.array(entries).T
    matrix = coo_array((signs, (rows, columns)), shape=(len(row_of) + len(reviewers), len(costs)))
    sums = [panel.lacking[pk] for pk in submissions] + [0] * len(reviewers)
    found = linprog(costs, A_eq=matrix, b_eq=sums, bounds=(0, 1), method="highs-ds")
    if not found.success:
        raise Unsolved(found.message)
    return [pair for pair, share in zip(pairs, found.x[: len(pairs)], strict=True) if share > 0.5]


def _steps(panel: Panel, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each review more that a reviewer could get: who, and how many they then have."""
    offered = Counter(reviewer for _submission, reviewer in pairs)
    return [
        (pk, panel.loads.get(pk, 0) + step)
        for pk, number in sorted(offered.items())
        for step in range(1, min(panel.room[pk], number) + 1)
    ]
