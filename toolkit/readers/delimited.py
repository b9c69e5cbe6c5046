"""Delimited tables: CSV and TSV as spreadsheet programs save them."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.cells import unguard
from toolkit.readers import Unit
from toolkit.readers.decoding import read_text
from toolkit.tables import ARTICLES

DELIMITERS = ",;\t|"
STATED = re.compile(r"\"?sep=(.)\"?\n")  # how some spreadsheet programs say it
LARGEST_CELL = 100_000_000


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per row under the header row."""
    text, encoding = read_text(path)
    text = text.lstrip("\n")
    stated = STATED.match(text)
    delimiter = stated[1] if stated else _delimiter(text)
    text = text[stated.end() :] if stated else text
    detail = f"{encoding}, {'tab' if delimiter == chr(9) else delimiter!r} between cells"
    if '"' in text and not _quotes_pair(text, delimiter):
        detail += "; quotation marks do not pair: rows may have run together"
    csv.field_size_limit(LARGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(rows, [])]
        saved = set(ARTICLES) <= set(header)  # by `save_corpus`, which guards cells against spreadsheet programs
        for number, row in enumerate(rows, start=1):
            row = [unguard(cell) for cell in row] if saved else row
            if any(cell.strip() for cell in row):
                yield _unit(header, row, number, detail)
    except csv.Error as error:
        yield Unit(f"line {rows.line_num}", reason=f"not a table from here on: {error}", detail=detail)


def _quotes_pair(text: str, delimiter: str) -> bool:
    """Say whether every quotation mark that opens a cell is closed where a cell ends."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "field larger" in str(error)
    return True


def _delimiter(text: str) -> str:
    """Return the character that parts the header row into most cells."""
    header = text.split("\n", 1)[0][:10_000]
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([header], delimiter=delimiter), [])))


def _unit(header: list[str], row: list[str], number: int, detail: str) -> Unit:
    place = f"row {number}"
    if any(cell.strip() for cell in row[len(header) :]):
        return Unit(place, reason=f"row has {len(row)} cells, the header {len(header)}", detail=detail)
    fields: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        if name and not fields.get(name, "").strip():  # of two columns of one name, the one that holds something
            fields[name] = cell
    return Unit(place, fields, detail=detail)
