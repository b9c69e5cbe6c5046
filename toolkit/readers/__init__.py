"""Readers: one module per kind of file; each yields units, nothing more.

To add a kind of file, write a module with a function `read(path)` that yields `Unit`s and name it in `readers()`.
What it raises, such as NotTextError of decoding.read_text, becomes the file's row in the ledger.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from toolkit.units import Unit

Reader = Callable[[Path], Iterator[Unit]]


def readers() -> dict[str, Reader]:
    """Return the reader of each file suffix."""
    from toolkit.readers import (
        delimited,
        documents,
        excel,
        feeds,
        html,
        json_records,
        page_fields,
        parquet,
        sqlite,
    )

    return {
        ".atom": feeds.read,
        ".csv": delimited.read,
        ".db": sqlite.read,
        ".docx": documents.read_docx,
        ".eml": documents.read_eml,
        ".htm": html.read,
        ".html": html.read,
        ".json": json_records.read_json,
        ".jsonl": json_records.read_lines,
        ".ndjson": json_records.read_lines,
        ".mht": html.read,
        ".mhtml": html.read,
        ".ods": excel.read,
        ".parquet": parquet.read,
        ".rss": feeds.read,
        ".rtf": documents.read_rtf,
        ".sqlite": sqlite.read,
        ".sqlite3": sqlite.read,
        ".tsv": delimited.read,
        ".txt": page_fields.read,
        ".xls": excel.read,
        ".xlsb": excel.read,
        ".xlsx": excel.read,
        ".xml": documents.read_xml,
    }
