"""The tests' database for processes of their own."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection


class SharedDatabase:
    """The tests' database as worker processes reach it; on SQLite a copy of it in a file."""

    def __init__(self, folder: Path) -> None:
        self.file: sqlite3.Connection | None = None
        if connection.vendor == "sqlite":
            self.disk = folder / "disk"
            self.disk.mkdir()
            path = self.disk / "workers.sqlite3"
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

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody gets in any more. PostgreSQL also throws out who was in; SQLite's file stays with who has it open."""
        if self.file:
            elsewhere = self.disk.rename(self.disk.with_name("disk elsewhere"))
            yield
            elsewhere.rename(self.disk)
            return
        self._let_others_in(False)
        try:
            yield
        finally:
            self._let_others_in(True)

    def _let_others_in(self, allowed: bool) -> None:
        """Said from beside the database: PostgreSQL lets nobody lock the one that they are in."""
        settings = connection.settings_dict
        name = connection.ops.quote_name(settings["NAME"])
        beside = connection.get_connection_params() | {"dbname": "postgres"}
        with closing(connection.Database.connect(**beside)) as other, other.cursor() as cursor:
            other.autocommit = True
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}")
        if not allowed:
            self.end_connections()

    def end_connections(self) -> None:
        """Of PostgreSQL: throw out everybody else, who may come in again."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
