"""Reliability: how far coders agree, beyond what chance would give them, and where they do not.

Krippendorff's alpha (Krippendorff 2019, Content Analysis, 4th ed., chapter 12; doi 10.4135/9781071878781), Gwet's AC1
(2008, doi 10.1348/000711006X126600) beside it for rare categories, and plain percent agreement, over any number of
coders, with codings missing.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from toolkit.codings import number_of, tidy_codings
from toolkit.errors import TableError
from toolkit.intervals import resample, tails
from toolkit.tables import AGREEMENT, CODINGS, DISAGREEMENTS, as_table

LEVELS = ("nominal", "ordinal", "interval")
LEAST_UNITS = 10  # for an interval
MOST_LOST = 0.01  # share of drawn samples without an alpha that goes unsaid
YES_AND_NO = ("0", "1")
MOST_CELLS = 20_000_000  # articles x values x values, held at once for the ordinal level


def agreement(codings: pd.DataFrame, level: str = "nominal", seed: int = 1) -> pd.DataFrame:
    """Measure how far coders agree on each variable, one row per variable.

    `codings` has article_id, coder, variable and value; an empty value is no coding. Columns: variable, level, coders,
    units (articles coded by two or more), codings (of those articles), alpha (Krippendorff's), low, high (95% interval,
    bootstrapped by article), percent (share of pairs of codings that are equal), ac1 (Gwet's, nominal at every level),
    prevalence (share of codings that are 1 where the values are 0 and 1, else of the most frequent value), note (why
    there is no alpha, or what to keep in mind).

    Where nobody or only one coder used one of two values, agreement on it was not put to the test: alpha is undefined,
    not near 1. Raises TableError for an unknown level, a coder who codes an article twice, or a value that is no number
    where the level needs numbers.
    """
    if level not in LEVELS:
        raise TableError(f"{level!r} is no level of measurement. Use one of: {', '.join(LEVELS)}.")
    table = tidy_codings(codings)
    rows = (_row(name, own, level, seed) for name, own in table.groupby("variable", sort=False))
    return as_table(rows, AGREEMENT)


def _row(variable: str, own: pd.DataFrame, level: str, seed: int) -> tuple:
    counts = pd.crosstab(own["article_id"], own["value"])
    scale = _scale(list(counts.columns), variable, level)
    counts = counts[list(scale)]
    paired = counts[counts.sum(axis=1) >= 2]
    shares = paired.sum() / max(1, paired.to_numpy().sum())
    prevalence = shares.get("1", 0.0) if set(counts) <= set(YES_AND_NO) else shares.max()
    prevalence = prevalence if len(paired) else np.nan
    facts = variable, level, own["coder"].nunique(), len(paired), int(paired.to_numpy().sum())
    company = _percent(paired.to_numpy()), _ac1(paired.to_numpy(), counts.to_numpy()), prevalence
    if why := _undefined(own[own["article_id"].isin(paired.index)], facts[2], len(paired)):
        return *facts, np.nan, np.nan, np.nan, *company, why
    if level == "ordinal" and len(paired) * len(scale) ** 2 > MOST_CELLS:
        raise TableError(
            f"codings: {variable} has {len(scale):,} values in {len(paired):,} articles, too many for ordinal. "
            "Use interval, or fewer classes."
        )
    table, alpha_of = _alpha(paired.to_numpy(dtype=float), np.array(list(scale.values())), level)
    low, high, note = _interval(table, alpha_of, seed)
    return *facts, alpha_of(table.sum(axis=0, keepdims=True))[0], low, high, *company, note


def _scale(values: list[str], variable: str, level: str) -> dict[str, float]:
    """Return the values in their order, each with its number; only its place is used at the ordinal level."""
    if level == "nominal":
        return {value: place for place, value in enumerate(sorted(values))}
    numbers = {value: number_of(value) for value in values}
    if wrong := next((value for value, number in numbers.items() if np.isnan(number)), ""):
        raise TableError(f"codings: {variable} holds {wrong!r}, which is no number. Code numbers, or use nominal.")
    return dict(sorted(numbers.items(), key=lambda pair: pair[1]))


def _undefined(paired: pd.DataFrame, coders: int, units: int) -> str:
    """Return why there is no alpha, "" where there is one."""
    if coders < 2:
        return "undefined: one coder"
    if not units:
        return "undefined: no article was coded by two coders"
    users = paired.groupby("value")["coder"].nunique()
    if len(users) == 1:
        return f"undefined: every coding is {users.index[0]}"
    if len(users) == 2 and users.min() == 1:
        return f"undefined: only one coder used {users.idxmin()}"
    return ""


def _alpha(counts: np.ndarray, scale: np.ndarray, level: str) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """Return what each article adds to the observed and the expected disagreement, and alpha of sums of such rows."""
    sizes = counts.sum(axis=1, keepdims=True)
    if level == "ordinal":
        # Krippendorff's metric depends on how often each value is used, so the pairs of values are kept apart.
        pairs = counts[:, :, None] * counts[:, None, :]
        pairs[:, np.arange(counts.shape[1]), np.arange(counts.shape[1])] -= counts
        return np.hstack([counts, (pairs / (sizes - 1)[:, :, None]).reshape(len(counts), -1)]), _ordinal
    if level == "nominal":
        observed = (sizes**2 - (counts**2).sum(axis=1, keepdims=True)) / (sizes - 1)
        return np.hstack([counts, observed]), _nominal
    centred = scale - np.average(scale, weights=counts.sum(axis=0))
    moments = np.hstack([sizes, counts @ centred[:, None], counts @ (centred**2)[:, None]])
    observed = 2 * (moments[:, :1] * moments[:, 2:] - moments[:, 1:2] ** 2) / (sizes - 1)
    return np.hstack([moments, observed]), _interval_alpha


def _nominal(sums: np.ndarray) -> np.ndarray:
    counts, observed = sums[:, :-1], sums[:, -1]
    n = counts.sum(axis=1)
    return _one_minus(observed / n, (n**2 - (counts**2).sum(axis=1)) / (n * (n - 1)))


def _interval_alpha(sums: np.ndarray) -> np.ndarray:
    n, total, squares, observed = sums.T
    return _one_minus(observed / n, 2 * (n * squares - total**2) / (n * (n - 1)))


def _ordinal(sums: np.ndarray) -> np.ndarray:
    size = int((np.sqrt(1 + 4 * sums.shape[1]) - 1) / 2)  # of size + size ** 2 columns
    counts, pairs = sums[:, :size], sums[:, size:].reshape(len(sums), size, size)
    middle = counts.cumsum(axis=1) - counts / 2
    metric = (middle[:, :, None] - middle[:, None, :]) ** 2
    n = counts.sum(axis=1)
    expected = (counts[:, :, None] * counts[:, None, :] * metric).sum(axis=(1, 2)) / (n * (n - 1))
    return _one_minus((pairs * metric).sum(axis=(1, 2)) / n, expected)


def _one_minus(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _interval(table: np.ndarray, alpha_of: Callable[[np.ndarray], np.ndarray], seed: int) -> tuple[float, float, str]:
    if len(table) < LEAST_UNITS:
        return np.nan, np.nan, f"n = {len(table)}, no interval"
    drawn = resample(table, seed, alpha_of)
    low, high = np.nanquantile(drawn, tails())
    # A drawn sample in which every coding is the same has no alpha: the interval is that of the others.
    lost = np.isnan(drawn).mean()
    return low, high, f"{lost:.0%} of the drawn samples had no variation" if lost > MOST_LOST else ""


def _percent(counts: np.ndarray) -> float:
    """Return the share of pairs of codings of an article that are equal, each article counting once."""
    sizes = counts.sum(axis=1)
    return float(((counts * (counts - 1)).sum(axis=1) / (sizes * (sizes - 1))).mean()) if len(counts) else np.nan


def _ac1(paired: np.ndarray, counts: np.ndarray) -> float:
    """Return Gwet's AC1; chance agreement is reckoned from every coded article, observed agreement from the pairs."""
    values = counts.shape[1]
    if values < 2 or not len(paired):
        return np.nan
    shares = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    chance = (shares * (1 - shares)).sum() / (values - 1)
    return (_percent(paired) - chance) / (1 - chance)


def find_disagreements(codings: pd.DataFrame) -> pd.DataFrame:
    """List what coders have to talk about, one row per article and variable that they coded differently.

    Columns: variable, article_id, values (each value with the coders who gave it, the most frequent first).
    """
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for article_id, coder, variable, value in tidy_codings(codings)[list(CODINGS)].itertuples(index=False):
        found.setdefault((variable, article_id), {}).setdefault(value, []).append(coder)
    rows = (
        (*key, "; ".join(f"{value}: {', '.join(sorted(names))}" for value, names in _most_first(coders)))
        for key, coders in found.items()
        if len(coders) > 1
    )
    return as_table(rows, DISAGREEMENTS)


def _most_first(coders: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    return sorted(coders.items(), key=lambda pair: -len(pair[1]))
