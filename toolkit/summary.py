"""Summary: any finding per article -> shares and means per group, each with n and an interval.

Intervals come from a bootstrap by article (Efron and Tibshirani 1993), because the sentences of one article are not
independent of each other. Where there is one article, there is no interval.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.progress import progress
from toolkit.tables import SUMMARY, as_table, require

DRAWS = 2_000
LEVEL = 0.95
Z = 1.959964
PERIODS = {"year": 4, "month": 7, "day": 10}  # characters of an ISO date
FREQUENCIES = {"year": "Y", "month": "M", "week": "W-SUN", "day": "D"}
WHOLE = "all articles"
UNKNOWN = "(unknown)"
CELLS = 2_000_000  # resampled values held at once


def share_by(counts: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Share of articles in which something is present, one row per group and category.

    `counts` has article_id, a category column (frame, actor_id ...) and `present`. `by` is a column of `articles`, or
    year, month, week or day of publication, or "" for all articles together. Columns: group, category, n (articles in
    the group), value (a share of 1), low, high (95% interval), method (how the interval was made).
    """
    require(counts, ["article_id", "present"], source="counts")
    category = _category_of(counts)
    wide = counts.pivot(index="article_id", columns=category, values="present").astype(float)
    return _summarise(wide, counts[category].drop_duplicates(), articles, by, seed, binary=True)


