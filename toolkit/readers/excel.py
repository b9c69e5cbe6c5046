"""Spreadsheets: workbooks of Excel and LibreOffice, every sheet that holds a table of articles."""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from toolkit.mapping import known
from toolkit.readers import delimited
from toolkit.readers.rows import SEARCHED, find_header, is_filled, row_unit
from toolkit.units import Unit, lacking

WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x09\x08")  # a zip file, an OLE file, the oldest workbooks
LONGEST = 600  # seconds
Sheet = tuple[str, list[list[str]]]


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per row under the header row of each sheet."""
    with path.open("rb") as stream:
        start = stream.read(8)
    if not start.startswith(WORKBOOK):  # some archives give their tables of text a spreadsheet's suffix
        yield from delimited.read(path)
    elif find_spec("python_calamine") is None:
        yield lacking("spreadsheets", "excel")
    else:
        found = _sheets(path)
        yield from [Unit("", reason=found)] if isinstance(found, str) else _units(found)


def _sheets(path: Path) -> list[Sheet] | str:
    """Return the cells of each sheet, or why there are none; another process reads them, see sheet_cells."""
    command = [sys.executable, "-P", str(Path(__file__).with_name("sheet_cells.py")), str(path.absolute())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=True)
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return f"a workbook not read within {LONGEST} seconds"
    except (subprocess.CalledProcessError, ValueError):
        return "a workbook too large, or damaged, to be read"


def _units(sheets: list[Sheet]) -> Iterator[Unit]:
    """Yield the rows of the sheets whose header we know; of all of them where we know none."""
    firsts = [find_header(rows[:SEARCHED]) for _, rows in sheets]
    tables = [bool(rows and known(rows[first])) for (_, rows), first in zip(sheets, firsts, strict=True)]
    for (name, rows), first, is_table in zip(sheets, firsts, tables, strict=True):
        filled = [number for number in range(first + 1, len(rows)) if is_filled(rows[number])]
        if not filled:
            yield Unit(f"sheet {name!r}", reason="no rows")
        elif any(tables) and not is_table:
            cells = ", ".join(filter(None, rows[first]))[:200]
            yield Unit(f"sheet {name!r}", reason="no column we know", detail=f"its first row: {cells}")
        else:
            header = [cell.strip() for cell in rows[first]]
            detail = f"header in row {first + 1}" if first else ""
            yield from (row_unit(header, rows[n], f"sheet {name!r} row {n + 1}", detail) for n in filled)
