"""The proposal against its constraints, and against what a search of its own finds. No database."""

import random
from collections import Counter, defaultdict

import pytest

from review.proposing import WORST, Panel, Solution, propose


def random_panel(number: int) -> Panel:
    """Small and odd: reviewers who take nothing, submissions that few may review, more wanted than there is room."""
    draw = random.Random(number)
    submissions = range(1, draw.randint(1, 14) + 1)
    reviewers = range(101, 101 + draw.randint(1, 7))
    density = draw.choice([0.2, 0.5, 0.8, 1.0])
    return Panel(
        lacking={pk: draw.randint(0, 4) for pk in submissions},
        room={pk: draw.randint(0, 8) for pk in reviewers},
        loads={pk: draw.choice([0, 0, draw.randint(0, 9)]) for pk in reviewers},
        misfits={
            (one, other): draw.randint(0, WORST)
            for one in submissions
            for other in reviewers
            if draw.random() < density
        },
    )


def most_that_can_be_filled(panel: Panel) -> int:
    """By paths along which one more review finds its place, as long as there is one."""
    holders: dict[int, set[int]] = defaultdict(set)
    offers = defaultdict(list)
    for submission, reviewer in panel.misfits:
        offers[submission].append(reviewer)

    def place(submission: int, seen: set[int]) -> bool:
        for reviewer in offers[submission]:
            if reviewer in seen or submission in holders[reviewer]:
                continue
            seen.add(reviewer)
            has_room = len(holders[reviewer]) < panel.room[reviewer]
            moved = None if has_room else next((one for one in holders[reviewer] if place(one, seen)), None)
            if has_room or moved is not None:
                holders[reviewer] -= {moved}
                holders[reviewer].add(submission)
                return True
        return False

    wanted = (submission for submission, number in panel.lacking.items() for _each in range(number))
    return sum(place(submission, set()) for submission in wanted)


def loads_after(panel: Panel, solution: Solution) -> Counter:
    return Counter(panel.loads) + Counter(reviewer for _submission, reviewer in solution.pairs)


def improvements(panel: Panel, solution: Solution) -> list[tuple]:
    """The single pairs that would be better with another reviewer who has room."""
    loads, given = loads_after(panel, solution), Counter(reviewer for _of, reviewer in solution.pairs)
    return [
        (submission, reviewer, other)
        for submission, reviewer in solution.pairs
        for other, room in panel.room.items()
        if (submission, other) in panel.misfits
        and (submission, other) not in solution.pairs
        and given[other] < room
        and panel.misfits[submission, other] + loads[other] + 1
        < panel.misfits[submission, reviewer] + loads[reviewer]
    ]


@pytest.mark.parametrize("part", range(10))
def test_five_hundred_random_panels_keep_every_rule(part):
    for number in range(50 * part, 50 * part + 50):
        panel = random_panel(number)
        solution = propose(panel)
        assert len(set(solution.pairs)) == len(solution.pairs)
        assert set(solution.pairs) <= panel.misfits.keys()
        given = Counter(submission for submission, _reviewer in solution.pairs)
        taken = Counter(reviewer for _submission, reviewer in solution.pairs)
        assert all(taken[pk] <= room for pk, room in panel.room.items())
        left = {pk: wanted - given[pk] for pk, wanted in panel.lacking.items()}
        assert min(left.values()) >= 0
        assert solution.unfilled == {pk: lacking for pk, lacking in left.items() if lacking}
        assert len(solution.pairs) == most_that_can_be_filled(panel), number
        assert improvements(panel, solution) == []
        assert propose(panel) == solution


def test_loads_come_out_even_and_count_what_everybody_has():
    pairs = {(submission, reviewer): 0 for submission in range(6) for reviewer in (7, 8, 9)}
    room, loads = dict.fromkeys((7, 8, 9), 10), {7: 4, 8: 0, 9: 1}
    solution = propose(Panel(lacking=dict.fromkeys(range(6), 2), room=room, loads=loads, misfits=pairs))
    assert loads_after(Panel(lacking={}, room=room, loads=loads, misfits={}), solution) == {7: 5, 8: 6, 9: 6}


def test_what_is_short_is_short_by_one_everywhere_rather_than_by_two_somewhere():
    """Though the second submission fits its reviewers worst."""
    misfits = {(1, reviewer): 0 for reviewer in (7, 8)} | {(2, reviewer): WORST for reviewer in (7, 8)}
    panel = Panel(lacking={1: 2, 2: 2}, room={7: 1, 8: 1}, loads={7: 30, 8: 0}, misfits=misfits)
    assert propose(panel).unfilled == {1: 1, 2: 1}


def test_a_better_fit_outweighs_a_small_difference_in_load_and_no_large_one():
    misfits = {(submission, 7): 0 for submission in range(10)} | {(one, 8): WORST for one in range(10)}
    room = {7: 10, 8: 10}
    panel = Panel(lacking=dict.fromkeys(range(10), 1), room=room, loads={}, misfits=misfits)
    assert loads_after(panel, propose(panel)) == {7: 7, 8: 3}


def test_nothing_to_give_and_nobody_to_give_it_to_are_no_trouble():
    assert propose(Panel(lacking={}, room={}, loads={}, misfits={})) == Solution([], {})
    assert propose(Panel(lacking={1: 3}, room={7: 0}, loads={}, misfits={(1, 7): 0})) == Solution([], {1: 3})


def test_two_thousand_submissions_and_sixty_reviewers_are_no_trouble_either():
    draw = random.Random(4)
    misfits = {
        (submission, reviewer): draw.randint(0, WORST)
        for submission in range(2000)
        for reviewer in range(60)
        if draw.random() < 0.4
    }
    panel = Panel(
        lacking=dict.fromkeys(range(2000), 3),
        room=dict.fromkeys(range(60), 120),
        loads={},
        misfits=misfits,
    )
    solution = propose(panel)
    loads = loads_after(panel, solution).values()
    assert (len(solution.pairs), solution.unfilled) == (6000, {})
    assert max(loads) - min(loads) <= 1 + WORST
