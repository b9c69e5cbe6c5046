"""SQLite: the table of a database that looks most like articles, or all that look alike."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from toolkit.mapping import known
from toolkit.readers.decoding import decode
from toolkit.readers.json_records import plain
from toolkit.units import Unit

LARGEST_CELL = 100_000_000  # bytes
LEAST_TEXT = 20  # bytes by which text in another encoding can be told from a picture
LARGEST_ROW = 500_000_000  # bytes: a view may make up cells of its own
MOST_STEPS = 100_000  # millions of them: what a query may take
Fit = tuple[bool, bool, int]


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per row of the table, or view, with the best columns; the file is opened to be read only."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            steps = count()
            connection.set_progress_handler(lambda: next(steps) > MOST_STEPS, 1_000_000)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_CELL)
            connection.execute(f"PRAGMA hard_heap_limit = {LARGEST_ROW}")
            connection.text_factory = _text
            connection.execute("PRAGMA trusted_schema = OFF")
            yield from _units(connection, "; its -wal file beside it was not read" if _has_log(path) else "")
    except sqlite3.Error as error:
        yield Unit("", reason=f"not a database that can be read: {error}")


def _has_log(path: Path) -> bool:
    """Say whether a program left its last changes beside the database, where a read-only look does not see them."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _units(connection: sqlite3.Connection, note: str) -> Iterator[Unit]:
    columns = _columns(connection)
    fits = {table: _fit(names) for table, names in columns.items()}
    best = max(fits.values(), default=None)
    whole = [table for table in fits if fits[table][:2] == (True, True)]  # a text and a title or an address
    chosen = whole or [table for table in fits if fits[table] == best]
    # A view that fits no better than a table most likely shows the same rows again.
    chosen = [table for table in chosen if table[1] == "table"] or chosen
    others = ", ".join(name for name, kind in columns if (name, kind) not in chosen)[:200]
    detail = (f"other tables: {others}" if others else "") + note
    for name, kind in chosen:
        rows = connection.execute(f"SELECT * FROM {_quoted(name)}")
        for number, row in enumerate(rows, start=1):
            fields = dict(zip(columns[name, kind], map(_cell, row), strict=True))
            yield Unit(f"table {name!r} row {number}", fields, detail=detail)


def _columns(connection: sqlite3.Connection) -> dict[tuple[str, str], list[str]]:
    """Return the columns of each table and view; a view that cannot be run has none and is left out."""
    found = {}
    listed = (
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    for name, kind in connection.execute(listed).fetchall():
        with suppress(sqlite3.OperationalError):
            head = connection.execute(f"SELECT * FROM {_quoted(name)} LIMIT 0")
            found[name, kind] = [column[0] for column in head.description]
    return found


def _fit(columns: list[str]) -> Fit:
    ours = known(columns)
    return "text" in ours, bool(ours & {"title", "url"}), len(ours)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def _cell(value: object) -> str:
    """Return a cell as text; of a blob only what is text."""
    try:
        if isinstance(value, bytes) and len(value) >= LEAST_TEXT:
            return decode(value)[0]
        return value.decode("utf-8") if isinstance(value, bytes) else plain(value)
    except ValueError:  # which both kinds of failure are
        return ""
