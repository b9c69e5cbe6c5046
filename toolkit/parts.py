"""Parts: in which part of an article, its title, lead or body, frames stand."""

import numpy as np
import pandas as pd

from toolkit.extents import codes_in, each_once, locate
from toolkit.framing import assessed_frames
from toolkit.summary import share_of
from toolkit.tables import SUMMARY, require

PARTS = ("title", "lead", "body")


def share_by_part(
    hits: pd.DataFrame, sentences: pd.DataFrame, frames: pd.DataFrame, articles: pd.DataFrame, seed: int = 1
) -> pd.DataFrame:
    """Share of articles that show a frame in a part, one row per part and frame.

    Columns as in `share_by`; group is the part (title, lead or body), n the articles that have it. One sentence with a
    hit is enough.
    """
    require(sentences, ["article_id", "part"], source="sentences")
    order = pd.Index(assessed_frames(frames), dtype="str")
    rows, frame = locate(hits, sentences), codes_in(hits["frame"], order)
    rows, frame = rows[frame >= 0], frame[frame >= 0]
    tables = []
    for name in PARTS:
        inside = (sentences["part"] == name).to_numpy()
        ids, known = each_once(sentences.loc[inside, "article_id"])
        places = np.full(len(sentences) + 1, -1)  # also of what is in no sentence
        places[:-1][inside] = ids
        own = places[rows]
        shown = np.zeros((len(known), len(order)), dtype=bool)
        shown[own[own >= 0], frame[own >= 0]] = True
        tables += [share_of(shown, known, order, articles, seed=seed).assign(group=name)] if len(known) else []
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(SUMMARY))
