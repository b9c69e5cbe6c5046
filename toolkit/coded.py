"""Coded: the articles that people coded, as counts of words and yes-or-no labels, ready to be learned from."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from toolkit.codings import settle_codings
from toolkit.duplicates import find_duplicates
from toolkit.errors import TableError, ToolkitError
from toolkit.shingles import WORD
from toolkit.tables import require, texts_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BEGINNING = 5  # letters; a beginning joins the forms of a word, in any language that inflects at the end
LEAST_ARTICLES = 2  # that have a word, for it to be learned
LEAST_EACH = 20  # different texts with the frame, and without, for it to be learned


class Coded(NamedTuple):
    """The articles on which one frame was coded, in the order of article_id."""

    frame: str
    counts: "csr_matrix"  # articles x words
    labels: np.ndarray  # True where the frame was found
    groups: np.ndarray  # a number per article; articles of one number are never parted
    notes: list[str]
    lack: str  # why it cannot be learned, "" where it can
    ids: list[str]  # article_id


class Sample(NamedTuple):
    """All coded articles together."""

    words: list[str]
    counts: "csr_matrix"
    frames: list[Coded]


def words_of(articles: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Yield the article_id, and the words and beginnings of words (ending in *) of title and text."""
    for article_id, *parts in zip(*(texts_of(articles, name) for name in ("article_id", "title", "text")), strict=True):
        words = WORD.findall(unicodedata.normalize("NFKC", "\n".join(parts)).casefold())
        yield article_id, words + [f"{word[:BEGINNING]}*" for word in words if len(word) > BEGINNING]


def read_coded(articles: pd.DataFrame, codings: pd.DataFrame, groups: str | None) -> Sample:
    """Return the coded articles as counts of words; the order of the rows given changes no figure."""
    if find_spec("sklearn") is None:
        raise ToolkitError('scikit-learn is not installed. Frames are learned with it: pip install -e ".[ml]"')
    settled = settle_codings(codings)
    if settled.empty:
        raise TableError("codings holds no value. Write 1 where a coder found the frame and 0 where not.")
    require(articles, ["article_id", "text", *([groups] if groups else [])], source="articles")
    used = articles.assign(article_id=texts_of(articles, "article_id"))
    used = used[used["article_id"].isin(settled["article_id"])].sort_values("article_id", ignore_index=True)
    if used.empty:
        raise TableError("none of the coded articles is among the articles. Their article_id must be the same.")
    together = _together(used, groups)
    words, counts = _count_words(used)
    place = {article_id: row for row, article_id in enumerate(used["article_id"])}
    tables = settled.groupby("variable", sort=False)
    return Sample(words, counts, [_coded(str(frame), table, place, counts, together) for frame, table in tables])


def _together(articles: pd.DataFrame, groups: str | None) -> np.ndarray:
    """Return a number per article, the same for near-duplicates and for what shares a value of the column `groups`."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    # A text that is missing has only its title to be a copy by.
    texts = [text or title for title, text in zip(texts_of(articles, "title"), texts_of(articles, "text"), strict=True)]
    keys = [find_duplicates(articles.assign(text=texts))["group"]]
    keys += [pd.Series(texts_of(articles, groups)).replace("", None)] if groups else []
    n, links = len(articles), []
    for key in keys:
        first = key.groupby(key).transform(lambda same: same.index[0]).fillna(key.index.to_series())
        links.append(coo_matrix((np.ones(n), (np.arange(n), first.astype(int))), shape=(n, n)))
    return connected_components(sum(links), directed=False)[1]


def _count_words(articles: pd.DataFrame) -> tuple[list[str], "csr_matrix"]:
    from scipy.sparse import csr_matrix

    counted = [Counter(words) for _, words in words_of(articles)]
    spread = Counter(word for times in counted for word in times)
    words = sorted(word for word, number in spread.items() if number >= LEAST_ARTICLES)
    place = {word: column for column, word in enumerate(words)}
    cells = [(row, place[word], n) for row, times in enumerate(counted) for word, n in times.items() if word in place]
    if not cells:
        raise TableError("no word stands in two of the coded articles, so nothing can be learned. Are the texts empty?")
    rows, columns, values = zip(*cells, strict=True)
    return words, csr_matrix((np.array(values, float), (rows, columns)), shape=(len(counted), len(words)))


def _coded(frame: str, table: pd.DataFrame, place: dict[str, int], counts: "csr_matrix", groups: np.ndarray) -> Coded:
    known = table[table["article_id"].isin(list(place))]
    clear = known[known["value"].isin(["0", "1"])].sort_values("article_id")
    told = {
        "coded but not among the articles": len(table) - len(known),
        "left out because their coders were even": (known["value"] == "").sum(),
        "left out because their value is neither 1 nor 0": (~known["value"].isin(["", "0", "1"])).sum(),
    }
    rows = np.array([place[article_id] for article_id in clear["article_id"]], dtype=int)
    labels = (clear["value"] == "1").to_numpy(dtype=bool)
    notes = [f"{n} {what}." for what, n in told.items() if n]
    ids = clear["article_id"].tolist()
    return Coded(frame, counts[rows], labels, groups[rows], notes, _lack(labels, groups[rows]), ids)


def _lack(labels: np.ndarray, groups: np.ndarray) -> str:
    """Say why a frame cannot be learned, counting copies once; "" where it can."""
    for found, value in ((labels, 1), (~labels, 0)):
        if (texts := len(np.unique(groups[found]))) < LEAST_EACH:
            return f"No figure: {texts} different texts are coded {value}, and {LEAST_EACH} are needed."
    return ""
