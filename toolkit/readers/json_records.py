"""JSON: a list of records, records under a key, one record, or one record a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from toolkit.readers import Unit
from toolkit.readers.decoding import NotTextError, read_text


def read_json(path: Path) -> Iterator[Unit]:
    """Yield one unit per record of a JSON file."""
    try:
        text, _ = read_text(path)
        content = json.loads(text)
    except NotTextError as error:
        yield Unit("", reason=str(error))
    except (json.JSONDecodeError, RecursionError) as error:
        first = text.lstrip().split("\n", 1)[0]
        if _is_record(first):  # one record a line under the wrong suffix
            yield from _lines(text)
        else:
            yield Unit("", reason=f"not JSON: {_said(error)}")
    else:
        for number, record in enumerate(_records(content), start=1):
            yield _unit(f"record {number}", record)


def read_lines(path: Path) -> Iterator[Unit]:
    """Yield one unit per line that is not blank."""
    try:
        text, _ = read_text(path)
    except NotTextError as error:
        yield Unit("", reason=str(error))
    else:
        yield from _lines(text)


def _lines(text: str) -> Iterator[Unit]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _unit(f"line {number}", json.loads(line))
        except (json.JSONDecodeError, RecursionError) as error:
            yield Unit(f"line {number}", reason=f"not JSON: {_said(error)}")


def _is_record(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def _said(error: Exception) -> str:
    return f"{error.msg}, at character {error.pos}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"


def _records(content: object) -> list:
    """Return the records of a document: itself a list, or the longest list of records under one of its keys."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        lists = [
            value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if lists and not any(key.lower() in ("text", "content", "body") for key in content):
            return max(lists, key=len)
    return [content]


def _unit(place: str, record: object) -> Unit:
    if not isinstance(record, dict):
        return Unit(place, reason=f"not a record but {type(record).__name__}")
    return Unit(place, {str(key): plain(value) for key, value in record.items()})


def plain(value: object) -> str:
    """Write a value as one string: lists joined by "; ", nothing for null."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(plain(entry) for entry in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
