"""Corpus: files in whatever form -> a table of articles, and a ledger in which every unit read is accounted for."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.dates import UNKNOWN_ZONE, day_comes_first, is_ambiguous, parse_date, zone_named
from toolkit.errors import CorpusError
from toolkit.files import File, find_files, unpacked
from toolkit.mapping import Mapped, map_fields, parse_columns
from toolkit.outlets import find_outlet, zone_of_place
from toolkit.paths import resolve
from toolkit.progress import progress
from toolkit.readers import Fields, Unit, readers
from toolkit.readers.decoding import NotTextError
from toolkit.tables import ARTICLES, LEDGER, as_table

KEPT, DROPPED = "kept", "dropped"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
VERY_SHORT = 5  # words


class Corpus(NamedTuple):
    """Articles, one row each, and the ledger, one row per unit read."""

    articles: pd.DataFrame
    ledger: pd.DataFrame


def load_corpus(path: str | Path, columns: Mapping[str, str] | str | None = None) -> Corpus:
    """Read a file or a folder of articles: saved page text, CSV, TSV, JSON, JSONL or Parquet, also mixed.

    `columns` maps the files' own names to ours, e.g. {"medium": "outlet"}; well-known synonyms are mapped without it.
    Returns Corpus(articles, ledger); each unit read is one ledger row, kept or dropped for a reason, and `detail` says
    what was decided: encoding, columns mapped, time zone. Raises CorpusError where no article can be read at all.
    """
    root = resolve(path)
    given = parse_columns(columns)
    files = find_files(root)
    drafts = [
        draft for file, path in progress(unpacked(files), "reading", len(files)) for draft in _read(file, path, given)
    ]
    _refuse_unused(given, drafts)
    if not any(draft.fields for draft in drafts):
        raise CorpusError(_nothing_read(Path(path).name or str(path), drafts))
    return _corpus(drafts)


def _refuse_unused(given: Mapping[str, str], drafts: list["_Draft"]) -> None:
    """Raise CorpusError for a column that was named but stands in no file: most likely it is misspelt."""
    seen = {name for draft in drafts for name in draft.columns}
    if unused := [name for name in given if name not in seen]:
        raise CorpusError(f"columns: no file has a column {unused[0]!r}. Found: {', '.join(sorted(seen))[:300]}.")


class _Draft(NamedTuple):
    """A unit on its way to being an article: `fields` is empty where it is dropped."""

    source: str
    fields: Fields
    reason: str
    detail: str
    columns: tuple[str, ...] = ()  # as the file names them


def _read(file: File, path: Path, given: Mapping[str, str]) -> list[_Draft]:
    """Read one file; whatever it holds, the others are read too and the ledger says what became of it."""
    reader = readers().get(file.suffix)
    if file.reason:
        return [_Draft(file.name, {}, file.reason, "")]
    if reader is None:
        kinds = f"no reader for {file.suffix or 'files without a suffix'}"
        return [_Draft(file.name, {}, kinds, f"read are {', '.join(sorted(readers()))}")]
    try:
        return list(_drafts(file.name, list(reader(path)), given))
    except NotTextError as error:
        return [_Draft(file.name, {}, str(error), "")]
    except Exception as error:
        return [
            _Draft(file.name, {}, f"cannot be read: {getattr(error, 'strerror', None) or type(error).__name__}", "")
        ]


def _drafts(name: str, units: list[Unit], given: Mapping[str, str]) -> Iterator[_Draft]:
    """Map the columns of one file, and read its dates by the evidence of all of them."""
    mapped = [map_fields(unit.fields, given) if unit.fields else Mapped({}, "") for unit in units]
    day_first = day_comes_first([found.fields.get("published", "") for found in mapped])
    if not units:
        yield _Draft(name, {}, "no rows", "")
    for unit, found in zip(units, mapped, strict=True):
        source = f"{name} {unit.place}".strip()
        detail = "; ".join(filter(None, (unit.detail, found.note)))
        columns = tuple(unit.fields)
        if unit.reason:
            yield _Draft(source, {}, unit.reason, detail)
        elif "text" not in found.fields:
            yield _Draft(source, {}, "no text column", f"found: {', '.join(columns)}"[:300], columns)
        else:
            yield _article(source, found.fields, detail, day_first)._replace(columns=columns)


def _article(source: str, fields: Fields, detail: str, day_first: bool | None) -> _Draft:
    """Clean the fields of one article, settle its outlet and the instant of its publication."""
    cleaned = {name: _tidy(value) for name, value in fields.items()}
    cleaned["text"] = _paragraphs(cleaned["text"])
    if not cleaned["text"]:
        return _Draft(source, {}, "no text", detail)
    written = cleaned.get("outlet", "")
    cleaned["article_id"] = cleaned.get("article_id", "") or _hash(cleaned)
    outlet = find_outlet(written, cleaned.get("url", ""))
    renamed = f"outlet {written} -> {outlet.name}" if outlet and outlet.name != written else ""
    if outlet:
        cleaned["outlet"] = outlet.name
        cleaned["language"] = cleaned.get("language", "") or outlet.language
    zone = zone_of_place(cleaned.pop("zone", "")) or (outlet.zone if outlet else "")
    notes = [detail, renamed if cleaned.get("outlet") else "no outlet"]
    notes += _date(cleaned, zone, day_first)
    if len(cleaned["text"].split()) < VERY_SHORT:
        notes.append("very short")
    return _Draft(source, cleaned | {"source": source}, "", "; ".join(filter(None, notes)))


def _tidy(value: str) -> str:
    value = value.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return (
        CONTROL.sub("", unicodedata.normalize("NFC", value)).replace("\u2028", "\n").replace("\u2029", "\n\n").strip()
    )


def _paragraphs(text: str) -> str:
    """Part paragraphs by blank lines; a text without any, whose lines are sentences, has one paragraph a line."""
    lines = [line.rstrip() for line in text.split("\n")]
    if "" not in lines and len(lines) > 1:
        ends = sum(bool(SENTENCE_END.search(line)) for line in lines)
        return ("\n\n" if ends >= len(lines) / 2 else "\n").join(lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _date(fields: Fields, zone: str, day_first: bool | None) -> list[str]:
    """Write `published` as an instant and as the outlet's local time; return what the ledger should say of it."""
    raw = fields.get("published", "")
    known = zone_named(zone)
    local = parse_date(raw, known or UNKNOWN_ZONE, bool(day_first)) if raw else None
    notes = ["time zone unknown, taken as UTC"] if local and local.tzinfo is UNKNOWN_ZONE else []
    if local and day_first is None and is_ambiguous(raw):
        notes.append("day and month order not certain, read as month first")
    try:
        instant = local.astimezone(UTC).isoformat() if local else ""
        local = local.astimezone(known) if local and known else local
    except OverflowError:
        local, instant = None, ""
    fields["published"], fields["published_local"] = instant, local.isoformat() if local else ""
    if local is None:
        notes = [f"date not understood: {raw[:40]!r}" if raw else "no date"]
    return notes


