"""Tables as files: what each kind of file holds, and that none starts a formula."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from home import sheets
from home.sheets import Column, Sheet

WHEN = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
ROWS = [
    ["=1+1", "open", Decimal("3.50"), WHEN, date(2026, 12, 1), ["a", "b"], True],
    ["Ääni\x07", "shut", None, None, None, [], False],
]
COLUMNS = [
    Column("title", "Otsikko"),
    Column("state", "Tila", {"open": "avoin", "shut": "suljettu"}),
    Column("mean", "Keskiarvo"),
    Column("sent", "Lähetetty"),
    Column("day", "Päivä"),
    Column("tags", "Aiheet"),
    Column("agreed", "Suostumus", {True: "kyllä", False: "ei"}),
]


def sheet(rows=ROWS, name: str = "things") -> Sheet:
    zone = ZoneInfo("Europe/Helsinki")
    return Sheet(
        name=name, label="Asiat", columns=COLUMNS, rows=iter(rows), number=lambda: len(rows), zone=zone
    )


def lines(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_csv_is_read_by_people_and_starts_no_formula():
    head, first, second = lines(b"".join(sheets.csv_of(sheet())))
    assert head == ["Otsikko", "Tila", "Keskiarvo", "Lähetetty", "Päivä", "Aiheet", "Suostumus"]
    assert first == ["'=1+1", "avoin", "3.50", "2026-11-25 00:30", "2026-12-01", "a; b", "kyllä"]
    assert second[1:] == ["suljettu", "", "", "", "", "ei"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_what_starts_a_formula_is_quoted(text):
    assert sheets.harmless(text) == f"'{text}"


def test_the_json_is_one_document_of_codes_and_moments():
    document = json.loads(b"".join(sheets.json_of([sheet(), sheet([], "none")], {"campaign": "kl"})))
    assert document["campaign"] == "kl"
    assert document["none"] == []
    assert document["things"][0] == {
        "title": "=1+1",
        "state": "open",
        "mean": 3.5,
        "sent": "2026-11-24T22:30:00+00:00",
        "day": "2026-12-01",
        "tags": ["a", "b"],
        "agreed": True,
    }


def test_a_workbook_has_a_page_a_sheet_and_no_formula():
    with sheets.xlsx_of([sheet()]) as file:
        (page,) = load_workbook(file).worksheets
    assert page.title == "Asiat"
    assert [cell.value for cell in page[2]][:3] == ["'=1+1", "avoin", 3.5]
    assert page["A3"].value == "Ääni"
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


def test_a_page_that_is_full_is_followed_by_another(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS_OF_A_SHEET", 2)
    with sheets.xlsx_of([sheet(ROWS[1:] * 5)]) as file:
        pages = load_workbook(file).worksheets
    assert [(page.title, page.max_row) for page in pages] == [("Asiat", 3), ("Asiat 2", 3), ("Asiat 3", 2)]


def test_a_zip_has_a_csv_a_sheet_and_comes_in_pieces():
    parts = list(sheets.zip_of([sheet(), sheet(ROWS * 600, "more")]))
    assert len(parts) > 3
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
        assert archive.testzip() is None
        assert {name: len(lines(archive.read(name))) for name in archive.namelist()} == {
            "things.csv": 3,
            "more.csv": 1201,
        }
