"""The house of lit doors: from the doors of a campaign to the shapes of an SVG.

Lengths are in the SVG's own units. A cell of the wall holds one door; doors stand on the cell's floor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

DOOR_WIDTH, DOOR_HEIGHT = 40, 62
CELL_WIDTH, CELL_HEIGHT = 58, 86
MARGIN = 14
PLINTH = 16
RIM = 8  # an awarded door's frame


@dataclass(frozen=True, kw_only=True)
class Plate:
    """What is written on a door: whose it is and where it leads."""

    title: str
    url: str
    hue: str
    awarded: bool = False
    new: bool = False


@dataclass(frozen=True, kw_only=True)
class Door:
    """A lit door. `inner` is the second arch of an awarded one, else empty."""

    title: str
    url: str
    hue: str
    awarded: bool
    new: bool
    path: str
    inner: str


@dataclass(frozen=True, kw_only=True)
class House:
    """A drawn house. `shown` doors are lit of `total` given: a page says so when they differ."""

    view_box: str
    wall: str
    floors: list[str]
    lit: list[Door]
    shut: list[str]
    total: int

    @property
    def shown(self) -> int:
        return len(self.lit)

    @property
    def is_partial(self) -> bool:
        return self.shown < self.total


def house(doors: Sequence[Plate], *, total: int, columns: int = 13, rows: int = 7) -> House:
    """A wall of shut doors in which `doors`, newest first, are lit.

    A door keeps its cell for as long as it is shown. When the wall is full, the next door takes the
    cell of the oldest one, so a growing campaign never reshuffles its house.
    """
    cells = _spread(columns * rows)
    newest = doors[: len(cells)]
    taken = {cells[(total - 1 - age) % len(cells)]: plate for age, plate in enumerate(newest)}
    corners = [_corner(cell, columns) for cell in range(len(cells))]
    return House(
        view_box=f"0 0 {_width(columns)} {_height(rows)}",
        wall=_wall(columns, rows),
        floors=_floors(columns, rows),
        lit=[_door(plate, *corners[cell]) for cell, plate in sorted(taken.items())],
        shut=[arch(*corner) for cell, corner in enumerate(corners) if cell not in taken],
        total=total,
    )


def row(doors: Sequence[Plate], *, columns: int = 16, rows: int = 6) -> House:
    """Only these doors, all lit, in their own order and in rows as even as can be: for a cover.

    More than half a row makes two: a cover wants large doors. A short row leaves room to its right, so that
    few doors do not grow huge.
    """
    shown = doors[: columns * rows]
    lines = max(1 + (len(shown) > columns // 2), -(-len(shown) // columns))
    per_line = max(1, -(-len(shown) // lines))
    width = max(per_line, columns // 2) * CELL_WIDTH
    return House(
        view_box=f"0 0 {width} {lines * CELL_HEIGHT + 2}",
        wall="",
        floors=[f"M0 {(line + 1) * CELL_HEIGHT}h{width}" for line in range(lines)],
        lit=[_door(plate, *_corner(cell, per_line, margin=0)) for cell, plate in enumerate(shown)],
        shut=[],
        total=len(doors),
    )


def arch(x: float, y: float, width: float = DOOR_WIDTH, height: float = DOOR_HEIGHT) -> str:
    """The path of a door whose upper left corner is at x, y."""
    radius = width / 2
    return f"M{x:g} {y + height:g}v{radius - height:g}a{radius:g} {radius:g} 0 0 1 {width:g} 0v{height - radius:g}z"


def _spread(cells: int) -> list[int]:
    """The cells in the order in which they light up: scattered, and the same at every call."""
    order = list(range(cells))
    Random(cells).shuffle(order)
    return order


def _corner(cell: int, columns: int, *, margin: float = MARGIN) -> tuple[float, float]:
    line, column = divmod(cell, columns)
    x = margin + column * CELL_WIDTH + (CELL_WIDTH - DOOR_WIDTH) / 2
    return x, margin + line * CELL_HEIGHT + (CELL_HEIGHT - DOOR_HEIGHT)


def _door(plate: Plate, x: float, y: float) -> Door:
    opening = arch(x + RIM, y + RIM, DOOR_WIDTH - 2 * RIM, DOOR_HEIGHT - RIM)
    return Door(
        title=plate.title,
        url=plate.url,
        hue=plate.hue,
        awarded=plate.awarded,
        new=plate.new,
        path=arch(x, y),
        inner=opening if plate.awarded else "",
    )


def _width(columns: int) -> int:
    return columns * CELL_WIDTH + 2 * MARGIN


def _height(rows: int) -> int:
    return rows * CELL_HEIGHT + MARGIN + PLINTH


def _wall(columns: int, rows: int) -> str:
    width, height, radius = _width(columns), _height(rows), CELL_WIDTH
    return (
        f"M0 {height}V{radius}a{radius} {radius} 0 0 1 {radius} {-radius}H{width - radius}"
        f"a{radius} {radius} 0 0 1 {radius} {radius}V{height}z"
    )


def _floors(columns: int, rows: int) -> list[str]:
    """A line under each storey: what its doors stand on."""
    return [f"M{MARGIN} {MARGIN + (line + 1) * CELL_HEIGHT}h{columns * CELL_WIDTH}" for line in range(rows)]
