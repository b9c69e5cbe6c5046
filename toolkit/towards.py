"""Towards: the tone towards each actor, by group of articles, from the tone of single mentions."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from toolkit.extents import Codes, each_once, encode
from toolkit.intervals import LARGE
from toolkit.summary import groups_along, mean_rows, split_by
from toolkit.tables import SUMMARY, TARGET_SUMS, TARGET_TONE, as_table, require
from toolkit.targets import LABELS

FEW = 20  # mentions, below which a row says little


def sum_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Sum up the tone towards actors, one row per article and actor that it names, for `tone_towards`.

    `targets` as from `score_targets` or `classify_targets`. Columns: article_id, actor_id, mentions, compound (mean),
    negative, neutral, positive (mentions of each label). Mentions that belong to nobody are left out.
    """
    require(targets, ["article_id", "actor_id", "compound", "label"], source="targets")
    marks = {label: (targets["label"] == label).astype("int64") for label in LABELS}
    table = targets[["article_id", "actor_id", "compound"]].assign(mentions=1, **marks)
    grouped = table[table["actor_id"] != ""].groupby(["article_id", "actor_id"], sort=False)
    sums = grouped.agg({"mentions": "sum", "compound": "mean", **dict.fromkeys(LABELS, "sum")}).reset_index()
    return sums[list(TARGET_SUMS)].astype(dict(TARGET_SUMS))


def tone_towards(targets: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Mean tone towards each actor, one row per group of articles and actor that it names, most mentions first.

    `targets` as from `score_targets` or `classify_targets`, or from `sum_targets`. Columns as in `share_by`: category
    is the actor_id, n counts the articles of the group that name the actor, value is the mean over these of the mean of
    their mentions, its interval by article; and mentions, negative, neutral, positive (shares of the mentions). Under
    20 mentions a row says little. Mentions that belong to nobody are left out.
    """
    sums = targets if "mentions" in targets else sum_targets(targets)
    if sums.empty:
        return as_table([], TARGET_TONE)
    (ids, known), (who, actors) = each_once(sums["article_id"]), encode(sums["actor_id"])
    codes, names = groups_along(known, articles, by)
    cells, numbers = codes[ids].astype("int64") * len(actors) + who, ["mentions", *LABELS]
    counts = sums[numbers].groupby(cells).sum()
    counts = counts.assign(group=names[counts.index // len(actors)], category=actors[counts.index % len(actors)])
    counts[list(LABELS)] = counts[list(LABELS)].div(counts["mentions"], axis=0)
    rows, compound = [], sums["compound"].to_numpy()
    for group, own in split_by(known, articles, by):
        place = np.full(len(known), -1, dtype="int32")
        place[own] = np.arange(len(own), dtype="int32")
        at = place[ids]
        inside = at >= 0
        for table in _tables(at[inside], who[inside], compound[inside], len(own), actors):
            rows += mean_rows(group, table, seed)
    means = as_table(rows, SUMMARY)
    means = means.assign(low=means["low"].clip(-1, 1), high=means["high"].clip(-1, 1))
    joined = means[means["n"] > 0].merge(counts, on=["group", "category"])
    totals = pd.Series(np.bincount(who, sums["mentions"]), index=actors)
    order = np.lexsort([joined["group"], joined["category"], -joined["category"].map(totals)])
    return joined.iloc[order][list(TARGET_TONE)].reset_index(drop=True).astype(dict(TARGET_TONE))


def _tables(rows: Codes, who: Codes, values: np.ndarray, n: int, actors: pd.Index) -> Iterator[pd.DataFrame]:
    """Yield tables of articles by actors, of very many articles an actor at a time: most articles name few of them."""
    if n <= LARGE:
        wide = np.full((n, len(actors)), np.nan)
        wide[rows, who] = values
        yield pd.DataFrame(wide, columns=actors)
        return
    order = np.argsort(who, kind="stable")
    for actor, own in enumerate(np.split(order, np.searchsorted(who[order], np.arange(1, len(actors))))):
        column = np.full(n, np.nan)
        column[rows[own]] = values[own]
        yield pd.DataFrame({actors[actor]: column})


def few_mentions(table: pd.DataFrame, least: int = FEW) -> pd.Series:
    """Say of each row whether it rests on too few mentions, to be shown in grey."""
    return require(table, ["mentions"], source="table")["mentions"] < least
