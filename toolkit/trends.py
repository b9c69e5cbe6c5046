"""Trends: how far the share of articles with a frame has changed from the first period to the last."""

import numpy as np
import pandas as pd

from toolkit.extents import each_once
from toolkit.robustness import compare_groups
from toolkit.summary import UNKNOWN, groups_along
from toolkit.tables import SUMMARY, as_table, require

LEAST = 10  # articles that a period needs to be compared


def change_over(
    counts: pd.DataFrame, articles: pd.DataFrame, period: str = "month", least: int = LEAST
) -> pd.DataFrame:
    """Change of the share of articles that show a frame, one row per frame.

    From the first to the last `period` (year, month, week or day) that has at least `least` articles; no row where
    fewer than two have. Columns as of other summaries: group (both periods), category (the frame), n (articles of
    both), value (share in the last less that in the first), low, high (95%, Newcombe), method. Two periods say nothing
    of what lies between them.
    """
    require(counts, ["article_id", "frame", "present"], source="counts")
    codes, names = groups_along(each_once(counts["article_id"])[1], articles, period)
    sizes = np.bincount(codes[codes >= 0], minlength=len(names))
    known = [name for name, size in zip(names, sizes, strict=True) if size >= least and name != UNKNOWN]
    if len(known) < 2:
        return as_table([], SUMMARY)
    first, last = known[0], known[-1]
    variants = {f"{first} to {last}": counts}
    frames = [str(name) for name in counts["frame"].drop_duplicates()]
    return pd.concat(
        [compare_groups(variants, articles, period, name, (last, first)) for name in frames], ignore_index=True
    )
