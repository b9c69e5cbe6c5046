"""Corpus: files in whatever form -> a table of articles, and a ledger in which every unit read is accounted for."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.drafts import Draft, find_drafts
from toolkit.errors import CorpusError
from toolkit.ledger import DROPPED, KEPT, balanced
from toolkit.mapping import parse_columns
from toolkit.paths import resolve
from toolkit.readers import readers
from toolkit.readers.page_rules import Rules, as_rules
from toolkit.store import load_saved
from toolkit.tables import ARTICLES, LEDGER, as_table
from toolkit.units import Fields

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
    drafts = list(find_drafts(root, given, as_rules(rules)))
    refuse_unused(given, {name for draft in drafts for name in draft.columns})
    if not any(draft.fields for draft in drafts):
        raise CorpusError(nothing_read(Path(path).name or str(path), drafts))
    ids = settle_ids((draft.fields.get("article_id", ""), draft.key) for draft in drafts)
    extra = common_columns(Counter(name for draft in drafts for name in draft.fields if name not in ARTICLES))
    return as_corpus(drafts, ids, extra)


def refuse_unused(given: Mapping[str, str], seen: set[str]) -> None:
    """Raise CorpusError for a column that was named but stands in no file: most likely it is misspelt."""
    if unused := [name for name in given if name not in seen]:
        raise CorpusError(f"columns: no file has a column {unused[0]!r}. Found: {', '.join(sorted(seen))[:300]}.")


def as_corpus(drafts: Sequence[Draft], ids: Iterable[tuple[str, str]], extra: Collection[str]) -> Corpus:
    """Turn drafts into both tables, each article under its settled id, with the `extra` columns besides ours."""
    articles, ledger, tomorrow = [], [], (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for draft, (article_id, note) in zip(drafts, ids, strict=True):
        # Both instants as ISO 8601 in UTC.
        future = "dated in the future" if draft.fields and draft.fields["published"] > tomorrow else ""
        left = len(draft.fields.keys() - ARTICLES.keys() - set(extra))
        left_out = f"{left:,} columns left out: the corpus has more than {MOST_COLUMNS:,}" if left else ""
        detail = "; ".join(filter(None, (draft.detail, note, future, left_out)))
        if draft.fields:
            articles.append(draft.fields | {"article_id": article_id})
        status = KEPT if draft.fields else DROPPED
        ledger.append((draft.source, status, draft.reason, article_id, detail, draft.file))
    return Corpus(_articles(articles, extra), balanced(as_table(ledger, LEDGER), len(articles)))


def settle_ids(claims: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the id of each unit and a note where it is not the one it came with, from claims: (id, key of content).

    Of articles that claim one id each adds a mark of its content, so that no id depends on the order of files; only
    where the content is the same too are they numbered. What is dropped claims "" and gets it.
    """
    claims, settled = list(claims), []
    contents = defaultdict(set)
    for given, key in claims:
        contents[given].add(key)
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))
    for given, key in claims:
        article_id = f"{given}-{key[:MARK]}" if given and len(contents[given]) > 1 else given
        if article_id in taken:
            article_id = next(name for n in numbers[article_id] if (name := f"{article_id}-{n}") not in taken)
        taken |= {article_id} - {""}
        settled.append((article_id, "" if article_id == given else REPEATED))
    return settled


def common_columns(times: Counter[str]) -> list[str]:
    """Return the columns there are besides ours, in their order; of very many those that most articles have."""
    common = set(dict(times.most_common(MOST_COLUMNS)))
    return [name for name in times if name in common]


def _articles(rows: list[Fields], extra: Iterable[str]) -> pd.DataFrame:
    types = dict(ARTICLES) | dict.fromkeys(extra, "str")
    table = pd.DataFrame({name: pd.array([row.get(name, "") for row in rows], dtype="str") for name in types})
    published = pd.to_datetime(table["published"].replace("", None), utc=True, errors="coerce", format="ISO8601")
    return table.assign(published=published).astype(types)


def nothing_read(name: str, drafts: Sequence[Draft]) -> str:
    """Say why no article could be read, by the drafts that were dropped."""
    if not drafts:
        return f"{name}: the folder holds no files. Put articles into it: {', '.join(sorted(readers()))}."
    reasons = Counter(draft.reason for draft in drafts)
    reason, times = reasons.most_common(1)[0]
    first = next(draft for draft in drafts if draft.reason == reason)
    more = f" ({times} of {len(drafts)} units)" if len(drafts) > 1 else ""
    detail = f" ({first.detail})" if first.detail else ""
    hint = (
        " Say which column holds it: --columns theirs:text, in a report -p columns=theirs:text, "
        "in Python columns={'theirs': 'text'}."
    )
    hint = hint if reason == "no text column" else ""
    return f"{name}: no article could be read. {first.source}: {reason}{detail}{more}.{hint}"
