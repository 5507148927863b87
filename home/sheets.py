"""Tables as files: CSV, Excel, JSON, or a ZIP of CSVs; written row by row, so that memory stays flat."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

BOM = "\ufeff"  # without it Excel takes a CSV for the machine's own old encoding
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 500
MOST_ROWS_OF_A_SHEET = 1_048_575  # Excel's limit, less the head
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip", "xlsx": XLSX}


def harmless(text: str) -> str:
    """A text that starts no formula in somebody's spreadsheet."""
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text


@dataclass(frozen=True)
class Column:
    """`name` is what JSON calls it, `label` what people read; `words` say for people what a code means."""

    name: str
    label: str
    words: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table that is read while it is written. `number` tells of how many rows it is; moments are told in `zone`.

    All words are given beforehand: nothing is translated while the rows go out.
    """

    name: str
    label: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    number: Callable[[], int]
    zone: tzinfo = field(default_factory=timezone.get_current_timezone)

    @property
    def head(self) -> list[str]:
        return [column.label for column in self.columns]

    def printed(self) -> Iterator[list[str | int | float | Decimal]]:
        """The rows as people read them, each cell a number or a text that starts no formula."""
        words = [column.words for column in self.columns]
        for row in self.rows:
            yield [self._cell(value, known) for value, known in zip(row, words, strict=True)]

    def _cell(self, value: Any, words: Mapping[Any, str]) -> str | int | float | Decimal:
        if value is None:
            return ""
        if words:
            value = words.get(value, value)
        if isinstance(value, str):
            return harmless(value)
        if isinstance(value, list):
            return harmless("; ".join(map(str, value)))
        if isinstance(value, datetime):
            return value.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")
        return value.isoformat() if isinstance(value, date) else value


def batches(rows: Iterable[Any], size: int = ROWS_AT_ONCE) -> Iterator[list[Any]]:
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


def csv_of(sheet: Sheet) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write(BOM)
    writer.writerow(sheet.head)
    for rows in batches(sheet.printed()):
        writer.writerows(rows)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


class Pipe(io.RawIOBase):
    """What is written into it is taken out at the other end."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def zip_of(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """One CSV a sheet."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            with archive.open(f"{sheet.name}.csv", "w", force_zip64=True) as file:
                for part in csv_of(sheet):
                    file.write(part)
                    yield pipe.taken()
    yield pipe.taken()


def json_of(sheets: Iterable[Sheet], facts: Mapping[str, Any]) -> Iterator[bytes]:
    """One document: the facts, then each sheet as a list of objects. Codes stay codes, moments are ISO 8601."""
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    yield b"{\n" + ",\n".join(f"{encode(key)}: {encode(value)}" for key, value in facts.items()).encode()
    for sheet in sheets:
        names = [column.name for column in sheet.columns]
        yield f",\n{encode(sheet.name)}: [".encode()
        between = "\n"
        for rows in batches(sheet.rows):
            objects = (encode(dict(zip(names, row, strict=True))) for row in rows)
            yield (between + ",\n".join(objects)).encode()
            between = ",\n"
        yield b"\n]"
    yield b"\n}\n"


def _plain(value: Any) -> float | str:
    return float(value) if isinstance(value, Decimal) else value.isoformat()


def xlsx_of(sheets: Iterable[Sheet]) -> IO[bytes]:
    """One workbook, in a file that is gone when it is closed; its rows went through the disk, not the memory."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        cells = (list(map(_without_control, row)) for row in sheet.printed())
        for number, rows in enumerate(_in_parts(cells), start=1):
            page = workbook.create_sheet(sheet.label if number == 1 else f"{sheet.label} {number}")
            page.append(sheet.head)
            for row in rows:
                page.append(row)
    file = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    workbook.save(file)
    file.seek(0)
    return file


def _in_parts(rows: Iterator[list[Any]]) -> Iterator[Iterable[list[Any]]]:
    """The rows, divided where a sheet would be full; at least one part."""
    yield islice(rows, MOST_ROWS_OF_A_SHEET)
    for row in rows:
        yield _begun_with(row, islice(rows, MOST_ROWS_OF_A_SHEET - 1))


def _begun_with(first: Any, others: Iterable[Any]) -> Iterator[Any]:
    yield first
    yield from others


def _without_control(value: Any) -> Any:
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def answer(
    sheets: Sequence[Sheet], form: str, *, filename: str, facts: Mapping[str, Any]
) -> HttpResponseBase:
    """The file to download. As CSV there is one sheet; several go as a ZIP."""
    if form == "xlsx":
        return FileResponse(
            xlsx_of(sheets), as_attachment=True, filename=f"{filename}.xlsx", content_type=XLSX
        )
    parts = {
        "csv": lambda: csv_of(sheets[0]),
        "zip": lambda: zip_of(sheets),
        "json": lambda: json_of(sheets, facts),
    }[form]()
    headers = {"Content-Disposition": f'attachment; filename="{filename}.{form}"'}
    return StreamingHttpResponse(parts, content_type=TYPES[form], headers=headers)
