"""Recalled: what `annotate` wrote of a corpus, read as a report needs it, in place of reckoning it anew.

Of a million articles neither the texts nor the sentences are read whole: of articles what is known of them, of
sentences how many there are in which part (extents), of what was found in them the places, with names as categories.
Texts are read of the articles drawn to be shown, or of so many as can be compared.
"""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from toolkit.annotation import MANIFEST, books_in, intact, require_complete
from toolkit.corpus import Corpus
from toolkit.errors import CorpusError
from toolkit.extents import codes_in, encode
from toolkit.paths import resolve
from toolkit.remembered import remember
from toolkit.tables import (
    ARTICLE_SCORES,
    DUPLICATES,
    LEDGER,
    TARGET_SUMS,
    TONE_CLASSES,
    VOICE_SUMS,
    WORDS,
    as_table,
)

MOST_READ = 10_000  # articles whose texts are read for one report
GIVEN = ("corpus", "columns", "rules", "codebook", "actors")  # what tables are made of
SUMS = {  # what annotate summed up of what it scored
    "score_articles": ("article_scores", ARTICLE_SCORES),
    "class_articles": ("tone_classes", TONE_CLASSES),
    "sum_voices": ("voice_sums", VOICE_SUMS),
    "sum_targets": ("target_sums", TARGET_SUMS),
}
ROWS = {  # what a report needs of what was found
    "split_sentences": ("extents", ("article_id", "part", "first", "sentences")),
    "find_frames": ("frame_hits", ("article_id", "sentence_id", "frame", "item", "term", "start", "end")),
    "find_mentions": ("mentions", ("article_id", "sentence_id", "actor_id", "surface", "how", "part", "start", "end")),
}


def remember_from(tables: str | Path, corpus: str | Path, **books: pd.DataFrame | None) -> Callable:
    """Return what gives the tables of an analysis: `remember` itself or, with `tables`, what reads them from there.

    `tables` is a folder of `annotate`, `books` the frames and actors that are looked for. Raises CorpusError where the
    tables are not complete, or were made of another corpus, or with other frames or actors.
    """
    if not tables:
        return remember
    folder = Path(resolve(tables))
    told = given_to(folder)
    require_complete(folder)
    if str(corpus) != told["corpus"] and str(resolve(corpus).resolve()) != told["corpus"]:
        raise CorpusError(
            f"{folder.name}: was made of the corpus {told['corpus']}, not of {corpus}. Name that as corpus."
        )
    made_with = books_in(folder)._asdict()
    for name, given in books.items():
        if given is None or not given.equals(made_with[name]):
            own = told["codebook" if name == "frames" else name]
            raise CorpusError(
                f"{folder.name}: was made with the {name} of {own} as they were then, not with these. "
                "Name that file, or run toolkit annotate again into another folder."
            )
    return _Recalled(folder)


def given_to(folder: str | Path) -> dict[str, str]:
    """Return of what tables were made: corpus, columns, rules, codebook, actors, as they were given."""
    try:
        told = json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))
        return {name: told["given"][name] for name in GIVEN}
    except (OSError, ValueError, KeyError, TypeError):
        raise CorpusError(
            f"{folder}: holds no tables of this version of toolkit annotate. Run it again into another folder."
        ) from None


