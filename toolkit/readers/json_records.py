"""JSON: a list of records, records under a key, one record, or one record a line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.mapping import SYNONYMS
from toolkit.readers import decoding
from toolkit.units import Unit


def read_json(path: Path) -> Iterator[Unit]:
    """Yield one unit per record of a JSON file."""
    text, _ = decoding.read_text(path)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        first = text.lstrip().split("\n", 1)[0]
        if _is_record(first):  # one record a line under the wrong suffix
            yield from _units(text.split("\n"))
        else:
            yield Unit("", reason=f"not JSON: {_said(error)}")
    else:
        lists = _records(content)
        for key, records in lists.items():
            within = f"{key} " if len(lists) > 1 else ""
            for number, record in enumerate(records, start=1):
                yield _unit(f"{within}record {number}", record)


def read_lines(path: Path) -> Iterator[Unit]:
    """Yield one unit per line that is not blank."""
    yield from _units(decoding.read_lines(path).again())


def _units(lines: Iterable[str]) -> Iterator[Unit]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _unit(f"line {number}", json.loads(line))
        except (ValueError, RecursionError) as error:
            yield Unit(f"line {number}", reason=f"not JSON: {_said(error)}")


def _is_record(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, at character {error.pos}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number too long to read"


def _records(content: object) -> dict[str, list]:
    """Return the records of a document: itself a list, or the lists under keys that hold texts, else the longest."""
    if isinstance(content, list):
        return {"": content}
    if isinstance(content, dict) and (columns := _columns(content)):
        return {"": columns}
    if not isinstance(content, dict) or _has_text(content):
        return {"": [content]}
    lists = dict(_lists(content))
    with_text = {key: records for key, records in lists.items() if any(map(_has_text, records))}
    longest = max(lists, key=lambda key: len(lists[key]), default="")
    return with_text or {longest: lists.get(longest, [content])}


def _columns(content: dict) -> list[dict]:
    """Return the records of a table written column by column: {"text": {"0": ...}} or {"text": [...]}."""
    columns = {name: dict(enumerate(cells)) if isinstance(cells, list) else cells for name, cells in content.items()}
    if not (_has_text(content) and len(columns) > 1 and all(isinstance(cells, dict) for cells in columns.values())):
        return []
    keys = {tuple(cells) for cells in columns.values()}
    return [{name: cells[key] for name, cells in columns.items()} for key in keys.pop()] if len(keys) == 1 else []


def _lists(content: dict, above: str = "", depth: int = 3) -> Iterator[tuple[str, list]]:
    """Yield the lists of records under the keys of a document, also of documents within it, with their keys."""
    for key, value in content.items():
        if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
            yield f"{above}{key}", value
        elif isinstance(value, dict) and depth:
            yield from _lists(value, f"{above}{key} ", depth - 1)


def _has_text(record: object) -> bool:
    record = _inner(record)
    return isinstance(record, dict) and any(str(key).strip().lower() in SYNONYMS["text"] for key in record)


def _inner(record: object) -> object:
    """Return what a search engine wraps as _source."""
    return record["_source"] if isinstance(record, dict) and isinstance(record.get("_source"), dict) else record


def _unit(place: str, record: object) -> Unit:
    record = _inner(record)
    if not isinstance(record, dict):
        return Unit(place, reason=f"not a record but {type(record).__name__}")
    try:
        return Unit(place, {str(key): _value(str(key), value) for key, value in record.items()})
    except RecursionError:
        return Unit(place, reason="not JSON: nested too deeply")


def _value(key: str, value: object) -> str:
    """Write a value as one string, a text that is a list of paragraphs as paragraphs."""
    if isinstance(value, list) and key.strip().lower() in SYNONYMS["text"]:
        return "\n\n".join(map(plain, value))
    return plain(value)


def plain(value: object) -> str:
    """Write a value as one string: lists joined by "; ", nothing for null."""
    if value is None or value != value:  # NaN is not itself
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "; ".join(plain(entry) for entry in value)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return value["name"]  # an outlet or author that is a record of its own
    if isinstance(value, dict) and isinstance(value.get("rendered"), str):
        return value["rendered"]  # as WordPress wraps a text
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
