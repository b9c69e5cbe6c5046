"""Exploring: a corpus read and searched once, so that any part of it can be had at once."""

from collections.abc import Iterable
from shlex import quote
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.corpus import load_corpus
from toolkit.derived import derive_tables
from toolkit.selection import set_aside
from toolkit.summary import UNKNOWN, group_of
from toolkit.tables import texts_of

PER_ARTICLE = ("frame_hits", "mentions", "quotes", "sentence_scores", "sentences")
FOUND = (("frame_hits", "frame"), ("mentions", "actor_id"))
Places = dict[str, np.ndarray]  # rows of the sentences table by what stands in them


class Explored(NamedTuple):
    """A corpus with the tables of its findings, and where in them what can be chosen stands."""

    corpus: str
    articles: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    rows: dict[str, dict[str, np.ndarray]]  # of each article in each table
    months: np.ndarray  # of each article
    owner: np.ndarray  # row of the article of each sentence
    frames: Places
    actors: Places
    names: dict[str, str]


class Choice(NamedTuple):
    """What is chosen; "" is all. Months are such as 2022-01."""

    outlet: str = ""
    first: str = ""
    last: str = ""
    frame: str = ""
    actor: str = ""


class Chosen(NamedTuple):
    """The articles and sentences that a choice leaves, as rows of their tables, and the articles by month."""

    articles: np.ndarray
    sentences: np.ndarray
    counts: pd.Series


def read_explored(corpus: str, codebook: str, actors: str, names: dict[str, str]) -> Explored:
    """Read and search a corpus for exploring; what has no text is left out."""
    articles, _ = set_aside(load_corpus(corpus).articles)
    return index_tables(corpus, articles, derive_tables(articles, codebook, actors), names)


def index_tables(
    corpus: str, articles: pd.DataFrame, tables: dict[str, pd.DataFrame], names: dict[str, str]
) -> Explored:
    """Return articles and the tables found in them with what it takes to find one's way in them at once."""
    sentences = tables["sentences"]
    row_of = {article_id: row for row, article_id in enumerate(articles["article_id"])}
    owner = np.array([row_of[article_id] for article_id in sentences["article_id"]], dtype="int64")
    months = group_of(articles, "month").to_numpy(dtype="str")
    rows = {
        name: table.groupby("article_id", sort=False).indices for name, table in tables.items() if name in PER_ARTICLE
    }
    places = [_places(sentences, tables[name], column) for name, column in FOUND]
    return Explored(corpus, articles, tables, rows, months, owner, *places, names)


def tables_of(explored: Explored, article_id: str) -> dict[str, pd.DataFrame]:
    """Return the rows of one article of each table of findings."""
    return {name: _rows_of(explored, name, [article_id]) for name in PER_ARTICLE}


def _rows_of(explored: Explored, table: str, article_ids: Iterable[str]) -> pd.DataFrame:
    """Return the rows of some articles; all at once, since each time a large table is asked takes its time."""
    none = np.array([], dtype="int64")
    rows = [explored.rows[table].get(article_id, none) for article_id in article_ids]
    return explored.tables[table].iloc[np.concatenate(rows) if rows else none]


def _places(sentences: pd.DataFrame, found: pd.DataFrame, column: str) -> Places:
    keys = ["article_id", "sentence_id"]
    rows = sentences[keys].assign(row=np.arange(len(sentences)))
    joined = found[[*keys, column]].drop_duplicates().merge(rows, on=keys)
    return {str(name): np.sort(own["row"].to_numpy()) for name, own in joined.groupby(column, sort=True) if name}


def choose(explored: Explored, choice: Choice) -> Chosen:
    """Return what a choice leaves: with a frame or an actor the articles and sentences that have them, else all."""
    keep = np.ones(len(explored.articles), dtype=bool)
    if choice.outlet:
        keep &= explored.articles["outlet"].to_numpy() == choice.outlet
    if choice.first or choice.last:
        last = choice.last or "9999"
        keep &= (explored.months >= choice.first) & (explored.months <= last) & (explored.months != UNKNOWN)
    shown = np.ones(len(explored.owner), dtype=bool)
    for places, name in ((explored.frames, choice.frame), (explored.actors, choice.actor)):
        if name:
            with_it = np.zeros(len(shown), dtype=bool)
            with_it[places.get(name, np.array([], dtype="int64"))] = True
            shown &= with_it
    sentences = np.flatnonzero(shown & keep[explored.owner])
    articles = np.unique(explored.owner[sentences]) if choice.frame or choice.actor else np.flatnonzero(keep)
    months, numbers = np.unique(explored.months[articles], return_counts=True)
    return Chosen(articles, sentences, pd.Series(numbers, index=months, dtype="int64"))


def report_parameters(explored: Explored, choice: Choice) -> dict[str, str]:
    """Return a choice as the parameters that reports take; frames and actors are a matter of their codebooks."""
    first = pd.Period(choice.first, freq="M").start_time if choice.first else None
    last = pd.Period(choice.last, freq="M").end_time if choice.last else None
    days = {"start": first, "end": last}
    told = {"corpus": explored.corpus, "outlet": choice.outlet}
    told |= {name: f"{instant:%Y-%m-%d}" if instant is not None else "" for name, instant in days.items()}
    return {name: value for name, value in told.items() if value}


def report_command(parameters: dict[str, str], name: str = "framing") -> str:
    """Return the command that makes a report of these parameters."""
    given = dict(parameters)
    corpus = f" --corpus {quote(given.pop('corpus'))}" if "corpus" in given else ""
    return f"toolkit report {name}{corpus}" + "".join(f" -p {quote(f'{key}={value}')}" for key, value in given.items())


def sentences_of(explored: Explored, chosen: Chosen, choice: Choice, most: int) -> pd.DataFrame:
    """Return the first chosen sentences: outlet, published_local, title, part, text, marks (within the sentence)."""
    own = explored.tables["sentences"].iloc[chosen.sentences[:most]]
    owners = explored.articles.iloc[explored.owner[chosen.sentences[:most]]]
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for (table, column), name in zip(FOUND, (choice.frame, choice.actor), strict=True):
        found = _rows_of(explored, table, dict.fromkeys(own["article_id"])) if name else explored.tables[table].head(0)
        for row in found[found[column] == name].itertuples():
            spans.setdefault((row.article_id, row.sentence_id), []).append((row.start, row.end))
    keys = zip(own["article_id"], own["sentence_id"], own["start"], strict=True)
    marks = [tuple((a - at, b - at) for a, b in spans.get((name, number), ())) for name, number, at in keys]
    facts = {name: texts_of(owners, name) for name in ("outlet", "published_local", "title", "source")}
    return own[["article_id", "part", "text"]].assign(category="", marks=marks, **facts).reset_index(drop=True)