def mean_by(scores: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Mean of each numeric column of `scores` (article_id and numbers), one row per group and column.

    Columns as in `share_by`; value is in the unit of the scores, and n counts the articles that have a value.
    """
    require(scores, ["article_id"], source="scores")
    wide = scores.set_index("article_id").select_dtypes("number")
    return _summarise(wide, wide.columns, articles, by, seed, binary=False)


def voice_by(counts: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Share of voice: each actor's part of all mentions in a group, one row per group and actor.

    `counts` as from `count_mentions`. Columns as in `share_by`; a group without any mention has value NaN.
    """
    require(counts, ["article_id", "actor_id", "mentions"], source="counts")
    wide = counts.pivot(index="article_id", columns="actor_id", values="mentions").astype(float)
    rows = []
    for group, table in _groups(wide, articles, by):
        totals, n = table.sum().to_numpy(), len(table)
        draws = _resample(table.to_numpy(), seed, lambda sums: sums / sums.sum(axis=1, keepdims=True))
        low, high = _percentiles(draws, np.full(len(totals), n))
        values = totals / totals.sum() if totals.sum() else np.full(len(totals), np.nan)
        names = map(str, table.columns)
        numbers = zip(names, values, low, high, strict=True)
        rows += [(group, name, *_with_method(n, *bounds, binary=False)) for name, *bounds in numbers]
    return as_table(rows, SUMMARY)


def count_articles(articles: pd.DataFrame, by: str = "outlet", period: str = "week") -> pd.DataFrame:
    """Count articles, one row per group and one column per period, zeros kept, so that gaps show.

    `period` is year, month, week (named by its Monday) or day. Articles without a date are not counted here.
    """
    periods, groups = group_of(articles, period), group_of(articles, by)
    dated = periods != UNKNOWN
    counts = pd.crosstab(groups[dated], periods[dated], dropna=False)
    counts.index.name = counts.columns.name = None
    if counts.empty:
        return counts
    every = pd.period_range(counts.columns.min(), counts.columns.max(), freq=FREQUENCIES[period])
    starts = every.start_time.strftime("%Y-%m-%d").str[: PERIODS.get(period, 10)]
    return counts.reindex(columns=starts, fill_value=0).reindex(groups.unique(), fill_value=0).sort_index()


def describe_articles(articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Describe what each group contributes, one row per group.

    Columns: group, articles, first, last (local days), words (median), and how many lack section, author and url.
    """
    require(articles, ["text", "published_local", "section", "author", "url"], source="articles")
    day = articles["published_local"].str[:10].replace("", None)
    lacking = {f"no {name}": (articles[name] == "").to_numpy() for name in ("section", "author", "url")}
    facts = articles.assign(
        group=group_of(articles, by).to_numpy(), words=article_lengths(articles), day=day, **lacking
    )
    grouped = facts.groupby("group")
    table = grouped.agg(
        articles=("words", "size"), first=("day", "min"), last=("day", "max"), words=("words", "median")
    )
    return table.join(grouped[list(lacking)].sum()).reset_index()


def article_lengths(articles: pd.DataFrame) -> pd.Series:
    """Count the words of each article's text, as parted by white space."""
    return require(articles, ["text"], source="articles")["text"].str.split().str.len()


def group_of(articles: pd.DataFrame, by: str) -> pd.Series:
    """Return the group of each article, indexed by article_id; unknown values are a group of their own."""
    require(articles, ["article_id"], source="articles")
    ids = pd.Index(articles["article_id"], name="article_id")
    if not by:
        return pd.Series(WHOLE, index=ids)
    if by in PERIODS or by == "week":
        return pd.Series(_periods(articles, by).to_numpy(), index=ids)
    if by not in articles.columns:
        known = ", ".join([*articles.columns, *PERIODS, "week"])
        raise TableError(f"articles cannot be grouped by {by!r}. Use one of: {known}.")
    names = articles[by].astype("str").fillna("").str.strip()
    return pd.Series(names.where(names != "", UNKNOWN).to_numpy(), index=ids)


def _periods(articles: pd.DataFrame, by: str) -> pd.Series:
    """Return the period of publication, by the outlet's local date where it is known, else by UTC."""
    dates = require(articles, ["published"], source="articles")["published"].dt.strftime("%Y-%m-%d").fillna("")
    if "published_local" in articles.columns:
        local = articles["published_local"].astype("str").fillna("").str[:10]
        dates = local.where(local != "", dates)
    if by == "week":
        days = pd.to_datetime(dates, errors="coerce")
        dates = (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d").fillna("")
    else:
        dates = dates.str[: PERIODS[by]]
    return dates.where(dates != "", UNKNOWN)


def _category_of(counts: pd.DataFrame) -> str:
    candidates = [column for column in ("frame", "actor_id", "category") if column in counts.columns]
    if not candidates:
        raise TableError("counts lacks a category column. Name it frame, actor_id or category.")
    return candidates[0]


def _groups(wide: pd.DataFrame, articles: pd.DataFrame, by: str) -> Iterator[tuple[str, pd.DataFrame]]:
    groups = group_of(articles, by).reindex(wide.index)
    if groups.isna().any():
        raise TableError(
            f"{groups.isna().sum()} articles of the findings are not in articles. Pass the same selection."
        )
    for group, table in wide.groupby(groups, sort=True):
        yield str(group), table


def _summarise(
    wide: pd.DataFrame, order: pd.Index | pd.Series, articles: pd.DataFrame, by: str, seed: int, binary: bool
) -> pd.DataFrame:
    rows = []
    for group, table in progress(list(_groups(wide[list(order)], articles, by)), "intervals"):
        values = table.to_numpy()
        n = (~np.isnan(values)).sum(axis=0)
        means = np.divide(np.nansum(values, axis=0), n, out=np.full(len(n), np.nan), where=n > 0)
        low, high = _percentiles(_draw_shares(means, n, seed) if binary else _draw_means(values, seed), n)
        for name, *numbers in zip(table.columns, n, means, low, high, strict=True):
            rows.append((group, str(name), *_with_method(*numbers, binary)))
    return as_table(rows, SUMMARY)


def _with_method(n: int, mean: float, low: float, high: float, binary: bool) -> tuple[int, float, float, float, str]:
    """Add how an interval was made; where all articles are alike every resample is too, and its width says nothing."""
    if n < 2 or low < high:
        return n, mean, low, high, _method(n)
    return _wilson(n, mean) if binary and mean in (0, 1) else (n, mean, np.nan, np.nan, "all alike, no interval")


def _wilson(n: int, share: float) -> tuple[int, float, float, float, str]:
    """Return Wilson's interval for a share of none or all."""
    edge = Z**2 / (n + Z**2)
    low, high = (0.0, edge) if share == 0 else (1 - edge, 1.0)
    return n, share, low, high, "Wilson, all alike"


def _draw_shares(shares: np.ndarray, n: np.ndarray, seed: int) -> np.ndarray:
    """Draw resampled shares: of yes and no, a bootstrap is exactly a binomial."""
    # The same seed for each, so that equal shares of equal n have equal intervals.
    pairs = zip(np.nan_to_num(shares), n, strict=True)
    draws = [np.random.default_rng(seed).binomial(size, share, DRAWS) / max(size, 1) for share, size in pairs]
    return np.column_stack(draws) if draws else np.empty((DRAWS, 0))


def _draw_means(values: np.ndarray, seed: int) -> np.ndarray:
    """Draw resampled column means, one row per draw; what is missing weighs nothing."""
    known = ~np.isnan(values)
    both = np.hstack([np.nan_to_num(values), known])
    return _resample(both, seed, lambda sums: sums[:, : values.shape[1]] / sums[:, values.shape[1] :])


def _resample(table: np.ndarray, seed: int, statistic: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Draw articles with replacement and return the statistic of their column sums, one row per draw."""
    n = len(table)
    generator = np.random.default_rng(seed)
    step = max(1, CELLS // n)
    draws = []
    for start in range(0, DRAWS, step):
        times = generator.multinomial(n, np.full(n, 1 / n), size=min(step, DRAWS - start)).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            draws.append(statistic(times @ table))
    return np.concatenate(draws)


def _percentiles(draws: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return the bounds of the middle 95% of draws per column, NaN where fewer than two articles speak."""
    bounds = np.full((2, draws.shape[1]), np.nan)
    speaks = (n >= 2) & ~np.isnan(draws).all(axis=0)
    if speaks.any():
        bounds[:, speaks] = np.nanquantile(draws[:, speaks], [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return bounds


def _method(n: int) -> str:
    return "bootstrap by article" if n > 1 else f"n = {n}, no interval"
