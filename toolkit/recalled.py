"""Recalled: what `annotate` wrote of a corpus, read as a report needs it, in place of reckoning it anew.

Of a million articles neither the texts nor the sentences are read whole: of articles what is known of them, of
sentences how many there are in which part (extents), of what was found in them the places, with names as categories.
Texts are read of the articles drawn to be shown, or of so many as can be compared.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from toolkit.annotation import COLLECTED, MANIFEST, books_in, require_complete
from toolkit.collected import read_state
from toolkit.corpus import Corpus
from toolkit.errors import CorpusError, TableError
from toolkit.extents import codes_in
from toolkit.gathered import GATHERED, NUMBER, PART, gather, intact, read_part
from toolkit.paths import resolve
from toolkit.remembered import remember
from toolkit.tables import DUPLICATES, UNREAD, WORDS, as_table

MOST_READ = 10_000  # articles whose texts are read for one report
GIVEN = ("corpus", "columns", "rules", "codebook", "actors")  # what tables are made of
SUMS = {  # what annotate summed up of what it scored
    "score_articles": "article_scores",
    "class_articles": "tone_classes",
    "sum_voices": "voice_sums",
    "sum_targets": "target_sums",
}
ROWS = {  # what a report needs of what was found
    "split_sentences": ("extents", ("part", "first", "sentences")),
    "find_frames": ("frame_hits", ("sentence_id", "frame", "item", "term", "start", "end")),
    "find_mentions": ("mentions", ("sentence_id", "actor_id", "surface", "how", "part", "start", "end")),
    "find_quotes": (
        "quotes",
        ("sentence_id", "kind", "speaker", "actor_id", "cue", "leaning", "start", "end", "words"),
    ),
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
        if name in SUMS:
            return read_rows(self._folder, SUMS[name], None, arguments[-1])
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
    """Return the articles of tables without their texts but with their number of words, and the ledger.

    Of titles, addresses and sources is only told whether there are any: with the texts they are read.
    Their ids are categories, in the order of the articles, so that the numbers in other tables are their codes.
    """
    told = _columns(folder, "articles")
    ids = pd.CategoricalDtype(pd.Index(told.pop("article_id"), dtype="str"))
    del told[PART]
    told["published"] = pd.Series(told["published"]).dt.tz_localize("UTC")
    articles = {"article_id": pd.Categorical.from_codes(np.arange(len(ids.categories), dtype="int32"), dtype=ids)}
    return Corpus(pd.DataFrame(articles | told), pd.DataFrame(_columns(folder, "ledger")))


def read_rows(folder: Path, name: str, columns: Iterable[str] | None, of: pd.DataFrame) -> pd.DataFrame:
    """Return a table with names as categories, of the articles in `of` alone, which give the ids."""
    told = _columns(folder, name, columns and [NUMBER, *columns])
    numbers, ids = told.pop(NUMBER), of["article_id"]
    if not isinstance(ids.dtype, pd.CategoricalDtype) or (len(numbers) and numbers.max() >= len(ids.cat.categories)):
        raise TableError(
            "articles: their ids are not those that load_corpus gave of these tables. Select rows of that table."
        )
    inside = np.zeros(len(ids.cat.categories), dtype=bool)
    inside[ids.cat.codes] = True
    if not (known := inside[numbers]).all():
        numbers, told = numbers[known], {column: values[known] for column, values in told.items()}
    return pd.DataFrame({"article_id": pd.Categorical.from_codes(numbers, dtype=ids.dtype)} | told)


def _columns(folder: Path, name: str, columns: Iterable[str] | None = None) -> dict[str, pd.Categorical | np.ndarray]:
    """Return columns of a gathered table, read one after the other, so that no more than one is held twice."""
    import pyarrow
    from pyarrow import parquet

    place = gather(folder, read_state(folder / COLLECTED)["parts"]) / f"{name}.parquet"
    with intact(folder / GATHERED), parquet.ParquetFile(place) as file:
        columns = columns or file.schema_arrow.names
        read = {column: _column(file.read(columns=[column], use_threads=False)[column]) for column in columns}
    pyarrow.default_memory_pool().release_unused()
    return read


def _column(chunks) -> pd.Categorical | np.ndarray:
    """Return a column; of texts that repeat as categories, in the order in which texts would be sorted."""
    import pyarrow

    if not pyarrow.types.is_dictionary(chunks.type):
        return chunks.to_pandas().array if pyarrow.types.is_large_string(chunks.type) else chunks.to_numpy()
    chunks = chunks.unify_dictionaries()
    names = chunks.chunk(0).dictionary.to_pylist() if chunks.num_chunks else []
    order = sorted(range(len(names)), key=names.__getitem__)
    ranks = np.empty(len(names), dtype="int32")
    ranks[order] = np.arange(len(names))
    codes = [ranks[chunk.indices.to_numpy()] for chunk in chunks.chunks]
    return pd.Categorical.from_codes(
        np.concatenate([np.array([], dtype="int32"), *codes]), pd.Index([names[place] for place in order], dtype="str")
    )


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
    categories = [name for name, kind in drawn.dtypes.items() if kind == "category"]
    drawn = drawn.astype(dict.fromkeys(categories, "str"))
    texts = _read_of(Path(resolve(tables)), "articles", drawn["article_id"], ["article_id", "text", *UNREAD])
    texts = texts.set_index("article_id").loc[drawn["article_id"]].set_axis(drawn.index)
    return drawn.drop(columns=WORDS).assign(**texts)


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
    from pyarrow import compute

    every, part = (_columns(folder, "articles", [column])[column] for column in ("article_id", PART))
    every = pyarrow.array(every)
    wanted = np.flatnonzero(compute.is_in(every, pyarrow.array(ids).cast(every.type)))
    tables = []
    for number in np.unique(part[wanted]):
        table = read_part(folder, name, number, columns)
        own = every.take(pyarrow.array(wanted[part[wanted] == number]))
        tables.append(table.filter(compute.is_in(table["article_id"], own.cast(table["article_id"].type))))
    if not tables:
        return read_part(folder, name, 0, columns).to_pandas().head(0)
    return pyarrow.concat_tables(tables).to_pandas()
