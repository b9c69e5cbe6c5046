"""Intervals: between which values a share or a mean may lie, if these articles are a sample of the coverage.

Bootstrap by article (Efron and Tibshirani 1993), because the sentences of one article are not independent of each
other. Its percentiles are too narrow for few articles, so there Wilson's interval (1927, doi
10.1080/01621459.1927.10502953) stands for shares, and Student's t for means and ratios. Of very many articles means and
ratios are as good as normal, and the bootstrap would only take longer to say so: there the interval is the normal one,
of ratios by their residuals (Cochran 1977, Sampling Techniques, section 6.4).
"""

from collections.abc import Callable
from math import sqrt

import numpy as np

Interval = tuple[float, float, str]  # low, high, how it was made

DRAWS = 2_000
LEVEL = 0.95
Z = 1.959964
ENOUGH_OF_EACH = 10  # articles with and articles without, for a bootstrapped share
ENOUGH = 20  # articles, for a bootstrapped mean or ratio
LARGE = 2_000  # articles, in a group, above which the interval of a mean or ratio is the normal one
CELLS = 2_000_000  # resampled values held at once
BOOTSTRAP = "bootstrap by article"
STUDENTS_T = "Student's t"
NORMAL = "normal approximation"
ALIKE = "all alike, no interval"
# The 97.5th percentile of Student's t for 1, 2, 3 ... degrees of freedom.
STUDENT = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093),
)


def no_interval(n: int) -> Interval:
    """Return no bounds, and why: too few articles."""
    return np.nan, np.nan, f"n = {n}, no interval"


def share_interval(found: int, n: int, seed: int) -> Interval:
    """Return the interval of `found` of `n` articles; it depends on these two numbers and the seed alone."""
    if n < 2:
        return no_interval(n)
    if min(found, n - found) < ENOUGH_OF_EACH:
        return *wilson(found / n, n), "Wilson"
    # Of yes and no, a bootstrap is exactly a binomial.
    draws = np.random.default_rng(seed).binomial(n, found / n, DRAWS) / n
    low, high = np.quantile(draws, tails())
    return low, high, BOOTSTRAP


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's bounds of a share of n."""
    centre, scale = share + Z**2 / (2 * n), 1 + Z**2 / n
    reach = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    low, high = (centre - reach) / scale, (centre + reach) / scale
    return max(0.0, low) if share else 0.0, min(1.0, high) if share < 1 else 1.0


def mean_intervals(values: np.ndarray, seed: int) -> list[Interval]:
    """Return the interval of the mean of each column; NaN is no article's value."""
    known = ~np.isnan(values)
    if len(values) > LARGE:  # few of them may have some value
        columns = (column[has][:, None] for column, has in zip(values.T, known.T, strict=True))
        return [mean_intervals(column, seed)[0] if len(column) < ENOUGH else _normal(column) for column in columns]
    both = np.hstack([np.nan_to_num(values), known])
    half = values.shape[1]
    large = known.sum(axis=0).max(initial=0) >= ENOUGH
    draws = resample(both, seed, lambda sums: sums[:, :half] / sums[:, half:]) if large else None
    return [_mean_interval(column[~np.isnan(column)], draws, number) for number, column in enumerate(values.T)]


def _normal(values: np.ndarray) -> Interval:
    reach = Z * values.std(ddof=1) / sqrt(len(values))
    return (values.mean() - reach, values.mean() + reach, NORMAL) if np.ptp(values) else (np.nan, np.nan, ALIKE)


def _mean_interval(values: np.ndarray, draws: np.ndarray | None, number: int) -> Interval:
    n = len(values)
    if n < 2:
        return no_interval(n)
    if np.ptp(values) == 0:
        return np.nan, np.nan, ALIKE
    if n < ENOUGH or draws is None:
        reach = STUDENT[n - 2] * values.std(ddof=1) / sqrt(n)
        return values.mean() - reach, values.mean() + reach, STUDENTS_T
    low, high = np.nanquantile(draws[:, number], tails())
    return low, high, BOOTSTRAP


def ratio_intervals(table: np.ndarray, seed: int, totals: np.ndarray | None = None) -> list[Interval]:
    """Return the interval of each column's part of `totals` (one per article), or of the sum of all columns."""
    totals = table.sum(axis=1) if totals is None else totals
    n, total = len(table), totals.sum()
    if n < 2 or not total:
        return [no_interval(n)] * table.shape[1]
    if not ENOUGH <= n <= LARGE:
        parts = table.sum(axis=0) / total
        residuals = table - totals[:, None] * parts
        times, method = (STUDENT[n - 2], STUDENTS_T) if n < ENOUGH else (Z, NORMAL)
        reach = times * np.sqrt(n / (n - 1) * (residuals**2).sum(axis=0)) / total
        bounds = zip(np.maximum(parts - reach, 0), np.minimum(parts + reach, 1), strict=True)
    else:
        draws = resample(np.column_stack([table, totals]), seed, lambda sums: sums[:, :-1] / sums[:, -1:])
        bounds, method = np.nanquantile(draws, tails(), axis=0).T, BOOTSTRAP
    return [(low, high, method) if low < high else (np.nan, np.nan, ALIKE) for low, high in bounds]


def tails() -> list[float]:
    """Return the quantiles between which the interval lies."""
    return [(1 - LEVEL) / 2, (1 + LEVEL) / 2]


def resample(
    table: np.ndarray, seed: int, statistic: Callable[[np.ndarray], np.ndarray], times: np.ndarray | None = None
) -> np.ndarray:
    """Draw articles (rows) with replacement and return the statistic of their column sums, one row per draw.

    With `times` a row stands for so many articles that are alike.
    """
    rows = len(table)
    n, chances = (rows, np.full(rows, 1 / rows)) if times is None else (int(times.sum()), times / times.sum())
    generator = np.random.default_rng(seed)
    step = max(1, CELLS // rows)
    draws = []
    for start in range(0, DRAWS, step):
        drawn = generator.multinomial(n, chances, size=min(step, DRAWS - start)).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            draws.append(statistic(drawn @ table))
    return np.concatenate(draws)
