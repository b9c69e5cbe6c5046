"""Towards: the tone towards each actor, by group of articles, from the tone of single mentions."""

import numpy as np
import pandas as pd

from toolkit.summary import group_of, mean_by
from toolkit.tables import TARGET_TONE, as_table, require, texts_of
from toolkit.targets import LABELS

FEW = 20  # mentions, below which a row says little


def tone_towards(targets: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Mean tone towards each actor, one row per group of articles and actor that it names, most mentions first.

    `targets` as from `score_targets` or `classify_targets`. Columns as in `share_by`: category is the actor_id, n
    counts the articles of the group that name the actor, value is the mean over these of the mean of their mentions,
    its interval by article; and mentions, negative, neutral, positive (shares of the mentions). Under 20 mentions a row
    says little. Mentions that belong to nobody are left out.
    """
    require(targets, ["article_id", "actor_id", "compound", "label"], source="targets")
    ids, actors = texts_of(targets, "article_id"), texts_of(targets, "actor_id")
    marks = {label: (targets["label"] == label).to_numpy(dtype=float) for label in LABELS}
    table = pd.DataFrame({"article_id": ids, "actor_id": actors, "compound": targets["compound"].to_numpy(), **marks})
    table = table[table["actor_id"] != ""]
    if table.empty:
        return as_table([], TARGET_TONE)
    wide = table.pivot_table(index="article_id", columns="actor_id", values="compound", aggfunc="mean").reset_index()
    means = mean_by(wide, articles, by, seed)
    means = means.assign(low=means["low"].clip(-1, 1), high=means["high"].clip(-1, 1))
    counted = table.assign(group=group_of(articles, by).reindex(table["article_id"]).astype(str).to_numpy(), mentions=1)
    counts = (
        counted.groupby(["group", "actor_id"]).agg({"mentions": "sum", **dict.fromkeys(LABELS, "mean")}).reset_index()
    )
    joined = means[means["n"] > 0].merge(counts.rename(columns={"actor_id": "category"}), on=["group", "category"])
    totals = table["actor_id"].value_counts()
    order = np.lexsort([joined["group"], joined["category"], -joined["category"].map(totals)])
    return joined.iloc[order][list(TARGET_TONE)].reset_index(drop=True).astype(dict(TARGET_TONE))


def few_mentions(table: pd.DataFrame, least: int = FEW) -> pd.Series:
    """Say of each row whether it rests on too few mentions, to be shown in grey."""
    return require(table, ["mentions"], source="table")["mentions"] < least
