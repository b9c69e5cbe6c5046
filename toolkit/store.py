"""Store: a corpus written once, to be read again as it was, without reading its files anew."""

from pathlib import Path

import pandas as pd

from toolkit.errors import CorpusError
from toolkit.exports import replace_file, write_csv
from toolkit.ledger import KEPT
from toolkit.tables import ARTICLES, LEDGER, require

MARK = {b"media-analysis-toolkit": b"articles 1"}  # in the Parquet file: its tables need no second reading
LEDGER_SUFFIX = ".ledger.csv"


def save_corpus(articles: pd.DataFrame, ledger: pd.DataFrame, path: str | Path) -> Path:
    """Write the articles to a Parquet, JSONL or CSV file, by its suffix, and the ledger to a CSV file beside it.

    `load_corpus` reads the articles back as they were, from Parquet with their ledger. CSV cells that a spreadsheet
    program would run as a formula are written with an apostrophe, which is taken off again. Returns the path; raises
    CorpusError for another suffix or a place that cannot be written to.
    """
    path = Path(path)
    require(articles, ARTICLES, source="articles")
    require(ledger, LEDGER, source="ledger")
    if path.suffix.lower() not in _WRITERS:
        raise CorpusError(f"{path.name}: cannot write {path.suffix or 'without a suffix'}. Use {', '.join(_WRITERS)}.")
    write = _WRITERS[path.suffix.lower()]
    replace_file(path, lambda place: write(articles, place), CorpusError)
    replace_file(ledger_of(path), lambda place: write_csv(ledger, place), CorpusError)
    return path


def ledger_of(path: Path) -> Path:
    """Return where the ledger of a saved corpus lies."""
    return path.with_name(path.name + LEDGER_SUFFIX)


def _write_parquet(articles: pd.DataFrame, place: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    table = pyarrow.Table.from_pandas(articles, preserve_index=False).replace_schema_metadata(MARK)
    parquet.write_table(table, place, compression="zstd", row_group_size=10_000)


def _write_jsonl(articles: pd.DataFrame, place: Path) -> None:
    instants = ["" if pd.isna(instant) else instant.isoformat() for instant in articles["published"]]
    texts = articles.assign(published=pd.Series(instants, index=articles.index, dtype="str"))
    texts.to_json(place, orient="records", lines=True, force_ascii=False)


_WRITERS = {".parquet": _write_parquet, ".jsonl": _write_jsonl, ".csv": write_csv}


def load_saved(path: Path) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the articles and the ledger of a Parquet file that `save_corpus` wrote, None for any other file."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            if dict(file.schema_arrow.metadata or {}) != MARK:
                return None
            articles = file.read().to_pandas()
        ledger = pd.read_csv(ledger_of(path), dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except (pyarrow.ArrowException, OSError, ValueError):
        return None  # it is read row by row then, and the ledger says what is wrong
    extra = [name for name in articles.columns if name not in ARTICLES]
    if not set(ARTICLES) <= set(articles.columns) or not _belong_together(articles, ledger):
        return None
    types = dict(ARTICLES) | dict.fromkeys(extra, "str")
    return articles[[*ARTICLES, *extra]].astype(types), ledger[list(LEDGER)].astype(dict(LEDGER))


def _belong_together(articles: pd.DataFrame, ledger: pd.DataFrame) -> bool:
    """Say whether a ledger is that of the articles, and nobody has edited it into one that does not balance."""
    if not set(LEDGER) <= set(ledger.columns):
        return False
    kept = ledger["status"] == KEPT
    told = (ledger.loc[~kept, ["status", "reason"]] == "").any(axis=None)
    return not told and list(ledger.loc[kept, "article_id"]) == list(articles["article_id"])
