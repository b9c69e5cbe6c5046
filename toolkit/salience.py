"""Salience: how much of the text a frame takes up, in sentences, by group and beside the actors they name."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from toolkit.extents import SENTENCE, codes_in, distinct, each_once, encode, locate, places_in, sizes_of
from toolkit.framing import assessed_frames, count_hits
from toolkit.intervals import LARGE, ratio_intervals
from toolkit.summary import groups_along, rows_by
from toolkit.tables import SALIENCE, as_table, require


def salience_by(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    frames: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "",
    seed: int = 1,
) -> pd.DataFrame:
    """Share of sentences that hold a term of a frame, one row per group of articles and frame.

    Columns: group, category (the frame), n (articles), value (a share of 1: sentences with a hit of all sentences),
    low, high (95% interval, by article), method, sentences. Long articles weigh as they are. `sentences`, or their
    extents.
    """
    names = assessed_frames(frames)
    ids, known = each_once(require(sentences, ["article_id"], source="sentences")["article_id"])
    with_it = count_hits(hits, sentences, frames)["sentences"].to_numpy().reshape(len(known), len(names))
    totals = np.bincount(ids, sizes_of(sentences), minlength=len(known))
    rows = (
        row
        for group, own in rows_by(*groups_along(known, articles, by), known)
        for row in _salience(group, names, with_it[own], totals[own], known.iloc[own], seed)
    )
    return as_table(rows, SALIENCE)


def salience_beside(
    hits: pd.DataFrame, sentences: pd.DataFrame, frames: pd.DataFrame, mentions: pd.DataFrame, seed: int = 1
) -> pd.DataFrame:
    """Share of the sentences naming an actor that hold a term of a frame, one row per actor and frame.

    Columns as of `salience_by`; group is the actor_id, n the articles that name it, sentences those that do. A frame
    beside an actor is not a frame put forward by it. Mentions that belong to nobody are left out.
    """
    require(mentions, [*SENTENCE, "actor_id"], source="mentions")
    names, known = assessed_frames(frames), each_once(sentences["article_id"])[1]
    width = 1 + max(table["sentence_id"].max() if len(table) else 0 for table in (hits, mentions))
    frame = codes_in(hits["frame"], pd.Index(names, dtype="str"))
    held, shown = _with_frames(_keys(hits, sentences, known, width), frame, len(names))
    actor, actors = encode(mentions["actor_id"])
    keys = _keys(mentions, sentences, known, width)
    named = pd.DataFrame({"actor": actor, "key": keys})[(keys >= 0) & (actors[actor] != "")].drop_duplicates()
    order = named["actor"].value_counts().index
    places = dict(iter(named.groupby("actor")["key"]))
    rows = []
    for number in order:
        own = np.sort(places[number].to_numpy())
        found = np.searchsorted(held[:-1], own)
        marks = shown[np.where(held[found] == own, found, len(held) - 1)]
        article, first, totals = np.unique(own // width, return_index=True, return_counts=True)
        with_it = np.add.reduceat(marks, first)
        rows += _salience(actors[number], names, with_it, totals, known.iloc[article], seed)
    return as_table(rows, SALIENCE)


def _keys(found: pd.DataFrame, sentences: pd.DataFrame, known: pd.Series, width: int) -> np.ndarray:
    """Return a number for the sentence of each row, by article and sentence, -1 where it is in none of these."""
    keys = places_in(found["article_id"], known).astype("int64") * width + found["sentence_id"].to_numpy("int64")
    return np.where(locate(found, sentences) >= 0, keys, -1)


def _with_frames(keys: np.ndarray, frame: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the sentences with a hit, sorted, and of each which frames it holds; last stands one with none."""
    known = (keys >= 0) & (frame >= 0)
    held = distinct(keys[known])
    shown = np.zeros((len(held) + 1, number), dtype="int64")
    shown[np.searchsorted(held, keys[known]), frame[known]] = 1
    return np.append(held, -1), shown


def _salience(
    group: str, names: list[str], with_it: np.ndarray, totals: np.ndarray, articles: pd.Series, seed: int
) -> Iterator[tuple]:
    """Yield the rows of a group; articles are sorted where they are drawn, so that their order changes no interval."""
    if len(articles) <= LARGE:
        order = np.argsort(articles.to_numpy(dtype=object), kind="stable")
        with_it, totals = with_it[order], totals[order]
    number, intervals = int(totals.sum()), ratio_intervals(with_it, seed, totals)
    values = with_it.sum(axis=0) / number if number else np.full(len(names), np.nan)
    for name, value, interval in zip(names, values, intervals, strict=True):
        yield group, name, len(totals), value, *interval, number
