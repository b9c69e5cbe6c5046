"""Delimited tables: CSV and TSV as spreadsheet programs save them."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from toolkit.readers import Unit
from toolkit.readers.decoding import NotTextError, read_text

DELIMITERS = ",;\t|"
LARGEST_CELL = 100_000_000


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per row under the header row."""
    try:
        text, encoding = read_text(path)
    except NotTextError as error:
        yield Unit("", reason=str(error))
        return
    delimiter = _delimiter(text)
    detail = f"{encoding}, {'tab' if delimiter == chr(9) else delimiter!r} between cells"
    csv.field_size_limit(LARGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(rows)]
        for number, row in enumerate(rows, start=1):
            if any(cell.strip() for cell in row):
                yield _unit(header, row, number, detail)
    except csv.Error as error:
        yield Unit(f"line {rows.line_num}", reason=f"not a table from here on: {error}", detail=detail)


def _delimiter(text: str) -> str:
    """Return the character that parts the header row into most cells."""
    header = text.split("\n", 1)[0][:10_000]
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([header], delimiter=delimiter), [])))


def _unit(header: list[str], row: list[str], number: int, detail: str) -> Unit:
    place = f"row {number}"
    if any(cell.strip() for cell in row[len(header) :]):
        return Unit(place, reason=f"row has {len(row)} cells, the header {len(header)}", detail=detail)
    return Unit(place, dict(zip(header, row, strict=False)), detail=detail)
