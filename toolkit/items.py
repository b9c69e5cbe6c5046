"""Items: the questions that make up a frame, each by itself, as coders are asked them."""

import numpy as np
import pandas as pd

from toolkit.extents import each_once, encode, locate
from toolkit.summary import share_of
from toolkit.tables import FRAMES, require

OF = ": "  # between a frame and its item


def by_item(frames: pd.DataFrame) -> pd.DataFrame:
    """Return a codebook in which each item is a frame of its own, called "frame: item"; exclusions go with each."""
    kinds = frames["kind"]
    items = frames[kinds == "include"].drop_duplicates(["frame", "item"])[["frame", "item"]]
    excluded = frames[kinds == "exclude"].drop(columns="item").merge(items, on="frame")
    every = pd.concat([frames[kinds == "include"], excluded[frames.columns]])
    named = every.assign(frame=every["frame"] + OF + every["item"])
    order = {name: number for number, name in enumerate(items["frame"] + OF + items["item"])}
    return named.sort_values("frame", key=lambda names: names.map(order), kind="stable").reset_index(drop=True)


def share_by_item(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    frames: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "",
    seed: int = 1,
) -> pd.DataFrame:
    """Share of articles in which an item has a hit, one row per group and item.

    Columns as in `share_by`; the category is "frame: item". One sentence with a hit is enough. An item that cannot be
    assessed from text has no row.
    """
    require(frames, FRAMES, source="frames")
    order = pd.Index(by_item(frames).query("kind == 'include'")["frame"].drop_duplicates(), dtype="str")
    ids, known = each_once(require(sentences, ["article_id"], source="sentences")["article_id"])
    (frame, of), (item, items) = encode(hits["frame"]), encode(hits["item"])
    names = pd.Index([f"{one}{OF}{two}" for one in of for two in items], dtype="str")
    rows, kinds = locate(hits, sentences), order.get_indexer(names)[frame * len(items) + item]
    inside = (rows >= 0) & (kinds >= 0)
    shown = np.zeros((len(known), len(order)), dtype=bool)
    shown[ids[rows[inside]], kinds[inside]] = True
    return share_of(shown, known, order, articles, by, seed)
