"""Extents: how many sentences an article has in each of its parts, in place of the sentences themselves.

What is counted of a million articles needs no sentence, only where each part begins and how long it is; so functions
that count take either. Names that repeat are compared by numbers, not as text: whoever has a column of categories saves
the time to find them out.
"""

import numpy as np
import pandas as pd

from toolkit.tables import EXTENTS, require, texts_of

SENTENCE = ["article_id", "sentence_id"]
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
    if not isinstance(values.dtype, pd.CategoricalDtype):
        codes, names = pd.factorize(_texts(values))
        return codes, pd.Index(names)
    codes, names = values.cat.codes.to_numpy(), values.cat.categories
    seen = pd.unique(codes)
    if len(seen) == len(names) and (seen == np.arange(len(names))).all():
        return codes, names
    places = np.full(len(names) + 1, -1)
    places[seen] = np.arange(len(seen))
    return places[codes], names[seen]


def codes_in(values: pd.Series, names: pd.Index) -> Codes:
    """Return the number of each value among names, -1 for none of them."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return names.get_indexer(_texts(values))
    own = values.cat.categories
    if own is names or own.equals(names):
        return values.cat.codes.to_numpy()
    return np.append(names.get_indexer(own), -1)[values.cat.codes.to_numpy()]


def decode(codes: Codes, names: pd.Index, like: pd.Series) -> pd.Series:
    """Return names by their numbers, as text or, if a column given has them, as categories."""
    if isinstance(like.dtype, pd.CategoricalDtype):
        return pd.Series(pd.Categorical.from_codes(codes, names))
    return pd.Series(names.take(codes), dtype="str")


def distinct(values: np.ndarray) -> np.ndarray:
    """Return the distinct numbers, sorted: of many, sooner than by a table of hashes."""
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def locate(found: pd.DataFrame, sentences: pd.DataFrame) -> np.ndarray:
    """Return for each row of `found` the number of the row of sentences, or of extents, it stands in; -1 for none."""
    require(found, SENTENCE, source="found")
    require(sentences, ["article_id"], source="sentences")
    ids, names = encode(sentences["article_id"])
    first = sentences["first" if "first" in sentences else "sentence_id"].to_numpy("int64")
    own, place = codes_in(found["article_id"], names), found["sentence_id"].to_numpy("int64")
    if not len(first) or not len(own):
        return np.full(len(own), -1)
    width = max(first.max(), place.max()) + 1
    keys = ids * width + first
    order = None if (keys[1:] > keys[:-1]).all() else np.argsort(keys, kind="stable")
    rows = np.searchsorted(keys if order is None else keys[order], own * width + place, "right") - 1
    rows = rows if order is None else order[rows]
    inside = (own >= 0) & (rows >= 0) & (ids[rows] == own) & (place - first[rows] < sizes_of(sentences)[rows])
    return np.where(inside, rows, -1)


def _texts(values: pd.Series) -> pd.Series:
    if values.dtype == "str" and not values.hasnans:
        return values
    return pd.Series(texts_of(values.to_frame("name"), "name"), dtype="str")
