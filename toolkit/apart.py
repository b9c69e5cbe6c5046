"""Apart: how far two ways of scoring the same sentences agree, and where they do not."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.instruments import VADER, load_instrument
from toolkit.sentiment import NEUTRAL, score_sentences
from toolkit.tables import APART, SCORER_PAIRS, as_table, require

KEYS = ["article_id", "sentence_id"]


def score_by_each(
    sentences: pd.DataFrame,
    names: str,
    actors: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    mask: bool = True,
) -> dict[str, pd.DataFrame]:
    """Score sentences by each of some instruments ("vader; own.csv"), a table as of `score_sentences` by name.

    VADER with names masked is there with the names left in too. Arguments as of `score_sentences`; names as of
    `load_instrument`.
    """
    scores = {}
    for name in dict.fromkeys(part.strip() or VADER for part in names.split(";")):
        instrument = load_instrument(name)
        called = "VADER" if instrument is None else name.replace("\\", "/").rpartition("/")[2]
        scores[called] = score_sentences(sentences, actors, lexicon, mask, instrument)
        if instrument is None and mask:
            scores["VADER, names left in"] = scores[called].assign(compound=scores[called]["plain"])
    return scores


def compare_scores(scores: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Hold ways of scoring sentences against each other, one row per pair of them.

    `scores` are tables as of `score_sentences` by name. Columns: first, second, n (sentences that both have scored),
    correlation (Pearson's), same (share of sentences of the same class: compound beyond .05 either way, or neither),
    alpha (Krippendorff's, of three classes in order; missing where both give all the same class), first_mean,
    second_mean. Raises TableError for fewer than two tables.
    """
    if len(scores) < 2:
        raise TableError("one way of scoring cannot be compared. Give two tables of scores or more, by name.")
    rows = []
    for (first, one), (second, other) in combinations(scores.items(), 2):
        both = _joined(one, other)
        pair = both["first"].to_numpy(), both["second"].to_numpy()
        classes = [np.sign(values) * (np.abs(values) > NEUTRAL) for values in pair]
        varied = len(both) > 1 and all(np.ptp(values) > 0 for values in pair)
        correlation = np.corrcoef(*pair)[0, 1] if varied else np.nan
        same = (classes[0] == classes[1]).mean() if len(both) else np.nan
        means = [values.mean() if len(both) else np.nan for values in pair]
        rows.append((first, second, len(both), correlation, same, _alpha(*classes), *means))
    return as_table(rows, SCORER_PAIRS)


def _joined(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    tables = [
        require(table, [*KEYS, "compound"], source="scores").set_index(KEYS)["compound"].rename(name)
        for table, name in ((one, "first"), (other, "second"))
    ]
    return pd.concat(tables, axis=1, join="inner").dropna().reset_index()


def _alpha(one: np.ndarray, other: np.ndarray) -> float:
    """Return Krippendorff's alpha of two complete columns of classes as intervals."""
    every = np.concatenate([one, other])
    if len(one) < 2 or np.ptp(every) == 0:
        return np.nan
    expected = 2 * every.var() * len(every) / (len(every) - 1)
    return float(1 - ((one - other) ** 2).mean() / expected)


def find_apart(one: pd.DataFrame, other: pd.DataFrame, sentences: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """Find the sentences on which two ways of scoring differ most, one row per sentence, the widest first.

    Columns: article_id, sentence_id, first, second (compounds), difference (first less second), text.
    """
    both = _joined(one, other)
    both = both.assign(difference=both["first"] - both["second"]).merge(sentences[[*KEYS, "text"]], on=KEYS)
    both = both[both["difference"] != 0].sort_values("difference", key=lambda values: -values.abs(), kind="stable")
    return both.head(most)[list(APART)].reset_index(drop=True).astype(dict(APART))
