"""Gathered: what reports need of the tables of a corpus, each in one file, with articles by number in place of ids.

A thousand parts take a thousand openings, and ids of a million articles as text more time and memory than all that was
counted of them. What is gathered follows from the parts alone, and is made again where it is missing.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from toolkit.errors import CorpusError
from toolkit.tables import UNREAD, WORDS

GATHERED, BOOKS = ".gathered", "books"
NUMBER, PART = "(article)", "(part)"  # the place of an article in the corpus, and the part it is in, from 0
NEEDED = {
    "frame_hits": ("sentence_id", "frame", "item", "term", "start", "end"),
    "mentions": ("sentence_id", "actor_id", "surface", "how", "part", "start", "end"),
    "quotes": ("sentence_id", "kind", "speaker", "actor_id", "cue", "leaning", "start", "end"),
    "extents": ("part", "first", "sentences"),
    "article_scores": None,
    "tone_classes": None,
    "voice_sums": None,
    "target_sums": None,
    "ledger": ("status", "reason", "detail", "file"),
    "articles": None,
}
BESIDE = {"articles": ("sizes", WORDS), "quotes": ("quote_sizes", "words")}  # numbers of words, row by row
LEFT_OUT = ("text", "teaser", "caption", "related")  # of articles: texts that nothing counts
MARK = "(not read)"  # of what is left unread only whether there is any
ROWS = 20_000  # written at once, or more where a part has more
FEW = 10_000  # rows, of which any text may be held by number


@contextmanager
def intact(place: Path) -> Iterator[None]:
    """Raise CorpusError where what is read within cannot be: `place` is a table, or the books it was made with."""
    try:
        yield
    except (OSError, ValueError, KeyError) as error:
        todo = (
            "Make the tables anew, in another folder."
            if place.name == BOOKS
            else ("Delete that folder and run toolkit annotate again with the same inputs: it makes what is missing.")
        )
        raise CorpusError(f"{place}: a file in it is missing or damaged. {todo}") from error


def gather(folder: Path, parts: int) -> Path:
    """Write what reports need of tables in so many parts into a folder beside them, if it is not there, and return it.

    One file is a table, its rows in the order of the articles; text that repeats is held once and by number.
    """
    from pyarrow import parquet

    place = folder / GATHERED
    if place.is_dir():
        return place
    making = folder / f"{GATHERED}.{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    try:
        making.mkdir()
        for name in NEEDED:
            tables = _some_at_once(folder, name, parts)
            first = next(tables)
            schema = _repeating(first)
            with parquet.ParquetWriter(making / f"{name}.parquet", schema, compression="zstd") as writer:
                for table in chain([first], tables):
                    writer.write_table(table.cast(schema))
        making.rename(place)
    except OSError as error:
        if not place.is_dir():  # as it is where another was quicker
            raise CorpusError(
                f"{folder}: reports need to write there once, and cannot: {error.strerror}. Copy it to another place."
            ) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return place


def _repeating(table):
    """Return the schema of a table with those texts as dictionaries that most rows have in common with others."""
    import pyarrow

    schema = table.schema
    for place, field in enumerate(schema):
        texts = pyarrow.types.is_large_string(field.type) and field.name != "article_id"
        if texts and (len(table) < FEW or len(table[field.name].unique()) < len(table) / 2):
            schema = schema.set(place, field.with_type(pyarrow.dictionary(pyarrow.int32(), field.type)))
    return schema


def _some_at_once(folder: Path, name: str, parts: int) -> Iterator:
    import pyarrow

    held, rows, first = [], 0, 0
    for part in range(parts):
        with intact(folder / name):
            table, articles = _part(folder, name, part, first)
        first += articles
        held.append(table)
        rows += len(table)
        if rows >= ROWS or part == parts - 1:
            yield pyarrow.concat_tables(held)
            held, rows = [], 0


def _part(folder: Path, name: str, part: int, first: int) -> tuple:
    """Return the rows of a part, with the numbers of articles, of which `first` come before, and how many it has."""
    import pyarrow
    from pyarrow import compute

    ids = read_part(folder, "articles", part, ["article_id"])["article_id"].combine_chunks()
    table = read_part(folder, name, part, NEEDED[name] and ["article_id", *NEEDED[name]])
    if name == "articles":
        ours = (*LEFT_OUT, PART, WORDS, NUMBER)  # a column of this name has nothing to do with it
        table = table.drop_columns([column for column in ours if column in table.column_names])
        table = table.append_column(PART, pyarrow.array([part] * len(ids), "int32"))
        for column in UNREAD:
            marks = compute.if_else(compute.equal(table[column], ""), "", MARK).cast(table[column].type)
            table = table.set_column(table.column_names.index(column), column, marks)
    elif name != "ledger":
        own = compute.index_in(table["article_id"], ids)
        if own.null_count:
            raise ValueError(f"{name} has articles of another table")
        numbers = compute.add(own, pyarrow.scalar(first, "int32"))
        table = table.drop_columns("article_id").append_column(NUMBER, numbers)
    else:
        table = table.drop_columns("article_id")
    if name in BESIDE:
        other, column = BESIDE[name]
        table = table.append_column(column, read_part(folder, other, part, ["words"])["words"])
    types = [pyarrow.int32() if field.type == pyarrow.int64() else field.type for field in table.schema]
    schema = pyarrow.schema(zip(table.column_names, types, strict=True))
    return table.replace_schema_metadata().cast(schema), len(ids)


def read_part(folder: Path, name: str, part: int, columns: list[str] | None = None):
    """Return a part of a table as Arrow has it; to open the file itself takes half the time of `read_table`."""
    from pyarrow import parquet

    with intact(folder / name), parquet.ParquetFile(part_of(folder, name, part)) as file:
        return file.read(columns=columns, use_threads=False)


def part_of(folder: Path, name: str, part: int) -> Path:
    """Return the file of a part of a table."""
    return folder / name / f"part-{part:06}.parquet"
