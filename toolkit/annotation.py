"""Annotation: the tables of a corpus of any size, part by part, as they would be in one piece.

Each table is a folder of Parquet files, one per part of the corpus, each written under another name first. So a run
that is killed, at whatever instant, is taken up where it stood, parts can be made by several processes or machines, and
the memory needed does not grow with the corpus.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pandas as pd

from toolkit.codebooks import load_frames
from toolkit.collected import collect, load_part, read_state
from toolkit.contents import hash_of, hash_of_toolkit
from toolkit.derived import find_all
from toolkit.errors import CorpusError, ToolkitError
from toolkit.extents import extents_of
from toolkit.gathered import BOOKS, gather, intact, part_of
from toolkit.manifest import TABLES_OF
from toolkit.mapping import parse_columns
from toolkit.memory import given_back
from toolkit.narration import score_voices, sum_voices
from toolkit.paths import resolve
from toolkit.progress import progress
from toolkit.quotes import words_of
from toolkit.readers.page_rules import Rules, as_rules
from toolkit.registry import load_actors
from toolkit.sentiment import class_articles
from toolkit.summary import article_lengths
from toolkit.tables import SIZES
from toolkit.targets import score_targets
from toolkit.towards import sum_targets

TABLES = (
    *("articles", "ledger", "sentences", "frame_hits", "frame_counts", "sentence_scores", "article_scores"),
    *("mentions", "quotes", "extents", "sizes", "quote_sizes"),
    *("voice_sums", "tone_classes", "target_sums"),
)
COLLECTED, MANIFEST = ".collected", TABLES_OF
AHEAD = 2  # parts a worker, that wait for it

Way = Callable[[Path, Iterable[int]], Iterator[int]]


class Books(NamedTuple):
    """What is looked for: a codebook of frames, and a registry of actors."""

    frames: pd.DataFrame
    actors: pd.DataFrame


def annotate(
    corpus: str | Path,
    out: str | Path,
    codebook: str | Path = "codebooks/frames/generic.yml",
    actors: str | Path = "codebooks/actors/nato-russia.yml",
    columns: Mapping[str, str] | str | None = None,
    rules: str | Path | None = None,
    workers: int = 1,
    way: Way | None = None,
) -> Path:
    """Write the tables of a corpus into the folder `out`, one folder per table, and return it.

    The tables are those of load_corpus, split_sentences, find_frames (outside the names of actors), count_hits,
    score_sentences, score_articles, find_mentions and find_quotes, the same as in one piece, and what reports need of
    many articles: extents, numbers of words, and sums of tone; `load_table` reads one. A run that was cut short goes on
    where it stood. Raises CorpusError where `out` holds tables of other inputs.
    `workers` processes work side by side; `way` is another way to have parts made, such as that of a cluster.
    """
    out, root, given, ruled = Path(out), resolve(corpus), parse_columns(columns), as_rules(rules)
    if out.resolve().is_relative_to(root.resolve()):
        raise CorpusError(f"{out}: lies in what is read, and would be read with it. Choose a place outside.")
    books = Books(load_frames(codebook), load_actors(actors))
    told = {name: str(resolve(path).resolve()) if path else "" for name, path in
            (("corpus", corpus), ("codebook", codebook), ("actors", actors))}  # fmt: skip
    told |= {
        "columns": ", ".join(map(":".join, given.items())),
        "rules": str(resolve(rules).resolve()) if rules else "",
    }
    _begin(out, hash_of([root, *books, given, str(rules or ""), hash_of_toolkit()]), books, told)
    try:
        return _make(out, root, given, ruled, way or _way_of(workers))
    except OSError as error:
        raise CorpusError(
            f"{out}: cannot be written or read: {error.strerror or error}. Make room there, or choose another place."
        ) from error


def _make(out: Path, root: Path, given: Mapping[str, str], ruled: Rules | None, way: Way) -> Path:
    with given_back():
        parts = collect(root, out / COLLECTED, given, ruled)
    left = [number for number in range(parts) if not _is_done(out, number)]
    made = way(out, left)
    for _ in progress(made, "parts", total=len(left)):
        pass
    gather(out, parts)
    return out


def load_table(folder: str | Path, name: str, columns: Iterable[str] | None = None) -> pd.DataFrame:
    """Read one of the tables that `annotate` wrote, whole, or some of its columns: sentences, frame_hits and so on."""
    place = Path(folder) / name
    if name not in TABLES or not place.is_dir():
        raise CorpusError(
            f"{folder}: holds no table {name!r}. There are: {', '.join(TABLES)}; toolkit annotate writes them."
        )
    require_complete(folder)
    from pyarrow import parquet

    with intact(place):
        return parquet.read_table(
            sorted(place.glob("*.parquet")), columns=list(columns) if columns else None
        ).to_pandas()


def require_complete(folder: str | Path) -> None:
    """Raise CorpusError unless every part of every table is there."""
    if not is_complete(folder):
        raise CorpusError(f"{folder}: is not complete. Run toolkit annotate again with the same inputs.")


def is_complete(folder: str | Path) -> bool:
    """Say whether every part of every table is there."""
    try:
        parts = read_state(Path(folder) / COLLECTED)["parts"]
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return all(_is_done(Path(folder), number) for number in range(parts))


@given_back()
def annotate_part(out: Path, number: int) -> int:
    """Make the tables of one part, if they are not there yet, and return its number."""
    if _is_done(out, number):
        return number
    if json.loads((out / MANIFEST).read_text(encoding="utf-8")).get("toolkit") != hash_of_toolkit():
        raise CorpusError(f"{out}: was begun by another version of the toolkit or of Python than that of this worker.")
    try:
        corpus = load_part(out / COLLECTED, number, read_state(out / COLLECTED))
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise CorpusError(f"{out / COLLECTED}: is damaged. Delete that folder and run the same again.") from error
    for name, table in tables_of(corpus, books_in(out)).items():
        _write(table, part_of(out, name, number))
    return number


def tables_of(corpus: tuple[pd.DataFrame, pd.DataFrame], books: Books) -> dict[str, pd.DataFrame]:
    """Return all tables of some articles, by name, the one last that shows a part to be done."""
    articles, ledger = corpus
    found = find_all(articles, *books)
    sentences, quotes = found["sentences"], found["quotes"]
    counted = {
        "voice_sums": sum_voices(score_voices(sentences, quotes, books.actors)),
        "tone_classes": class_articles(found["sentence_scores"]),
        "target_sums": sum_targets(score_targets(sentences, found["mentions"])),
        "extents": extents_of(sentences),
        "sizes": articles[["article_id"]].assign(words=article_lengths(articles)).astype(dict(SIZES)),
        "quote_sizes": quotes[["article_id"]].assign(words=words_of(quotes)).astype(dict(SIZES)),
    }
    return {"ledger": ledger} | found | counted | {"articles": articles}


def _begin(out: Path, inputs: str, books: Books, given: Mapping[str, str]) -> None:
    """Make the folder and put into it what parts are made by; raise CorpusError where it is of anything else."""
    manifest = out / MANIFEST
    try:
        if manifest.exists():
            if _inputs_told(manifest) == inputs:
                return
            raise CorpusError(
                f"{out}: holds tables of another corpus, codebook or version. Choose another folder, or delete it."
            )
        out.mkdir(parents=True, exist_ok=True)
        if any(entry.name.lstrip(".") not in (MANIFEST, BOOKS) for entry in out.iterdir()):
            raise CorpusError(f"{out}: is not empty, and holds no tables. Choose another folder.")
        for name, table in books._asdict().items():
            _write(table, out / BOOKS / f"{name}.parquet")
        told = json.dumps({"inputs": inputs, "toolkit": hash_of_toolkit(), "given": given})
        (out / f".{MANIFEST}").write_text(told, encoding="utf-8")
        (out / f".{MANIFEST}").replace(manifest)
    except OSError as error:
        raise CorpusError(f"{out}: cannot be written: {error.strerror}. Choose another place.") from None


def books_in(out: Path) -> Books:
    """Return the codebook and the registry by which tables were made."""
    return _books(out, (out / MANIFEST).stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _books(out: Path, _made: int) -> Books:
    with intact(out / BOOKS):
        return Books(*(pd.read_parquet(out / BOOKS / f"{name}.parquet") for name in Books._fields))


def _inputs_told(manifest: Path) -> str:
    try:
        return json.loads(manifest.read_text(encoding="utf-8"))["inputs"]
    except (ValueError, TypeError, KeyError):
        return ""


def _is_done(out: Path, number: int) -> bool:
    return all(part_of(out, name, number).exists() for name in TABLES)


def _write(table: pd.DataFrame, path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    path.parent.mkdir(exist_ok=True)
    place = path.with_name(f".{path.name}.{os.getpid()}")  # two may be at one part, where a cluster asks twice
    parquet.write_table(pyarrow.Table.from_pandas(table, preserve_index=False), place, compression="zstd")
    place.replace(path)


def _way_of(workers: int) -> Way:
    if workers < 1:
        raise ToolkitError(f"workers must be 1 or more, not {workers}.")
    return _one_by_one if workers == 1 else lambda out, parts: _side_by_side(out, parts, workers)


def _one_by_one(out: Path, parts: Iterable[int]) -> Iterator[int]:
    return (annotate_part(out, number) for number in parts)


def _side_by_side(out: Path, parts: Iterable[int], workers: int) -> Iterator[int]:
    # Spawned, not forked: threads of Arrow do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            yield from _made_by(pool, out, iter(parts), AHEAD * workers)
        except BrokenProcessPool:
            raise CorpusError(
                f"{out}: a worker was ended from outside. Run the same again: it goes on from there."
            ) from None


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone: killed, it cannot say that there is no more to do."""

    def follow() -> None:
        wait_for([parent_process().sentinel])
        os._exit(1)

    Thread(target=follow, daemon=True).start()


def _made_by(pool: Executor, out: Path, parts: Iterator[int], most: int) -> Iterator[int]:
    running = {pool.submit(annotate_part, out, number) for number in islice(parts, most)}
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {pool.submit(annotate_part, out, number) for number in islice(parts, len(done))}
        yield from (future.result() for future in done)
