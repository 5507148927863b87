"""Importing submissions from tables."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from home.models import Mail
from pledges import importing
from pledges.importing import Plan
from pledges.lifecycle import Refused
from pledges.models import Organisation, Purpose, Status, Submission
from pledges.surfaces import in_force
from pledges.tables import Table, Unreadable, read
from tests.factories import AT, ThemeFactory

pytestmark = pytest.mark.django_db
ROW = {
    "title": "A language café",
    "summary": "Volunteers and newcomers drink coffee together.",
    "description": "We open our hall every Tuesday.",
    "kind": "Lupaus",
    "theme": "Arki",
    "organisation_name": "Naapurit ry",
    "organisation_kind": "Yhdistys",
    "contact_name": "Maija Meikäläinen",
}


@pytest.fixture
def theme(campaign):
    return ThemeFactory(campaign=campaign, slug="everyday", name_fi="Arki", name_en="Everyday life")


def table_of(*rows: dict[str, str]) -> Table:
    return Table(list(ROW), [ROW | row for row in rows])


def plan(table: Table, **more) -> Plan:
    return Plan(columns=importing.guessed(table) | {name: name for name in table.columns}, **more)


def sentences(table: Table, campaign, **more) -> list[str]:
    return [
        str(each) for each in importing.check(table, plan(table, **more), campaign=campaign, at=AT).problems
    ]


def test_rows_become_submissions_that_wait_for_screening(campaign, theme, coordinator):
    table = table_of({}, {"title": "Another", "kind": "initiative", "theme": "everyday"})
    table.rows[1]["novelty"] = "New."
    table.columns.append("novelty")
    table.rows[0]["novelty"] = ""
    checked = importing.check(table, plan(table), campaign=campaign, at=AT)
    assert [str(problem) for problem in checked.problems] == []
    written = importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert [(each.kind, each.status, each.source, each.entered_by) for each in written] == [
        ("pledge", Status.SUBMITTED, "import", coordinator),
        ("initiative", Status.SUBMITTED, "import", coordinator),
    ]
    assert set(Submission.objects.to_screen()) == set(written)
    assert written[0].latest.theme == theme
    assert not Mail.objects.exists()


def test_consents_are_recorded_only_where_the_table_says_so(campaign, theme, coordinator):
    table = table_of({"consent_text": "kyllä"}, {"consent_text": "ei"})
    table.columns.append("consent_text")
    checked = importing.check(table, plan(table), campaign=campaign, at=AT)
    agreed, silent = importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert list(in_force(agreed).values()) == [frozenset({Purpose.TEXT})]
    assert in_force(silent) == {}


def test_every_problem_is_listed_by_its_row_and_nothing_is_written(campaign, theme, coordinator):
    table = table_of({}, {"title": ""}, {"theme": "Nothing like it", "kind": "Wish"}, {"title": "x" * 121})
    found = sentences(table, campaign)
    assert [sentence.partition(",")[0] for sentence in found] == ["Row 3", "Row 4", "Row 4", "Row 5"]
    assert "Write a title." in found[0]
    assert found[1].endswith("The table says “Nothing like it”.")
    assert found[2].endswith("The table says “Wish”.")
    assert "xxx" not in found[3]
    checked = importing.check(table, plan(table), campaign=campaign, at=AT)
    with pytest.raises(Refused):
        importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert not Submission.objects.exists()


def test_a_field_that_nothing_gives_is_told_once_for_all_rows(campaign, theme):
    table = table_of({}, {})
    bare = Plan(columns={"title": "title"}, constants={"kind": "pledge"})
    problems = importing.check(table, bare, campaign=campaign, at=AT).problems
    assert {problem.row for problem in problems} == {None}
    assert "Summary" in {problem.field for problem in problems}
    assert "Title" not in {problem.field for problem in problems}


def test_what_is_too_long_is_cut_at_a_word_and_kept_whole(campaign, theme, coordinator):
    long = "A very long title about a library that opens on Sundays " * 3
    table = table_of({"title": long, "summary": ""})
    checked = importing.check(table, plan(table, shortens=True), campaign=campaign, at=AT)
    assert [str(problem) for problem in checked.problems] == []
    (written,) = importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert len(written.latest.title) <= 120
    assert written.latest.title.endswith("…")
    assert written.latest.description.startswith(" ".join(long.split()))
    assert written.latest.summary == ROW["description"]


def test_what_is_short_enough_without_its_gaps_is_not_cut(campaign, theme):
    table = table_of({"summary": "word\n\n\n\n" * 50 + "end"})
    checked = importing.check(table, plan(table, shortens=True), campaign=campaign, at=AT)
    assert [str(problem) for problem in checked.problems] == []
    (form,) = checked.forms.values()
    assert form.cleaned_data["summary"] == "word " * 50 + "end"


def test_the_same_rows_are_not_imported_twice(campaign, theme, coordinator):
    table = table_of({}, {"title": "Another"})
    checked = importing.check(table, plan(table), campaign=campaign, at=AT)
    written = importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert sentences(table, campaign) == [
        f"Row {number}: It was imported before, as {each.reference}."
        for number, each in enumerate(written, start=2)
    ]


def test_a_row_is_known_again_wherever_it_stands(campaign, theme, coordinator):
    table = table_of({}, {})
    checked = importing.check(table, plan(table), campaign=campaign, at=AT)
    written = importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert sentences(table_of({"title": "Another"}, {}, {}, {}), campaign) == [
        f"Row {number}: It was imported before, as {each.reference}."
        for number, each in enumerate(written, start=3)
    ]


def test_the_same_giver_in_several_rows_is_one_organisation(campaign, theme, coordinator):
    table = table_of({}, {"title": "Another"}, {"organisation_kind": "company"})
    checked = importing.check(table, plan(table), campaign=campaign, at=AT)
    importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert list(Organisation.objects.values_list("kind", flat=True).order_by("pk")) == [
        "association",
        "company",
    ]


def test_a_button_pressed_twice_imports_once(campaign, theme, coordinator):
    table = table_of({})
    checked = importing.check(table, plan(table), campaign=campaign, at=AT)
    importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    with pytest.raises(Refused):
        importing.write(checked, campaign=campaign, by=coordinator, at=AT)
    assert Submission.objects.count() == 1


def test_a_text_that_fell_into_two_cells_is_told(campaign, theme):
    cells = ",".join(ROW.values())
    table = read(f"{','.join(ROW)}\n{cells}, and tea\n{cells}\n".encode())
    assert sentences(table, campaign) == [
        "Row 2: This row has more cells than there are columns. Put a text with a separator in quotation marks."
    ]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("title;kind\nKäsityö;pledge\n".encode(), "Käsityö"),
        ("title,kind\nKäsityö,pledge\n".encode("utf-8-sig"), "Käsityö"),
        ("title\tkind\nKäsityö\tpledge\n".encode("cp1252"), "Käsityö"),
        (b'title,kind\n"Two\nlines",pledge\n', "Two\nlines"),
    ],
)
def test_csv_is_read_in_every_usual_dress(content, value):
    table = read(content)
    assert table.columns == ["title", "kind"]
    assert table.rows == [{"title": value, "kind": "pledge"}]


def test_excel_is_read_with_its_numbers_and_days():
    book = Workbook()
    book.active.append(["title", "amount", "starts_on"])
    book.active.append(["Käsityö", 3.0, AT.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)])
    packed = io.BytesIO()
    book.save(packed)
    assert read(packed.getvalue()).rows == [
        {"title": "Käsityö", "amount": "3", "starts_on": f"{AT:%Y-%m-%d}"},
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"PK\x03\x04 no archive", b"\x00\x01\x02", b'a,b\n"open', b"a,a\n1,2", b"a,,c\n1,2,3"],
)
def test_what_is_no_table_is_refused_with_a_sentence(content):
    with pytest.raises(Unreadable, match=r"\."):
        read(content)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_an_excel_file_with_a_broken_part_is_refused_with_a_sentence(part):
    whole, broken = io.BytesIO(), io.BytesIO()
    Workbook().save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<a><b" if name == part else source.read(name))
    content = broken.getvalue()
    with pytest.raises(Unreadable, match=r"\."):
        read(content)


def test_the_command_checks_imports_and_knows_what_it_imported(
    campaign, theme, coordinator, tmp_path, capsys
):
    file = tmp_path / "table.csv"
    file.write_text("Otsikko,summary,description\nEka,Lyhyesti,Pitkästi\nToka,Lyhyesti,Pitkästi\n")
    asked = [str(file), "--by", coordinator.email, "--map", "title=Otsikko"]
    for pair in (
        "kind=pledge",
        "theme=everyday",
        "organisation_name=A",
        "organisation_kind=other",
        "contact_name=B",
    ):
        asked += ["--set", pair]
    call_command("import_submissions", *asked, "--dry-run")
    assert not Submission.objects.exists()
    call_command("import_submissions", *asked)
    assert Submission.objects.to_screen().count() == 2
    with pytest.raises(CommandError, match="2 problems"):
        call_command("import_submissions", *asked)
    assert "Row 3: It was imported before" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--map", "title=No such column"], "There is no column"),
        (["--set", "colour=red"], "write FIELD="),
        (["--campaign", "none"], "There is no campaign none"),
    ],
)
def test_the_command_says_what_it_was_asked_wrongly(campaign, coordinator, tmp_path, more, sentence):
    file = tmp_path / "table.csv"
    file.write_text("title\nx\n")
    with pytest.raises(CommandError, match=sentence):
        call_command("import_submissions", str(file), "--by", coordinator.email, *more)


def test_only_coordinators_import(campaign, reviewer, tmp_path):
    with pytest.raises(CommandError, match="is not a coordinator"):
        call_command("import_submissions", str(tmp_path / "none.csv"), "--by", reviewer.email)