class _Recalled:
    """Called as `remember` is, with a function and its arguments; gives what the tables hold of these articles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, function: Callable, *arguments: object, **options: object) -> object:
        name = function.__name__
        if name == "load_corpus":
            return read_articles(self._folder)
        if name == "set_aside":
            return self._set_aside(function, *arguments, **options)
        if name == "find_duplicates":
            articles, *others = arguments
            if len(articles) > MOST_READ:
                return as_table([], DUPLICATES)
            return remember(function, self._with_texts(articles), *others)
        if name == "find_quotes":
            return read_quotes(self._folder, arguments[0])
        if name in SUMS:
            return read_rows(self._folder, *SUMS[name], arguments[-1])
        if name in ROWS:
            return read_rows(self._folder, *ROWS[name], arguments[0])
        raise CorpusError(f"{self._folder.name}: tables do not hold what {name} gives here. Leave tables out.")

    def _set_aside(self, function: Callable, articles: pd.DataFrame, language: str, copies: str, similar: float):
        if copies == "once" and len(articles) > MOST_READ:
            raise CorpusError(
                f"copies are not looked for among {len(articles):,} articles of tables, only up to {MOST_READ:,}. "
                "Leave copies at keep, or select less."
            )
        if copies != "once":
            return function(articles, language, copies, similar)
        chosen, aside = function(self._with_texts(articles), language, copies, similar)
        return articles[codes_in(articles["article_id"], pd.Index(chosen["article_id"])) >= 0].reset_index(
            drop=True
        ), aside

    def _with_texts(self, articles: pd.DataFrame) -> pd.DataFrame:
        return read_texts(articles, self._folder, len(articles))


def read_articles(folder: Path) -> Corpus:
    """Return the articles of tables without their texts but with their number of words, and the ledger."""
    from pyarrow import parquet

    with intact(folder / "articles"):
        columns = [name for name in parquet.read_schema(_parts(folder, "articles")[0]).names if name != "text"]
    articles = _read(folder, "articles", columns).to_pandas()
    sizes = _read(folder, "sizes", ["words"]).to_pandas()
    ledger = _read(folder, "ledger", list(LEDGER)).to_pandas()
    return Corpus(articles.assign(**{WORDS: sizes["words"].to_numpy()}), ledger)


def read_rows(folder: Path, name: str, columns: Iterable[str], of: pd.DataFrame, beside=None) -> pd.DataFrame:
    """Return a table with names as categories, of the articles in `of` alone, which give the ids.

    `beside` is a table of Arrow with more columns, row by row.
    """
    _, ids = encode(of["article_id"])
    table = _read(folder, name, list(columns), dictionaries=True).unify_dictionaries()
    codes, names = _codes(table["article_id"])
    codes = ids.get_indexer(names)[codes] if len(names) else codes
    known = slice(None) if (inside := codes >= 0).all() else inside
    told = {column: _column(table[column])[known] for column in columns if column != "article_id"}
    told |= {column: _column(beside[column])[known] for column in (beside.column_names if beside else ())}
    return pd.DataFrame({"article_id": pd.Categorical.from_codes(codes[known], ids)} | told)


def read_quotes(folder: Path, of: pd.DataFrame) -> pd.DataFrame:
    """Return quotes with their number of words in place of these."""
    columns = ("article_id", "sentence_id", "kind", "speaker", "actor_id", "cue", "leaning", "start", "end")
    words = _read(folder, "quote_sizes", ["words"])
    return read_rows(folder, "quotes", columns, of, words)


def _codes(chunks) -> tuple[np.ndarray, pd.Index]:
    codes = [chunk.indices.to_numpy() for chunk in chunks.chunks]
    names = chunks.chunk(0).dictionary.to_pandas() if codes else []
    return np.concatenate(codes) if codes else np.array([], dtype="int32"), pd.Index(names, dtype="str")


def _column(chunks) -> pd.Categorical | np.ndarray:
    import pyarrow

    if not pyarrow.types.is_dictionary(chunks.type):
        values = chunks.to_numpy()
        return values.astype("int32") if values.dtype == "int64" and values.max(initial=0) < 2**31 else values
    codes, names = _codes(chunks)
    # In the order of the alphabet, in which a table of texts would be sorted.
    return pd.Categorical.from_codes(codes, names).reorder_categories(sorted(names))


def read_sentences(folder: str | Path, ids: Iterable[str]) -> pd.DataFrame:
    """Return the sentences of some articles, read from the parts that hold these."""
    return _read_of(Path(resolve(folder)), "sentences", ids, None)


def read_texts(articles: pd.DataFrame, tables: str | Path, most: int = MOST_READ, seed: int = 1) -> pd.DataFrame:
    """Return articles with their texts, read from `tables` where they are without; of more than `most` so many.

    These are drawn at random, and stand in the order of the articles.
    """
    if "text" in articles.columns:
        return articles
    drawn = articles.sample(most, random_state=seed).sort_index() if len(articles) > most else articles
    texts = _read_of(Path(resolve(tables)), "articles", drawn["article_id"], ["article_id", "text"])
    text = texts.set_index("article_id")["text"][drawn["article_id"]].to_numpy()
    return drawn.drop(columns=WORDS).assign(text=text)


def read_found(
    function: Callable, read: pd.DataFrame, tables: str | Path, *arguments: object, **options: object
) -> pd.DataFrame:
    """Return what a function finds in articles whose texts were read, from `tables` where there are any.

    The functions are split_sentences, find_mentions and find_quotes.
    """
    names = {"split_sentences": "sentences", "find_mentions": "mentions", "find_quotes": "quotes"}
    if not tables:
        return remember(function, *arguments, **options)
    found = _read_of(Path(resolve(tables)), names[function.__name__], read["article_id"], None)
    return found.reset_index(drop=True)


def refuse_settings(tables: str | Path, **settings: bool) -> None:
    """Raise CorpusError for settings under which tables are not made: those that are True."""
    for name, other in settings.items():
        if tables and other:
            raise CorpusError(
                f"{Path(tables).name}: was scored by VADER with names masked. Leave {name} as it is, or tables out."
            )


def _read_of(folder: Path, name: str, ids: Iterable[str], columns: list[str] | None) -> pd.DataFrame:
    import pyarrow
    from pyarrow import compute, parquet

    ids = pd.Index(ids, dtype="str")
    parts, paths = _part_of(folder, (folder / MANIFEST).stat().st_mtime_ns), _parts(folder, name)
    own = pyarrow.array(ids)
    tables = []
    for number in np.unique(parts[ids]):
        with intact(folder / name):
            table = parquet.read_table(paths[number], columns=columns)
        tables.append(table.filter(compute.is_in(table["article_id"], own.cast(table["article_id"].type))))
    return pyarrow.concat_tables(tables).to_pandas() if tables else parquet.read_table(paths[0]).to_pandas().head(0)


@lru_cache(maxsize=1)
def _part_of(folder: Path, _made: int) -> pd.Series:
    """Return the number of the part that holds each article."""
    from pyarrow import parquet

    with intact(folder / "articles"):
        sizes = [parquet.read_metadata(path).num_rows for path in _parts(folder, "articles")]
    ids = _read(folder, "articles", ["article_id"])["article_id"].to_pandas()
    return pd.Series(np.repeat(np.arange(len(sizes)), sizes), index=pd.Index(ids, dtype="str"))


def _parts(folder: Path, name: str) -> list[Path]:
    return sorted((folder / name).glob("part-*.parquet"))


def _read(folder: Path, name: str, columns: list[str], dictionaries: bool = False):
    from pyarrow import parquet

    with intact(folder / name):
        return parquet.read_table(
            _parts(folder, name), columns=columns, read_dictionary=columns if dictionaries else None
        )
