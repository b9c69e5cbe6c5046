"""Parquet: tables as this toolkit and others save them."""

from collections.abc import Iterator
from pathlib import Path

from toolkit.readers.json_records import plain
from toolkit.units import Unit

BATCH = 200  # rows: a table may name a text once and hold it a million times


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per row, read batch by batch."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as table:
            rows = (row for batch in table.iter_batches(BATCH) for row in batch.to_pylist())
            for number, row in enumerate(rows, start=1):
                yield Unit(f"row {number}", {str(name): plain(value) for name, value in row.items()})
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield Unit("", reason="not a Parquet table that can be read", detail=" ".join(str(error).split())[:120])
