import re

import pytest

from campaign.house import DOOR_HEIGHT, DOOR_WIDTH, Plate, arch, house, row


def plates(count, **kwargs):
    """Newest first: the one with the highest number was given last."""
    return [Plate(title=f"Door {n}", url=f"/{n}/", hue="moss", **kwargs) for n in range(count, 0, -1)]


def places(drawn):
    return {door.title: door.path for door in drawn.lit}


def test_an_empty_house_has_only_shut_doors():
    drawn = house([], total=0)
    assert (drawn.lit, len(drawn.shut), drawn.shown, drawn.is_partial) == ([], 91, 0, False)


@pytest.mark.parametrize(("given", "lit"), [(5, 5), (61, 61), (91, 91), (600, 91), (100_000, 91)])
def test_every_cell_holds_one_door_lit_or_shut(given, lit):
    drawn = house(plates(min(given, 200)), total=given)
    paths = [door.path for door in drawn.lit] + drawn.shut
    assert (drawn.shown, len(drawn.shut), len(set(paths))) == (lit, 91 - lit, 91)


@pytest.mark.parametrize(("given", "partial"), [(91, False), (92, True), (100_000, True)])
def test_the_house_says_when_it_shows_only_the_newest(given, partial):
    assert house(plates(min(given, 200)), total=given).is_partial is partial


def test_a_full_wall_shows_the_newest():
    shown = {door.title for door in house(plates(600), total=600).lit}
    assert shown == {f"Door {n}" for n in range(510, 601)}


@pytest.mark.parametrize("given", [1, 5, 61, 90, 91, 92, 600])
def test_a_new_door_moves_no_other(given):
    before, after = (
        places(house(plates(given), total=given)),
        places(house(plates(given + 1), total=given + 1)),
    )
    assert all(after[title] == path for title, path in before.items() if title in after)


def test_a_new_door_takes_the_cell_of_the_oldest_when_the_wall_is_full():
    before, after = places(house(plates(91), total=91)), places(house(plates(92), total=92))
    assert after["Door 92"] == before["Door 1"]


def test_the_same_doors_make_the_same_house():
    assert house(plates(61), total=61) == house(plates(61), total=61)


def test_lit_doors_are_spread_over_the_wall():
    lit = house(plates(30), total=30).lit
    columns = {re.match(r"M([\d.]+) ", door.path).group(1) for door in lit}
    storeys = {re.match(r"M[\d.]+ ([\d.]+)", door.path).group(1) for door in lit}
    assert len(columns) >= 10
    assert len(storeys) == 7


def test_a_phone_gets_fewer_doors():
    drawn = house(plates(61), total=61, columns=6, rows=6)
    assert (drawn.shown, drawn.view_box, len(drawn.floors)) == (36, "0 0 376 546", 6)


def test_doors_stay_inside_the_view_box():
    drawn = house(plates(91), total=91)
    _, _, width, height = map(int, drawn.view_box.split())
    for door in drawn.lit:
        x, foot = map(float, re.match(r"M([\d.]+) ([\d.]+)", door.path).groups())
        assert 0 <= x <= width - DOOR_WIDTH
        assert DOOR_HEIGHT <= foot <= height


def test_an_awarded_door_has_a_second_arch():
    plain, awarded = house(plates(1), total=1).lit[0], house(plates(1, awarded=True), total=1).lit[0]
    assert plain.inner == ""
    assert awarded.inner.startswith("M")
    assert awarded.inner != awarded.path


def test_a_door_keeps_what_its_plate_says():
    plate = Plate(title="Soup", url="/soup/", hue="rye", awarded=True, new=True)
    door = house([plate], total=1).lit[0]
    assert (door.title, door.url, door.hue, door.awarded, door.new) == ("Soup", "/soup/", "rye", True, True)


def test_an_arch_is_as_wide_and_as_high_as_asked():
    assert arch(0, 0, 40, 62) == "M0 62v-42a20 20 0 0 1 40 0v42z"


@pytest.mark.parametrize(
    ("count", "view_box"),
    [
        (0, "0 0 464 88"),
        (1, "0 0 464 88"),
        (8, "0 0 464 88"),
        (16, "0 0 464 174"),
        (17, "0 0 522 174"),
        (31, "0 0 928 174"),
    ],
)
def test_a_row_is_as_even_as_can_be(count, view_box):
    drawn = row(plates(count))
    assert (drawn.view_box, drawn.shown, drawn.shut, drawn.wall) == (view_box, count, [], "")


def test_a_row_keeps_the_order_of_its_doors():
    assert [door.title for door in row(plates(20)).lit] == [f"Door {n}" for n in range(20, 0, -1)]


def test_a_row_of_a_large_programme_stops_and_says_so():
    drawn = row(plates(1000))
    assert (drawn.shown, drawn.total, drawn.is_partial) == (96, 1000, True)
