"""Who would be selected by a rule. Pure functions over candidates in the order of the ranking; they write nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from review.models.decision import Reasoned

Outcome = Reasoned.Outcome


class Why(models.TextChoices):
    """What put a candidate where it is; the last two leave it undecided."""

    POINTS = "points", _("its mean is high enough")
    NEAR = "near", _("its mean is high enough for the reserve")
    LOW = "low", _("its mean is too low")
    QUOTA = "quota", _("a place of its group")
    BEST = "best", _("among the best of the rest")
    NEXT = "next", _("next in the ranking")
    FULL = "full", _("all places are taken")
    FEW = "few", _("too few reviews")
    DECIDED = "decided", _("decided already")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One submission as the rules see it. `groups` are its theme or its regions; `decided` what was decided before."""

    submission: int
    mean: Decimal | None
    reviews: int
    groups: tuple[int, ...] = ()
    decided: str = ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one candidate would get and why; `outcome` is empty where it stays undecided, `group` is whose place it takes."""

    candidate: Candidate
    outcome: str
    why: Why
    group: int | None = None


def by_threshold(
    ranked: Iterable[Candidate], *, selected_from: Decimal, reserve_from: Decimal, fewest: int = 1
) -> list[Result]:
    """Selected from a mean on, in reserve from a lower one on, else declined."""

    def judge(candidate: Candidate) -> Result:
        if why := _left_out(candidate, fewest):
            return Result(candidate=candidate, outcome="", why=why)
        assert candidate.mean is not None  # else it has too few reviews
        if candidate.mean >= selected_from:
            return Result(candidate=candidate, outcome=Outcome.SELECTED, why=Why.POINTS)
        if candidate.mean >= reserve_from:
            return Result(candidate=candidate, outcome=Outcome.RESERVE, why=Why.NEAR)
        return Result(candidate=candidate, outcome=Outcome.DECLINED, why=Why.LOW)

    return [judge(candidate) for candidate in ranked]


def by_quota(
    ranked: Iterable[Candidate], *, quotas: Mapping[int, int], total: int, reserve: int, fewest: int = 1
) -> list[Result]:
    """The best of each group up to its quota, then the best of the rest up to the total; the next wait in reserve.

    What was selected or reserved before takes its place first. A candidate in several groups takes the place of the
    first of them that has one.
    """
    candidates = list(ranked)
    free = dict(quotas)
    before = [candidate for candidate in candidates if candidate.decided == Outcome.SELECTED]
    for candidate in before:
        _take(candidate, free)
    left = max(0, total - len(before))
    undecided = [candidate for candidate in candidates if _left_out(candidate, fewest) is None]
    found = {result.candidate.submission: result for result in _best_of_groups(undecided, free, left)}
    rest = [candidate for candidate in undecided if candidate.submission not in found]
    waiting = max(0, reserve - sum(candidate.decided == Outcome.RESERVE for candidate in candidates))
    found |= {result.candidate.submission: result for result in _of_rest(rest, left - len(found), waiting)}
    return [found.get(candidate.submission) or _skipped(candidate, fewest) for candidate in candidates]


def _left_out(candidate: Candidate, fewest: int) -> Why | None:
    if candidate.decided:
        return Why.DECIDED
    return Why.FEW if candidate.mean is None or candidate.reviews < fewest else None


def _skipped(candidate: Candidate, fewest: int) -> Result:
    return Result(candidate=candidate, outcome="", why=_left_out(candidate, fewest) or Why.FEW)


def _take(candidate: Candidate, free: dict[int, int]) -> int | None:
    """The group whose place the candidate takes; None where none is free."""
    group = next((group for group in candidate.groups if free.get(group, 0) > 0), None)
    if group is not None:
        free[group] -= 1
    return group


def _best_of_groups(ranked: Iterable[Candidate], free: dict[int, int], left: int) -> Iterator[Result]:
    for candidate in ranked:
        if left > 0 and (group := _take(candidate, free)) is not None:
            left -= 1
            yield Result(candidate=candidate, outcome=Outcome.SELECTED, why=Why.QUOTA, group=group)


def _of_rest(rest: Iterable[Candidate], left: int, waiting: int) -> Iterator[Result]:
    for place, candidate in enumerate(rest):
        if place < left:
            yield Result(candidate=candidate, outcome=Outcome.SELECTED, why=Why.BEST)
        elif place < left + waiting:
            yield Result(candidate=candidate, outcome=Outcome.RESERVE, why=Why.NEXT)
        else:
            yield Result(candidate=candidate, outcome=Outcome.DECLINED, why=Why.FULL)
