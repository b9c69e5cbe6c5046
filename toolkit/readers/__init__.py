"""Readers: one module per kind of file; each yields units, nothing more.

To add a kind of file, write a module with a function `read(path)` that yields `Unit`s and name it in `readers()`.
What it raises, such as NotTextError of decoding.read_text, becomes the file's row in the ledger.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that was read: an article's fields as the file names them, or the reason why there are none."""

    place: str  # within the file: "row 3", "line 12", "" for the whole
    fields: Fields = field(default_factory=dict)
    reason: str = ""  # why it is dropped; "" if it is not
    detail: str = ""  # what the reader had to decide: encoding, delimiter


Reader = Callable[[Path], Iterator[Unit]]


def lacking(what: str, extra: str) -> Unit:
    """Return the dropped unit of a file whose kind needs libraries that are not installed."""
    commands = f'pip install "media-analysis-toolkit[{extra}]", in a checkout pip install -e ".[{extra}]"'
    return Unit("", reason=f"{what} need an extra", detail=commands)


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
