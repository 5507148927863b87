"""Tables as people send them: CSV in any usual dress, and Excel's XLSX."""

import csv
import io
import logging
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from openpyxl import load_workbook

logger = logging.getLogger(__name__)

MOST_ROWS, MOST_COLUMNS = 20_000, 200
XLSX_BEGINS, XLSX_UNPACKED = b"PK\x03\x04", 200_000_000


class Unreadable(Exception):
    """A file that is no table; its text is a sentence for the reader."""


@dataclass(frozen=True)
class Table:
    """`columns` are the names in the first row; `rows` have one text a column and are numbered from 2, as in Excel.

    `overlong` are the numbers of rows that hold more than there are columns.
    """

    columns: list[str]
    rows: list[dict[str, str]]
    overlong: Sequence[int] = ()

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        return enumerate(self.rows, start=2)


def read(content: bytes) -> Table:
    """The table in a file, told apart by its content and not by its name. Raises Unreadable with a sentence."""
    lines = _xlsx(content) if content.startswith(XLSX_BEGINS) else _csv(content)
    lines = [[cell.strip() for cell in line] for line in islice(lines, MOST_ROWS + 2)]
    if not lines or not any(lines[0]):
        raise Unreadable(_("The file is empty. Its first row has to hold the names of the columns."))
    if len(lines) > MOST_ROWS + 1:
        raise Unreadable(_("The file has more than %(most)d rows. Divide it.") % {"most": MOST_ROWS})
    columns = lines[0][:MOST_COLUMNS]
    while columns and not columns[-1]:
        columns.pop()
    if len(set(columns)) < len(columns) or not all(columns):
        raise Unreadable(_("Every column needs a name of its own in the first row."))
    rows = [dict(zip(columns, [*line, *[""] * len(columns)], strict=False)) for line in lines[1:]]
    while rows and not any(rows[-1].values()):
        rows.pop()
    overlong = [number for number, line in enumerate(lines[1:], start=2) if any(line[len(columns) :])]
    return Table(columns, rows, overlong)


def _csv(content: bytes) -> Iterator[list[str]]:
    if b"\0" in content[:4000]:
        raise Unreadable(_("This is neither CSV nor XLSX. Save the table as one of them."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what Excel writes in the Nordic countries
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise Unreadable(_("The CSV is broken: %(reason)s.") % {"reason": error}) from error


def _xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > XLSX_UNPACKED:
                raise Unreadable(_("The file is too large when it is unpacked."))
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        yield from _cells(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
    except Unreadable:
        raise
    except Exception as error:
        # A parser of foreign bytes breaks in many ways; for the sender it is one.
        logger.info("An Excel file could not be read: %s", type(error).__name__)
        raise Unreadable(_("The Excel file cannot be read. Save it anew as XLSX or as CSV.")) from error


def _cells(rows: Iterable[tuple]) -> Iterator[list[str]]:
    """Numbers without a needless fraction, days as 2026-12-31."""
    for row in rows:
        yield [_text(value) for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")
