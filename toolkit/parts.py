"""Parts: in which part of an article, its title, lead or body, frames stand."""

import pandas as pd

from toolkit.framing import count_hits
from toolkit.summary import share_by
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
    found = [sentences[sentences["part"] == part] for part in PARTS]
    shares = [share_by(count_hits(hits, part, frames), articles, seed=seed) for part in found if len(part)]
    names = [name for name, part in zip(PARTS, found, strict=True) if len(part)]
    tables = [share.assign(group=name) for name, share in zip(names, shares, strict=True)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(SUMMARY))
