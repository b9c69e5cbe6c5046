"""Corpus: files in whatever form -> a table of articles, and a ledger in which every unit read is accounted for."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.dates import day_orders, is_ambiguous, parse_date
from toolkit.errors import CorpusError
from toolkit.files import File, find_files, unpacked
from toolkit.languages import detect_language, language_code
from toolkit.ledger import DROPPED, KEPT, balanced
from toolkit.mapping import Mapped, map_fields, parse_columns
from toolkit.outlets import find_outlet
from toolkit.paths import resolve
from toolkit.progress import progress
from toolkit.readers import Fields, Reader, Unit, page_fields, readers
from toolkit.readers.decoding import NotTextError
from toolkit.readers.page_rules import Rules, load_rules
from toolkit.readers.page_shared import count_shared
from toolkit.store import LEDGER_SUFFIX, load_saved
from toolkit.tables import ARTICLES, LEDGER, as_table
from toolkit.zones import UNKNOWN_ZONE, zone_named, zone_of_place

NO_TEXT = "no text: its metadata is kept, nothing is scored"
MOJIBAKE = re.compile("[ÂÃÅÄÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|ï»¿")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
PAGE = ".txt"
VERY_SHORT = 5  # words


class Corpus(NamedTuple):
    """Articles, one row each, and the ledger, one row per unit read."""

    articles: pd.DataFrame
    ledger: pd.DataFrame


def load_corpus(
    path: str | Path, columns: Mapping[str, str] | str | None = None, rules: Rules | str | Path | None = None
) -> Corpus:
    """Read a file or a folder of articles: saved page text, CSV, TSV, JSON, JSONL or Parquet, also mixed.

    `columns` maps the files' own names to ours, e.g. {"medium": "outlet"}; well-known synonyms are mapped without it.
    `rules` names a YAML file that overrides the labels of lines of saved pages.
    Returns Corpus(articles, ledger); each unit read is one ledger row, kept or dropped for a reason, and `detail` says
    what was decided: encoding, columns mapped, time zone. Raises CorpusError where no article can be read at all.
    """
    root = resolve(path)
    given = parse_columns(columns)
    if root.suffix.lower() == ".parquet" and not given and (saved := load_saved(root)):
        return Corpus(saved[0], balanced(saved[1], len(saved[0])))
    files = find_files(root)
    known = _readers(files, load_rules(rules) if isinstance(rules, str | Path) else rules)
    drafts = [
        draft._replace(file=file.name)
        for file, place in progress(unpacked(files), "reading", len(files))
        for draft in _read(file, place, known, given)
    ]
    _refuse_unused(given, drafts)
    if not any(draft.fields for draft in drafts):
        raise CorpusError(_nothing_read(Path(path).name or str(path), drafts))
    return _corpus(drafts, (datetime.now(UTC) + timedelta(days=1)).isoformat())


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
    file: str = ""
    columns: tuple[str, ...] = ()  # as the file names them


def _readers(files: list[File], rules: Rules | None) -> dict[str, Reader]:
    """Return the reader of each file suffix; that of pages is told what all of them share, and the user's rules."""
    pages = [file for file in files if file.suffix == PAGE and not file.reason]
    shared = count_shared(progress((place for _, place in unpacked(pages)), "pages", len(pages)))
    return readers() | {PAGE: partial(page_fields.read, shared=shared, rules=rules)}


def _read(file: File, path: Path, known: Mapping[str, Reader], given: Mapping[str, str]) -> list[_Draft]:
    """Read one file; whatever it holds, the others are read too and the ledger says what became of it."""
    reader = known.get(file.suffix)
    if file.reason or file.name.endswith(LEDGER_SUFFIX):
        return [_Draft(file.name, {}, file.reason or "the ledger of a saved corpus", "")]
    if reader is None:
        kinds = f"no reader for {file.suffix or 'files without a suffix'}"
        return [_Draft(file.name, {}, kinds, f"read are {', '.join(sorted(known))}")]
    try:
        return list(_drafts(file.name, list(reader(path)), given))
    except NotTextError as error:
        return [_Draft(file.name, {}, str(error), "")]
    except OSError as error:
        return [_Draft(file.name, {}, f"cannot be read: {error.strerror or 'the system refuses'}", "")]
    except Exception as error:  # whatever a library makes of a damaged file
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"[:120]
        return [_Draft(file.name, {}, "damaged, or not of the kind its suffix says", said)]


