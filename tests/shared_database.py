"""The tests' database for processes of their own."""

import sqlite3
from collections import Counter
from pathlib import Path

from django.db import connection


class SharedDatabase:
    """The tests' database as worker processes reach it; on SQLite a copy of it in a file."""

    def __init__(self, folder: Path) -> None:
        self.file: sqlite3.Connection | None = None
        if connection.vendor == "sqlite":
            path = folder / "workers.sqlite3"
            self.url = f"sqlite:///{path}"
            self.file = sqlite3.connect(path, isolation_level=None, timeout=20)
            connection.connection.backup(self.file)
        else:
            d = connection.settings_dict
            self.url = f"postgres://{d['USER']}:{d['PASSWORD']}@{d['HOST']}:{d['PORT']}/{d['NAME']}"

    def run(self, sql: str) -> list[tuple]:
        if self.file:
            return self.file.execute(sql).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def states(self) -> Counter:
        return Counter(state for (state,) in self.run("SELECT state FROM home_mail"))
