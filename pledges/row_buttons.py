"""The buttons that add and remove a row, as they arrive where no script runs: the same form comes back."""

import re

from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from .rows import KINDS, MOST

ADD, REMOVE = "add_row", "remove_row"
ROW = re.compile(r"(\w+)-(\d{1,2})", re.ASCII)


def is_pressed(data: QueryDict) -> bool:
    """Whether one of them sent the form: then nothing in it is to be judged or stored."""
    return ADD in data or REMOVE in data


def with_rows_changed(data: QueryDict) -> QueryDict:
    """What was typed, with one empty row more or one row less, as the button says; nonsense changes nothing."""
    if not is_pressed(data):
        return data
    data = data.copy()
    added, removed = data.get(ADD), ROW.fullmatch(data.get(REMOVE, ""))
    if added in KINDS:
        _count(data, added, min(_rows(data, added) + 1, MOST))
    elif removed and removed[1] in KINDS:
        _remove(data, removed[1], int(removed[2]))
    return data


def _rows(data: QueryDict, name: str) -> int:
    total = data.get(f"{name}-{TOTAL_FORM_COUNT}", "")
    return int(total) if re.fullmatch(r"\d{1,2}", total, re.ASCII) else 0


def _count(data: QueryDict, name: str, total: int) -> None:
    data[f"{name}-{TOTAL_FORM_COUNT}"] = str(total)
    data.setdefault(f"{name}-{INITIAL_FORM_COUNT}", "0")


def _remove(data: QueryDict, name: str, gone: int) -> None:
    """The rows behind it move up by one."""
    total = _rows(data, name)
    if gone >= total:
        return
    cells = re.compile(rf"{name}-(\d{{1,2}})-(\w+)", re.ASCII)
    sent = [found for key in data if (found := cells.fullmatch(key))]
    values = {(int(found[1]), found[2]): data.pop(found[0]) for found in sent}
    for (number, field), typed in values.items():
        if number != gone:
            data.setlist(f"{name}-{number - (number > gone)}-{field}", typed)
    _count(data, name, total - 1)
