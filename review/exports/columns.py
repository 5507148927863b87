"""What exports are made of: rows read in chunks, and columns in the reader's words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Field, Model, QuerySet
from django.utils.translation import gettext as _

from home.models import User
from home.sheets import Column

CHUNK = 1000


def chunks(rows: QuerySet, *fields: str) -> Iterator[list[tuple]]:
    """Rows as tuples of their id and these fields, a chunk at a time, from each the next by id.

    Every chunk is a query of its own: no cursor stays open while a slow reader takes the file, so that it works
    behind a pool of connections too, and the memory holds one chunk.
    """
    rows = rows.order_by("pk").values_list("pk", *fields)
    part = list(rows[:CHUNK])
    while part:
        yield part
        is_last = len(part) < CHUNK
        part = [] if is_last else list(rows.filter(pk__gt=part[-1][0])[:CHUNK])


def said(words: Mapping[Any, Any]) -> dict[Any, str]:
    """The words of choices as the reader says them."""
    return {code: str(word) for code, word in words.items()}


def yes_or_no() -> dict[Any, str]:
    return {True: _("yes"), False: _("no")}


def column(
    model: type[Model], name: str, words: Mapping[Any, Any] | None = None, *, prefix: str = ""
) -> Column:
    """A column that is called as the field is."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return Column(prefix + name, str(field.verbose_name), said(words or {}))


def named(model: type[Model]) -> dict[int | None, str]:
    """What the ids of a small table mean, in the reader's language."""
    return {None: ""} | {row.pk: str(row) for row in model._default_manager.all()}


def people() -> dict[int | None, str]:
    """The names of those who have ever worked here."""
    return {None: ""} | {person.pk: str(person) for person in User.objects.all()}
