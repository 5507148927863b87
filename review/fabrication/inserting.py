"""Writing rows by the hundred thousand."""

from collections.abc import Iterable
from itertools import chain, islice

from django.db import connection
from django.db.models import Model

VALUES_AT_ONCE = 30_000  # SQLite takes 32,766 in one statement


def insert(model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple]) -> None:
    """Rows of numbers and texts, without a model instance for each: making those takes most of the time."""
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    one = f"({', '.join(['%s'] * len(columns))})"
    rows = iter(rows)
    with connection.cursor() as cursor:
        while part := list(islice(rows, VALUES_AT_ONCE // len(columns))):
            marks = ", ".join([one] * len(part))
            statement = f"INSERT INTO {into} VALUES {marks}"  # noqa: S608 (names come from the models)
            cursor.execute(statement, list(chain.from_iterable(part)))


def link(model: type[Model], name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Rows of a many-to-many field, from the ids of its two ends."""
    field = model._meta.get_field(name)
    columns = (field.m2m_column_name(), field.m2m_reverse_name())
    insert(field.remote_field.through, columns, pairs)
