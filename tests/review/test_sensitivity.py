"""How much of the ranking hangs on the weights."""

from review.models import Criterion
from review.sensitivity import Firmness, firmness

A, B = 1, 2
CRITERIA = [
    Criterion(pk=A, weight=50, max_points=5),
    Criterion(pk=B, weight=50, max_points=5),
    Criterion(pk=3, weight=100, max_points=5, is_counted=False),
]
ALWAYS = Firmness(keeps=100.0, stays=100.0)


def both(a: int, b: int) -> list[dict[int, int]]:
    return [{A: a, B: b, 3: 5}]


def test_what_is_better_by_every_criterion_keeps_its_rank_whatever_the_weights():
    ranked = [both(5, 5), both(4, 4), both(3, 3)]
    assert firmness(CRITERIA, ranked, top=2, percent=50) == [ALWAYS, ALWAYS]


def test_weights_that_do_not_vary_change_nothing():
    ranked = [[{A: 4, B: 1}, {A: 3, B: 2}], both(1, 4), both(4, 1)]
    assert firmness(CRITERIA, ranked, top=3, percent=0) == [ALWAYS] * 3


def test_two_that_are_good_at_different_things_change_places_in_about_half_of_the_draws():
    first, second, third = firmness(CRITERIA, [both(5, 0), both(0, 5), both(0, 0)], top=3, percent=20)
    assert first == second
    assert 40 < first.keeps < 60
    assert first.stays == 100
    assert third == ALWAYS
    # Only the first place is asked for: who loses it, leaves.
    (alone,) = firmness(CRITERIA, [both(5, 0), both(0, 5)], top=1, percent=20)
    assert alone.keeps == alone.stays == first.keeps


def test_everybody_reads_the_same_numbers():
    ranked = [both(5, 1), both(1, 5), both(3, 3)]
    assert firmness(CRITERIA, ranked, top=3, percent=30) == firmness(CRITERIA, ranked, top=3, percent=30)


def test_a_wider_margin_of_weights_is_never_firmer_here():
    ranked = [both(5, 3), both(3, 5), [{A: 4}]]
    narrow, wide = (firmness(CRITERIA, ranked, top=1, percent=percent)[0] for percent in (10, 30))
    assert wide.keeps <= narrow.keeps


def test_an_empty_ranking_has_no_firmness():
    assert firmness(CRITERIA, [], top=10, percent=20) == []
