"""Delimited tables: CSV and TSV as spreadsheet programs and archives save them."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, dropwhile, islice
from pathlib import Path

from toolkit.cells import unguard
from toolkit.mapping import known
from toolkit.readers.decoding import Lines, read_lines, read_text
from toolkit.readers.gdelt import is_gkg, read_gkg
from toolkit.readers.rows import SEARCHED, find_header, is_filled, row_unit
from toolkit.tables import ARTICLES
from toolkit.units import Unit

DELIMITERS = ",;\t|"
STATED = re.compile(r"\"?sep=(.)\"?\n")  # how some spreadsheet programs say it
LARGEST_CELL = 100_000_000
SAMPLE = 500_000  # characters that decide on a delimiter


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per row under the header row."""
    lines = read_lines(path)
    head = lines.head.lstrip("\n")
    if is_gkg(head):
        yield from read_gkg(*read_text(path))
        return
    csv.field_size_limit(LARGEST_CELL)
    stated = STATED.match(head)
    delimiter = stated[1] if stated else _delimiter(head)
    detail = f"{lines.encoding}, {'tab' if delimiter == chr(9) else delimiter!r} between cells"
    if not _quotes_pair(_table_of(lines, stated), delimiter):
        detail += "; quotation marks do not pair: rows may have run together"
    yield from _units(csv.reader(_table_of(lines, stated), delimiter=delimiter), detail)


def _table_of(lines: Lines, stated: re.Match | None) -> Iterator[str]:
    """Return the lines of the table: without blank ones above it, and without one that states the delimiter."""
    table = dropwhile(lambda line: line == "\n", lines.again())
    return islice(table, 1, None) if stated else table


def _units(rows: Iterator[list[str]], detail: str) -> Iterator[Unit]:
    try:
        top = list(islice(rows, SEARCHED))
        first = find_header(top)
        if above := sum(map(is_filled, top[:first])):
            detail += f"; {above} line{'s' * (above > 1)} above the header left out"
        header = [name.strip() for name in top[first]] if top else []
        saved = set(ARTICLES) <= set(header)  # by `save_corpus`, which guards cells against spreadsheet programs
        header = [unguard(name) for name in header] if saved else header
        for number, row in enumerate(chain(top[first + 1 :], rows), start=1):
            row = [unguard(cell) for cell in row] if saved else row
            if is_filled(row):
                yield row_unit(header, row, f"row {number}", detail)
    except csv.Error as error:
        yield Unit(f"line {rows.line_num}", reason=f"not a table from here on: {error}", detail=detail)


def _quotes_pair(lines: Iterable[str], delimiter: str) -> bool:
    """Say whether every quotation mark that opens a cell is closed where a cell ends."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "field larger" in str(error)
    return True


def _delimiter(text: str) -> str:
    """Return the character under which the first rows are most alike, and their header known."""
    sample = text if len(text) <= SAMPLE else text[: text.rfind("\n", 0, SAMPLE)]
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[int, int, int]:
    """Say how many names the header has that we know, two being enough, how many rows are as wide, and how wide."""
    try:
        rows = list(
            filter(is_filled, islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), SEARCHED))
        )
    except csv.Error:
        return 0, 0, 0
    header = rows[find_header(rows)] if rows else []
    alike = sum(len(row) == len(header) for row in rows) if len(header) > 1 else 0
    return min(len(known(header)), 2), alike, len(header)
