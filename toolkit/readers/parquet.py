"""Parquet: tables as this toolkit and others save them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.readers.json_records import plain
from toolkit.units import Unit

if TYPE_CHECKING:
    from pyarrow import RecordBatch

BATCH = 200  # rows: a table may name a text once and hold it a million times


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per row, read batch by batch."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as table:
            rows = (batch.slice(number, 1) for batch in table.iter_batches(BATCH) for number in range(len(batch)))
            for number, row in enumerate(rows, start=1):
                yield _unit(f"row {number}", row)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield Unit("", reason="not a Parquet table that can be read", detail=" ".join(str(error).split())[:120])


def _unit(place: str, row: "RecordBatch") -> Unit:
    """Return one row as a unit, dropped where it holds a value that is none, such as a date beyond all calendars."""
    try:
        return Unit(place, {str(name): plain(value) for name, value in row.to_pylist()[0].items()})
    except (ValueError, OverflowError) as error:
        return Unit(place, reason="a value that cannot be read", detail=" ".join(str(error).split())[:120])
