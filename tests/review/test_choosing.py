"""The rules that decide: worked out by hand, and held to what they promise for many rankings."""

from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from review.choosing import Candidate, Outcome, Why, by_quota, by_threshold

SELECTED, RESERVE, DECLINED = Outcome.SELECTED, Outcome.RESERVE, Outcome.DECLINED


def ranked(*facts) -> list[Candidate]:
    """Candidates 1, 2, 3 … of (mean, reviews, groups, decided)."""
    return [
        Candidate(
            submission=number,
            mean=None if mean is None else Decimal(mean),
            reviews=reviews,
            groups=groups,
            decided=decided,
        )
        for number, (mean, reviews, groups, decided) in enumerate(facts, start=1)
    ]


def told(results) -> list[tuple]:
    return [(result.candidate.submission, result.outcome, result.why) for result in results]


def test_a_threshold_selects_reserves_declines_and_leaves_out():
    candidates = ranked(
        ("4.50", 3, (), ""), ("4.00", 3, (), ""), ("3.99", 3, (), ""), ("4.80", 2, (), ""),
        ("4.90", 3, (), "declined"), ("2.99", 3, (), ""), (None, 0, (), ""),
    )  # fmt: skip
    results = by_threshold(candidates, selected_from=Decimal(4), reserve_from=Decimal(3), fewest=3)
    assert told(results) == [
        (1, SELECTED, Why.POINTS),
        (2, SELECTED, Why.POINTS),
        (3, RESERVE, Why.NEAR),
        (4, "", Why.FEW),
        (5, "", Why.DECIDED),
        (6, DECLINED, Why.LOW),
        (7, "", Why.FEW),
    ]


def test_quotas_are_filled_first_then_the_best_of_the_rest_and_the_next_wait():
    candidates = ranked(
        ("4.9", 3, (1,), ""), ("4.8", 3, (1,), ""), ("4.7", 3, (1,), ""), ("3.0", 3, (2,), ""),
        ("2.9", 3, (1,), ""), ("2.0", 3, (), ""),
    )  # fmt: skip
    results = by_quota(candidates, quotas={1: 1, 2: 1}, total=3, reserve=1)
    assert told(results) == [
        (1, SELECTED, Why.QUOTA),
        (2, SELECTED, Why.BEST),
        (3, RESERVE, Why.NEXT),
        (4, SELECTED, Why.QUOTA),
        (5, DECLINED, Why.FULL),
        (6, DECLINED, Why.FULL),
    ]
    assert [result.group for result in results] == [1, None, None, 2, None, None]


def test_what_was_decided_before_takes_its_place_first():
    candidates = ranked(
        ("4.9", 3, (1,), ""), ("4.8", 3, (1,), ""), ("1.0", 3, (1,), "selected"), ("0.9", 3, (2,), "reserve"),
    )  # fmt: skip
    results = by_quota(candidates, quotas={1: 1}, total=2, reserve=1)
    assert told(results) == [
        (1, SELECTED, Why.BEST),
        (2, DECLINED, Why.FULL),
        (3, "", Why.DECIDED),
        (4, "", Why.DECIDED),
    ]


def test_one_in_several_regions_takes_the_place_of_the_first_that_has_one():
    candidates = ranked(("4.9", 3, (1,), ""), ("4.8", 3, (1, 2), ""), ("4.7", 3, (2,), ""))
    results = by_quota(candidates, quotas={1: 1, 2: 1}, total=3, reserve=0)
    assert [(result.why, result.group) for result in results] == [
        (Why.QUOTA, 1),
        (Why.QUOTA, 2),
        (Why.BEST, None),
    ]


facts = st.tuples(
    st.decimals(0, 5, places=2) | st.none(),
    st.integers(0, 4),
    st.lists(st.integers(1, 3), max_size=2, unique=True).map(tuple),
    st.sampled_from(["", "", "", "selected", "reserve", "declined"]),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(facts, max_size=30),
    st.dictionaries(st.integers(1, 3), st.integers(0, 5)),
    st.integers(0, 20),
    st.integers(0, 5),
    st.integers(1, 3),
)
def test_quotas_keep_what_they_promise(rows, quotas, total, reserve, fewest):
    candidates = ranked(*sorted(rows, key=lambda row: row[0] or Decimal(-1), reverse=True))
    results = by_quota(candidates, quotas=quotas, total=total, reserve=reserve, fewest=fewest)
    assert [result.candidate for result in results] == candidates
    got = Counter(result.outcome for result in results)
    before = Counter(candidate.decided for candidate in candidates)
    assert got[SELECTED] <= max(0, total - before["selected"])
    assert got[RESERVE] <= max(0, reserve - before["reserve"])
    for result in results:
        few = result.candidate.mean is None or result.candidate.reviews < fewest
        assert (result.outcome == "") is (few or result.candidate.decided != "")
    for group, places in quotas.items():
        assert sum(result.group == group for result in results) <= places
    rest = [result.outcome for result in results if result.outcome and result.why != Why.QUOTA]
    assert rest == sorted(rest, key=[SELECTED, RESERVE, DECLINED].index)
