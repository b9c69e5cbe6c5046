"""Rows: the cells of any table, of which one row is the header -> units."""

from itertools import zip_longest

from toolkit.mapping import known
from toolkit.units import Unit

SEARCHED = 30  # rows among which the header is looked for


def is_filled(row: list[str]) -> bool:
    """Say whether any cell holds more than white space."""
    return any(cell.strip() for cell in row)


def find_header(rows: list[list[str]]) -> int:
    """Return the index of the header: the first row naming two columns we know, else the first of several cells.

    What stands above it, such as "Export of 2022-01-12", has fewer cells; a row of data has not.
    """
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    for index, row in enumerate(rows):
        if len(known(row)) >= 2 and widths[index] > max(widths[:index], default=0):
            return index
    first = next((index for index, width in enumerate(widths) if width), 0)
    return next((index for index, width in enumerate(widths) if width > 1), first)


def row_unit(header: list[str], row: list[str], place: str, detail: str = "") -> Unit:
    """Return one row as a unit, dropped where it has more cells than the header.

    A column without a name, and a second one of a name, are named by their number where they hold something.
    """
    if len(row) == len(header) == len(set(header)) and all(header):
        return Unit(place, dict(zip(header, row, strict=True)), detail=detail)
    if is_filled(row[len(header) :]):
        return Unit(place, reason=f"row has {len(row)} cells, the header {len(header)}", detail=detail)
    fields: dict[str, str] = {}
    for number, (name, cell) in enumerate(zip_longest(header, row[: len(header)], fillvalue=""), start=1):
        if name and not fields.get(name, "").strip():  # of two columns of one name, the one that holds something
            fields[name] = cell
        elif cell.strip() and cell != fields.get(name):
            fields[f"{name} column {number}".strip()] = cell
    return Unit(place, fields, detail=detail)