def _hash(fields: Fields) -> str:
    """Return an id that depends on what the file says of the article alone, not on where it was found or how read."""
    parts = (fields.get(name, "") for name in ("outlet", "published", "title", "text"))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", errors="replace")).hexdigest()[:12]


def _corpus(drafts: list[_Draft]) -> Corpus:
    """Turn drafts into both tables; an id that stands twice gets a number, so that nothing is lost."""
    taken: set[str] = set()
    articles, ledger = [], []
    for draft in drafts:
        article_id, detail = draft.fields.get("article_id", ""), draft.detail
        if draft.fields:
            if article_id in taken:
                detail = "; ".join(filter(None, (detail, "its id stands more than once")))
                article_id = next(name for n in count(2) if (name := f"{article_id}-{n}") not in taken)
            taken.add(article_id)
            articles.append(draft.fields | {"article_id": article_id})
        ledger.append((draft.source, KEPT if draft.fields else DROPPED, draft.reason, article_id, detail))
    return Corpus(_articles(articles), as_table(ledger, LEDGER))


def _articles(rows: list[Fields]) -> pd.DataFrame:
    extra = [name for name in dict.fromkeys(name for row in rows for name in row) if name not in ARTICLES]
    names = [*ARTICLES, *extra]
    table = pd.DataFrame([[row.get(name, "") for name in names] for row in rows], columns=names)
    published = pd.to_datetime(table["published"].replace("", None), utc=True, errors="coerce", format="ISO8601")
    return table.assign(published=published).astype(dict(ARTICLES) | dict.fromkeys(extra, "str"))


def _nothing_read(name: str, drafts: list[_Draft]) -> str:
    if not drafts:
        return f"{name}: the folder holds no files. Put articles into it: {', '.join(sorted(readers()))}."
    reasons = Counter(draft.reason for draft in drafts)
    reason, times = reasons.most_common(1)[0]
    first = next(draft for draft in drafts if draft.reason == reason)
    more = f" ({times} of {len(drafts)} units)" if len(drafts) > 1 else ""
    detail = f" ({first.detail})" if first.detail else ""
    hint = " Say which column holds it: --columns theirs:text, or columns={'theirs': 'text'} in Python."
    hint = hint if reason == "no text column" else ""
    return f"{name}: no article could be read. {first.source}: {reason}{detail}{more}.{hint}"


def count_ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the units read, one row per status, reason and detail: and units, most first."""
    counts = ledger.groupby(["status", "reason", "detail"]).size().reset_index(name="units")
    return counts.sort_values(["units", "reason", "detail"], ascending=[False, True, True], ignore_index=True)


def select_articles(articles: pd.DataFrame, outlet: str = "", start: str = "", end: str = "") -> pd.DataFrame:
    """Return the articles of some outlets ("A; B") within a period (local dates such as 2022-01-10, inclusive).

    "" means all. With `start` or `end`, articles without a date are left out. Raises CorpusError for an outlet that
    is not there, a date that is none, or a selection that leaves nothing.
    """
    chosen = articles
    if names := [name.strip() for name in outlet.split(";") if name.strip()]:
        known = sorted(set(articles["outlet"]) - {""})
        wanted = {name.casefold() for name in names}
        if unknown := [name for name in names if name.casefold() not in {outlet.casefold() for outlet in known}]:
            raise CorpusError(f"no outlet {unknown[0]!r} in this corpus. It has: {'; '.join(known) or 'none named'}.")
        chosen = chosen[[outlet.casefold() in wanted for outlet in chosen["outlet"]]]
    days = chosen["published_local"].str[:10]
    for bound, keep in ((start, days >= _day(start)), (end, (days <= _day(end)) & (days != ""))):
        chosen = chosen[keep.reindex(chosen.index)] if bound else chosen
    if chosen.empty:
        raise CorpusError(f"no article is left between {start or 'the beginning'} and {end or 'the end'}. Widen it.")
    return chosen.reset_index(drop=True)


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise CorpusError(f"{text!r} is not a date. Write it as 2022-01-31.") from None
