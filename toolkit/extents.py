"""Extents: how many sentences an article has in each of its parts, in place of the sentences themselves.

What is counted of a million articles needs no sentence, only where each part begins and how long it is; so functions
that count take either. Names that repeat are compared by numbers, not as text: whoever has a column of categories saves
the time to find them out.
"""

import numpy as np
import pandas as pd

from toolkit.tables import EXTENTS, require, texts_of

SENTENCE = ["article_id", "sentence_id"]
STEP = 1_000_000  # rows counted at once
Codes = np.ndarray


def extents_of(sentences: pd.DataFrame) -> pd.DataFrame:
    """Return how many sentences articles have, one row per article and part, in order.

    Columns: article_id, part, first (the sentence_id of the first), sentences (how many).
    """
    require(sentences, [*SENTENCE, "part"], source="sentences")
    grouped = sentences.groupby(["article_id", "part"], sort=False)["sentence_id"]
    table = grouped.agg(first="min", sentences="size").reset_index()
    return table[list(EXTENTS)].astype(dict(EXTENTS))


def sizes_of(sentences: pd.DataFrame) -> np.ndarray:
    """Return how many sentences each row stands for: of a table of sentences, one."""
    return sentences["sentences"].to_numpy() if "sentences" in sentences else np.ones(len(sentences), dtype="int64")


def encode(values: pd.Series) -> tuple[Codes, pd.Index]:
    """Return a column as numbers and the names they stand for, in the order in which these appear."""
    if not isinstance(values.dtype, pd.CategoricalDtype) or values.hasnans:
        codes, names = pd.factorize(_texts(values))
        return codes, pd.Index(names)
    codes, seen = _seen(values)
    return codes, values.cat.categories[seen]


def each_once(ids: pd.Series) -> tuple[Codes, pd.Series]:
    """Return ids as numbers, and each id once, in the order in which they appear; categories stay what they are."""
    if not isinstance(ids.dtype, pd.CategoricalDtype):
        codes, names = encode(ids)
        return codes, pd.Series(names)
    codes, seen = _seen(ids)
    return codes, pd.Series(pd.Categorical.from_codes(seen, dtype=ids.dtype))


def _seen(values: pd.Series) -> tuple[Codes, Codes]:
    """Return categories as numbers in the order in which they appear, and the codes these stand for."""
    codes = values.cat.codes.to_numpy("int32")  # wide enough to be multiplied
    other = codes[1:] != codes[:-1]
    if (codes[1:] >= codes[:-1]).all():  # as ids are in the order of their articles: nothing has to be looked up
        numbers = np.zeros(len(codes), dtype="int32")
        np.cumsum(other, out=numbers[1:])
        return numbers, codes[np.append(True, other)[: len(codes)]]
    seen = pd.unique(codes)
    places = np.empty(len(values.cat.categories) + 1, dtype="int32")
    places[seen] = np.arange(len(seen), dtype="int32")
    return places[codes], seen


def codes_in(values: pd.Series, names: pd.Index) -> Codes:
    """Return the number of each value among names, -1 for none of them."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return names.get_indexer(_texts(values))
    return np.append(names.get_indexer(values.cat.categories), -1)[values.cat.codes.to_numpy()]


def places_in(ids: pd.Series, rows: pd.Series) -> Codes:
    """Return for each id the number of the row that has it, -1 for none; no two rows have one id."""
    if not (isinstance(ids.dtype, pd.CategoricalDtype) and ids.dtype is rows.dtype):
        return pd.Index(_texts(rows)).get_indexer(_texts(ids))
    places = np.full(len(ids.cat.categories) + 1, -1, dtype="int32")
    places[rows.cat.codes] = np.arange(len(rows), dtype="int32")
    return places[ids.cat.codes]


def decode(codes: Codes, names: pd.Index, like: pd.Series) -> pd.Series:
    """Return names by their numbers, as text or, if a column given has them, as categories."""
    if isinstance(like.dtype, pd.CategoricalDtype):
        return pd.Series(pd.Categorical.from_codes(codes, names))
    return pd.Series(names.take(codes), dtype="str")


def repeat(ids: pd.Series, times: int) -> pd.Series:
    """Return each id so many times, one after the other."""
    return ids.repeat(times).reset_index(drop=True)


def tally(cells: np.ndarray, number: int, like: pd.Series) -> np.ndarray:
    """Count how often each of so many cells stands, in half the memory where ids are categories: of very many."""
    times = np.zeros(number, dtype="int32" if isinstance(like.dtype, pd.CategoricalDtype) else "int64")
    found, counts = np.unique(cells, return_counts=True)
    times[found] = counts
    return times


def bincount(codes: Codes, number: int) -> np.ndarray:
    """Count how often each of few numbers stands, of very many some at a time, since NumPy makes them wide first."""
    steps = range(0, max(1, len(codes)), STEP)
    return sum(np.bincount(codes[start : start + STEP], minlength=number) for start in steps)


def distinct(values: np.ndarray) -> np.ndarray:
    """Return the distinct numbers, sorted: of many, sooner than by a table of hashes."""
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def locate(found: pd.DataFrame, sentences: pd.DataFrame) -> np.ndarray:
    """Return for each row of `found` the number of the row of sentences, or of extents, it stands in; -1 for none."""
    require(found, SENTENCE, source="found")
    require(sentences, ["article_id"], source="sentences")
    ids, known = each_once(sentences["article_id"])
    first = sentences["first" if "first" in sentences else "sentence_id"].to_numpy("int64")
    own, place = places_in(found["article_id"], known), found["sentence_id"].to_numpy("int64")
    if not len(first) or not len(own):
        return np.full(len(own), -1)
    width = max(first.max(), place.max()) + 1
    keys = ids.astype("int64") * width + first
    order = None if (keys[1:] > keys[:-1]).all() else np.argsort(keys, kind="stable")
    rows = np.searchsorted(keys if order is None else keys[order], own * width + place, "right") - 1
    rows = rows if order is None else order[rows]
    inside = (own >= 0) & (rows >= 0) & (ids[rows] == own) & (place - first[rows] < sizes_of(sentences)[rows])
    return np.where(inside, rows, -1)


def _texts(values: pd.Series) -> pd.Series:
    if values.dtype == "str" and not values.hasnans:
        return values
    return pd.Series(texts_of(values.to_frame("name"), "name"), dtype="str")
