"""Sampling: the articles that people are asked to code."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.summary import group_of
from toolkit.tables import require


def sample_articles(
    articles: pd.DataFrame, size: int = 200, by: Sequence[str] = ("outlet",), seed: int = 1
) -> pd.DataFrame:
    """Draw articles at random for people to code, one row per article, in random order.

    Each stratum, such as an outlet or with by=("outlet", "year") an outlet in a year, gives its part of the sample
    (proportional allocation, the largest remainders rounded up), so that the sample stands for the corpus as it is.
    What a machine found plays no part. Articles without a text are left out. Columns as of `articles`. Raises
    TableError for a size below 1 or a column that is not there.
    """
    require(articles, ["article_id", "text"], source="articles")
    if size < 1:
        raise TableError(f"size must be 1 or more, not {size}.")
    coded = articles[articles["text"] != ""].sort_values("article_id")
    strata = pd.Series("", index=coded.index)
    for column in by:
        strata += "\x1f" + pd.Series(group_of(coded, column).to_numpy(), index=coded.index)
    generator = np.random.default_rng(seed)
    numbers = _allocated(strata.value_counts().sort_index(), min(size, len(coded)))
    drawn = [generator.permutation(coded.index[strata == stratum])[:number] for stratum, number in numbers.items()]
    order = generator.permutation(np.concatenate(drawn)) if drawn else []
    return articles.loc[order].reset_index(drop=True)


def _allocated(sizes: pd.Series, size: int) -> dict[str, int]:
    """Return how many articles each stratum gives: its part of the sample, the largest remainders rounded up."""
    exact = sizes * size / max(1, sizes.sum())
    numbers = exact.astype(int)
    rest = (exact - numbers).sort_values(ascending=False, kind="stable").index[: size - numbers.sum()]
    numbers[rest] += 1
    return numbers.to_dict()