def _drafts(name: str, units: list[Unit], given: Mapping[str, str]) -> Iterator[_Draft]:
    """Map the columns of one file, and read its dates by the evidence of all of them."""
    mapped = [map_fields(unit.fields, given) if unit.fields else Mapped({}, "") for unit in units]
    saved = bool(units) and set(ARTICLES) <= set(units[0].fields)
    orders = day_orders([found.fields.get("published", "") for found in mapped])
    if not units:
        yield _Draft(name, {}, "no rows", "")
    for unit, found in zip(units, mapped, strict=True):
        source = f"{name} {unit.place}".strip()
        detail = "; ".join(filter(None, (unit.detail, found.note)))
        columns = tuple(unit.fields)
        if unit.reason:
            yield _Draft(source, {}, unit.reason, detail)
        elif "text" not in found.fields and not _is_metadata(found.fields):
            yield _Draft(source, {}, "no text column", f"found: {', '.join(columns)}"[:300], columns)
        else:
            # What `save_corpus` wrote has a source already: the file it first stood in.
            first = {"source": unit.fields["source"]} if saved and unit.fields.get("source") else {}
            yield _article(source, found.fields | first, detail, orders)._replace(columns=columns)


def _is_metadata(fields: Fields) -> bool:
    """Say whether a record without a text column describes an article all the same, as lists of links do."""
    told = {name for name in ("title", "url", "published", "outlet") if fields.get(name, "").strip()}
    return bool(told & {"title", "url"}) and bool(told & {"published", "outlet"})


def _article(source: str, fields: Fields, detail: str, orders: set[bool]) -> _Draft:
    """Clean the fields of one article, settle its outlet and the instant of its publication."""
    cleaned = {name: _tidy(value) for name, value in fields.items()}
    notes = [detail, *_mend(cleaned)]
    if "text" not in cleaned:
        notes.append(NO_TEXT)
    elif not cleaned["text"]:
        return _Draft(source, {}, "no text", detail)
    cleaned["text"] = _paragraphs(cleaned.get("text", ""))
    written = cleaned.get("outlet", "")
    cleaned["article_id"] = cleaned.get("article_id", "") or _hash(cleaned)
    outlet = find_outlet(written, cleaned.get("url", ""))
    if outlet:
        cleaned["outlet"] = outlet.name
        notes += [f"outlet {written} -> {outlet.name}"] if outlet.name != written else []
    notes += [] if cleaned.get("outlet") else ["no outlet"]
    zone = zone_of_place(cleaned.pop("zone", "")) or (outlet.zone if outlet else "")
    notes += _date(cleaned, zone, orders)
    notes += _language(cleaned, outlet.language if outlet else "")
    if 0 < len(cleaned["text"].split()) < VERY_SHORT:
        notes.append("very short")
    return _Draft(source, {"source": source} | cleaned, "", "; ".join(filter(None, notes)))


def _mend(fields: Fields) -> list[str]:
    """Repair, in place, text that was UTF-8 and had been read as cp1252; return what the ledger should say of it."""
    broken = [name for name, value in fields.items() if MOJIBAKE.search(value)]
    if not broken:
        return []
    from ftfy import fix_encoding

    mended = {name: fix_encoding(fields[name]) for name in broken}
    changed = any(mended[name] != fields[name] for name in broken)
    fields |= mended
    doubt = any(len(MOJIBAKE.findall(value)) > 2 for value in mended.values())
    return ["letters repaired: UTF-8 had been read as cp1252"] * changed + ["letters look garbled"] * doubt


def _language(fields: Fields, of_outlet: str) -> list[str]:
    """Settle the language: as the file says, else as the text reads, else the outlet's; return what to say of it."""
    stated, found = language_code(fields.get("language", "")), detect_language(fields["text"])
    fields["language"] = stated or found or of_outlet
    if stated and found and stated != found:
        return [f"language said to be {stated}, reads as {found}"]
    if stated or not fields["language"]:
        return [] if stated else ["language unknown"]
    return ["language by its words" if found else "language taken from the outlet"]


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


def _date(fields: Fields, zone: str, orders: set[bool]) -> list[str]:
    """Write `published` as an instant and as the outlet's local time; return what the ledger should say of it."""
    raw = fields.get("published", "")
    known = zone_named(zone)
    local = parse_date(raw, known or UNKNOWN_ZONE, orders == {True}) if raw else None
    notes = ["time zone unknown, taken as UTC"] if local and local.tzinfo is UNKNOWN_ZONE else []
    if local and len(orders) != 1 and is_ambiguous(raw):
        why = ": the file holds both orders" if orders else ""
        notes.append(f"day and month order not certain, read as month first{why}")
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
    parts = [fields.get(name, "") for name in ("outlet", "published", "title", "text")]
    parts += [] if fields["text"] else [fields.get("url", "")]  # without a text, two reports may agree in all else
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", errors="replace")).hexdigest()[:12]


def _corpus(drafts: list[_Draft], tomorrow: str) -> Corpus:
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
            if draft.fields["published"] > tomorrow:  # both as ISO 8601 in UTC
                detail = "; ".join(filter(None, (detail, "dated in the future")))
            articles.append(draft.fields | {"article_id": article_id})
        status = KEPT if draft.fields else DROPPED
        ledger.append((draft.source, status, draft.reason, article_id, detail, draft.file))
    return Corpus(_articles(articles), balanced(as_table(ledger, LEDGER), len(articles)))


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
