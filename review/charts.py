"""Charts as shapes that a template prints as SVG.

Lengths along a bar are percents and all others are in em, so that a chart is as wide as there is room, its words are
as large as the reader's, and nothing has to scroll. Every series has a dress of its own as well as a place, so that
none is told by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

WIDEST = 84  # percent; the rest is for the number behind the bar
WORD, BAR, GAP = 1.5, 1.2, 0.6
# Of series that lie in each other, each as long as its number and thinner than the one around it.
THINNER = (1.2, 1.2, 0.72, 0.32)
TALLEST, AXIS = 8.0, 1.8


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A rectangle. `look` is the number of its series."""

    look: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, kw_only=True)
class Word:
    """`look` is "label" or "figure"; `at_end` words end where they stand."""

    text: str
    look: str
    x: str
    y: str
    at_end: bool = False


@dataclass(frozen=True, kw_only=True)
class Chart:
    height: str
    marks: list[Mark]
    words: list[Word]
    series: list[str]


@dataclass(frozen=True)
class Row:
    label: str
    numbers: Sequence[int]


def nested(rows: Sequence[Row], series: list[str]) -> Chart:
    """A bar a row; every number is a part of the one before it."""
    most = max((max(row.numbers) for row in rows), default=0) or 1
    marks, words = [], []
    for place, row in enumerate(rows):
        top = place * (WORD + BAR + GAP)
        for look, (number, thick) in enumerate(zip(row.numbers, THINNER, strict=False)):
            y = top + WORD + (BAR - thick) / 2
            marks.append(_bar(look, 0, WIDEST * number / most, y, thick))
        words += _words(row, top, WIDEST * max(row.numbers) / most, row.numbers[0])
    return _chart(rows, marks, words, series)


def stacked(rows: Sequence[Row], series: list[str]) -> Chart:
    """A bar a row, its numbers one behind the other; the figure is their sum."""
    most = max((sum(row.numbers) for row in rows), default=0) or 1
    marks, words = [], []
    for place, row in enumerate(rows):
        top = place * (WORD + BAR + GAP)
        begins = [0, *accumulate(row.numbers)]
        for look, number in enumerate(row.numbers):
            marks.append(_bar(look, WIDEST * begins[look] / most, WIDEST * number / most, top + WORD, BAR))
        words += _words(row, top, WIDEST * begins[-1] / most, begins[-1])
    return _chart(rows, marks, words, series)


def upright(rows: Sequence[Row], series: list[str]) -> Chart:
    """Columns beside each other, from the first row to the last, as days are; nested like `nested`."""
    most = max((max(row.numbers) for row in rows), default=0) or 1
    slot = 100 / max(len(rows), 1)
    marks = [
        Mark(
            look=look,
            x=f"{slot * (place + (1 - thick / BAR * 0.8) / 2):.2f}%",
            y=f"{AXIS + TALLEST * (1 - number / most):.2f}em",
            width=f"{slot * thick / BAR * 0.8:.2f}%",
            height=f"{TALLEST * number / most:.2f}em",
        )
        for place, row in enumerate(rows)
        for look, (number, thick) in enumerate(zip(row.numbers, THINNER, strict=False))
        if number
    ]
    below = f"{AXIS + TALLEST + 1.2:.2f}em"
    words = [Word(text=str(most), look="figure", x="0%", y="1em")] if rows else []
    if rows:
        words.append(Word(text=rows[0].label, look="label", x="0%", y=below))
    if len(rows) > 1:
        words.append(Word(text=rows[-1].label, look="label", x="100%", y=below, at_end=True))
    return Chart(height=f"{AXIS + TALLEST + 1.6:.2f}em", marks=marks, words=words, series=series)


def _bar(look: int, x: float, width: float, y: float, height: float) -> Mark:
    return Mark(look=look, x=f"{x:.2f}%", y=f"{y:.2f}em", width=f"{width:.2f}%", height=f"{height:.2f}em")


def _words(row: Row, top: float, end: float, figure: int) -> list[Word]:
    return [
        Word(text=row.label, look="label", x="0%", y=f"{top + WORD - 0.4:.2f}em"),
        Word(text=str(figure), look="figure", x=f"{end + 1.5:.2f}%", y=f"{top + WORD + BAR - 0.25:.2f}em"),
    ]


def _chart(rows: Sequence[Row], marks: list[Mark], words: list[Word], series: list[str]) -> Chart:
    height = len(rows) * (WORD + BAR + GAP)
    shown = [mark for mark in marks if mark.width != "0.00%"]
    return Chart(height=f"{height:.2f}em", marks=shown, words=words, series=series)
