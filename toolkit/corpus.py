"""Corpus: files in whatever form -> a table of articles, and a ledger in which every unit read is accounted for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.dates import day_orders
from toolkit.errors import CorpusError
from toolkit.files import File, find_files, unpacked
from toolkit.ledger import DROPPED, KEPT, balanced
from toolkit.mapping import Mapped, map_fields, named, parse_columns
from toolkit.paths import resolve
from toolkit.printable import printable
from toolkit.progress import progress
from toolkit.readers import Reader, page_fields, readers
from toolkit.readers.decoding import NotTextError
from toolkit.readers.page_rules import Rules, as_rules
from toolkit.readers.page_shared import count_shared
from toolkit.records import is_metadata, settle
from toolkit.store import LEDGER_SUFFIX, load_saved
from toolkit.tables import ARTICLES, LEDGER, as_table
from toolkit.units import Budget, Fields, Unit

PAGE = ".txt"
PAGES = {PAGE, ".docx", ".rtf", ".html", ".htm", ".mht", ".mhtml", ".eml", ".xml", ".rss", ".atom"}
LARGEST_PAGE = 20_000_000  # bytes that a page may always unpack to
MOST_COLUMNS = 1_000  # besides ours
MARK = 6  # hexadecimal digits that tell apart articles of one id
REPEATED = "its id stands more than once"


class Corpus(NamedTuple):
    """Articles, one row each, and the ledger, one row per unit read."""

    articles: pd.DataFrame
    ledger: pd.DataFrame


def load_corpus(
    path: str | Path, columns: Mapping[str, str] | str | None = None, rules: Rules | str | Path | None = None
) -> Corpus:
    """Read a file or a folder of articles: pages, exports of archives, tables and feeds, also mixed and packed.

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
    known, budget = _readers(files, as_rules(rules)), Budget()
    drafts = [
        draft._replace(file=file.name, reason=printable(draft.reason), detail=printable(draft.detail))
        for file, place in progress(unpacked(files), "reading", len(files))
        for draft in _read(file, place, known, given, budget)
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
    key: str = ""  # of its content
    file: str = ""
    columns: tuple[str, ...] = ()  # as the file names them


def _readers(files: list[File], rules: Rules | None) -> dict[str, Reader]:
    """Return the reader of each file suffix; that of pages is told what all of them share, and the user's rules."""
    pages = [file for file in files if file.suffix == PAGE and not file.reason]
    shared = count_shared(progress((place for _, place in unpacked(pages)), "pages", len(pages)))
    return readers() | {PAGE: partial(page_fields.read, shared=shared, rules=rules)}


def _read(
    file: File, path: Path, known: Mapping[str, Reader], given: Mapping[str, str], budget: Budget
) -> list[_Draft]:
    """Read one file; whatever it holds, the others are read too and the ledger says what became of it."""
    reader = known.get(file.suffix)
    if file.reason or file.name.endswith(LEDGER_SUFFIX):
        return [_Draft(file.name, {}, file.reason or "the ledger of a saved corpus", "")]
    if reader is None:
        kinds = f"no reader for {file.suffix or 'files without a suffix'}"
        advice = "; save it as .txt or .docx" if file.suffix in (".pdf", ".doc") else ""
        return [_Draft(file.name, {}, kinds, f"read are {', '.join(sorted(known))}{advice}")]
    own = {} if file.suffix in PAGES else given  # whose fields have our names already
    try:
        if file.suffix in PAGES and path.stat().st_size > max(LARGEST_PAGE, file.size(path)):
            return [_Draft(file.name, {}, "holds far more than its size: not read", "")]
        return list(_drafts(file.name, list(budget.spend(reader(path), file.size(path))), own))
    except NotTextError as error:
        return [_Draft(file.name, {}, str(error), "")]
    except MemoryError:
        return [_Draft(file.name, {}, "takes more memory than there is", "")]
    except OSError as error:
        return [_Draft(file.name, {}, f"cannot be read: {error.strerror or 'the system refuses'}", "")]
    except Exception as error:  # whatever a library makes of a damaged file
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"[:120]
        return [_Draft(file.name, {}, "damaged, or not of the kind its suffix says", said)]


def _drafts(name: str, units: list[Unit], given: Mapping[str, str]) -> Iterator[_Draft]:
    """Map the columns of one file, and read its dates by the evidence of all of them."""
    units = [replace(unit, fields=named(unit.fields)) if unit.fields else unit for unit in units]
    mapped = [map_fields(unit.fields, given) if unit.fields else Mapped({}, "") for unit in units]
    saved = bool(units) and set(ARTICLES) <= set(units[0].fields)
    orders = day_orders([found.fields.get("published", "") for found in mapped])
    if not units:
        yield _Draft(name, {}, "no rows", "")
    for unit, found in zip(units, mapped, strict=True):
        source = printable(f"{name} {unit.place}")
        detail = "; ".join(filter(None, (unit.detail, found.note)))
        columns = tuple(unit.fields)
        if unit.reason:
            yield _Draft(source, {}, unit.reason, detail)
        elif "text" not in found.fields and not is_metadata(found.fields):
            yield _Draft(source, {}, "no text column", f"found: {', '.join(columns)}"[:300], columns)
        else:
            # What `save_corpus` wrote has a source already: the file it first stood in.
            first = {"source": unit.fields["source"]} if saved and unit.fields.get("source") else {}
            bare = saved and not unit.fields["text"].strip()  # metadata when it was saved, and so still
            fields = {name: value for name, value in found.fields.items() if not (bare and name == "text")}
            record = settle(fields | first, orders, mend=not saved)
            fields = {"source": source} | record.fields if record.fields else {}
            detail = "; ".join(filter(None, (detail, *record.notes)))
            yield _Draft(source, fields, record.reason, detail, record.key, columns=columns)


def _corpus(drafts: list[_Draft], tomorrow: str) -> Corpus:
    """Turn drafts into both tables, each article under an id of its own."""
    articles, ledger, extra = [], [], _extra_columns(drafts)
    for draft, (article_id, note) in zip(drafts, _ids(drafts), strict=True):
        # Both instants as ISO 8601 in UTC.
        future = "dated in the future" if draft.fields and draft.fields["published"] > tomorrow else ""
        left = len(draft.fields.keys() - ARTICLES.keys() - extra.keys())
        left_out = f"{left:,} columns left out: the corpus has more than {MOST_COLUMNS:,}" if left else ""
        detail = "; ".join(filter(None, (draft.detail, note, future, left_out)))
        if draft.fields:
            articles.append(draft.fields | {"article_id": article_id})
        status = KEPT if draft.fields else DROPPED
        ledger.append((draft.source, status, draft.reason, article_id, detail, draft.file))
    return Corpus(_articles(articles, extra), balanced(as_table(ledger, LEDGER), len(articles)))


def _ids(drafts: list[_Draft]) -> Iterator[tuple[str, str]]:
    """Yield the id of each draft, "" for what is dropped, and a note where the id it came with is no longer its own.

    Of articles that claim one id each adds a mark of its content, so that no id depends on the order of files; only
    where the content is the same too are they numbered.
    """
    contents = defaultdict(set)
    for draft in drafts:
        contents[draft.fields.get("article_id", "")].add(draft.key)
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))
    for draft in drafts:
        given = article_id = draft.fields.get("article_id", "")
        if not given:
            yield "", ""
            continue
        if len(contents[given]) > 1:
            article_id = f"{given}-{draft.key[:MARK]}"
        if article_id in taken:
            article_id = next(name for n in numbers[article_id] if (name := f"{article_id}-{n}") not in taken)
        taken.add(article_id)
        yield article_id, "" if article_id == given else REPEATED


def _extra_columns(drafts: list[_Draft]) -> dict[str, None]:
    """Return the columns the articles have besides ours, in their order; of very many those that most articles have."""
    times = Counter(name for draft in drafts for name in draft.fields if name not in ARTICLES)
    common = set(dict(times.most_common(MOST_COLUMNS)))
    return {name: None for name in times if name in common}


def _articles(rows: list[Fields], extra: Iterable[str]) -> pd.DataFrame:
    types = dict(ARTICLES) | dict.fromkeys(extra, "str")
    table = pd.DataFrame({name: pd.array([row.get(name, "") for row in rows], dtype="str") for name in types})
    published = pd.to_datetime(table["published"].replace("", None), utc=True, errors="coerce", format="ISO8601")
    return table.assign(published=published).astype(types)


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
