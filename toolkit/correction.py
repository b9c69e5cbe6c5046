"""Correction: the share people would have found, from the share a machine finds and a sample that both have coded."""

import numpy as np
import pandas as pd

from toolkit.accuracy import answer_pairs
from toolkit.errors import TableError
from toolkit.extents import encode
from toolkit.intervals import DRAWS, tails
from toolkit.summary import category_of
from toolkit.tables import CORRECTED, as_table, marks_of

LEAST_OF_EACH = 10  # articles that people say show a category, and that do not
LEAST_SENSE = 0.1  # sensitivity + specificity - 1, below which a machine tells hardly more than a coin
MOST_SENSELESS = 0.025  # of drawn samples
PRIOR = 1 / 2  # of an article in each of the four cells
METHODS = ("back-calculation", "predictive values")


def corrected_shares(
    machine: pd.DataFrame, gold: pd.DataFrame, method: str = "back-calculation", seed: int = 1
) -> pd.DataFrame:
    """Share of articles in which something is present, as the machine finds and as its errors allow, a row a category.

    `machine` and `gold` as for `compare_to_gold`; the gold articles must be drawn at random from those of the machine.
    Columns: category, n (articles of the machine), gold (of them coded by people), raw, raw_low, raw_high (the
    machine's share), corrected, low, high (by people), sensitivity, specificity, method, note (why there is no
    corrected share). The intervals (95%) carry both sources of error, which articles the corpus holds and which of them
    were coded: they are percentiles of draws from what the four counts of the gold sample leave possible (a Dirichlet
    distribution with Jeffreys' prior, so that a machine without a mistake in the sample is not taken for perfect).

    Back-calculation inverts the table of misclassifications (Bachl and Scharkow 2017, doi
    10.1080/19312458.2017.1305103; for two classes Rogan and Gladen 1978, doi 10.1093/oxfordjournals.aje.a112510).
    With "predictive values" the share is that of people among what the machine finds, and among what it does not, each
    by its part of the corpus (Tenenbein 1970, doi 10.1080/01621459.1970.10481170): narrower, but wrong where the gold
    sample was drawn by what the machine had found.
    """
    if method not in METHODS:
        raise TableError(f"{method!r} is no way to correct shares. Use one of: {', '.join(METHODS)}.")
    if not (pairs := answer_pairs(machine, gold)):
        return as_table([], CORRECTED)
    kinds, names = encode(machine[category_of(machine)])
    found = marks_of(machine, "present").groupby(names[kinds]).agg(["count", "sum"])
    rows = []
    for name, cells in pairs:
        n, positive = found.loc[name]
        rows.append((name, *_corrected(cells.sum(axis=0), int(n), int(positive), method, seed)))
    return as_table(rows, CORRECTED)


def _corrected(cells: np.ndarray, n: int, positive: int, method: str, seed: int) -> tuple:
    tp, fp, fn, tn = map(int, cells)
    generator = np.random.default_rng(seed)
    drawn = generator.dirichlet(cells + PRIOR, size=DRAWS)
    coded, found = sum(cells), positive - tp - fp
    others = generator.beta(found + 0.5, n - coded - found + 0.5, size=DRAWS)
    raws = ((n - coded) * others + coded * drawn[:, :2].sum(axis=1)) / n
    raw_low, raw_high = np.quantile(raws, tails())
    facts = n, int(coded), positive / n, raw_low, raw_high
    sensitivity, specificity = (tp / (tp + fn) if tp + fn else np.nan), (tn / (tn + fp) if tn + fp else np.nan)
    note = _refused(tp + fn, fp + tn, sensitivity + specificity - 1)
    estimate = _back_calculated if method == METHODS[0] else _by_predictive_values
    values = estimate(raws, drawn)
    if not note and np.isnan(values).mean() > MOST_SENSELESS:
        note = "in other samples of this size the machine might tell no more than a coin: code more articles"
    if note:
        return *facts, np.nan, np.nan, np.nan, sensitivity, specificity, method, note
    value = estimate(np.array([positive / n]), cells[None, :].astype(float))[0]
    low, high = np.nanquantile(values, tails())
    return *facts, value, low, high, sensitivity, specificity, method, ""


def _refused(with_it: int, without: int, sense: float) -> str:
    """Return why a share cannot be corrected from a gold sample, "" where it can."""
    if min(with_it, without) < LEAST_OF_EACH:
        return f"people see it in {with_it} of the coded articles and not in {without}: {LEAST_OF_EACH} of each needed"
    return "the machine tells hardly more than a coin" if sense < LEAST_SENSE else ""


def _back_calculated(raw: np.ndarray, cells: np.ndarray) -> np.ndarray:
    tp, fp, fn, tn = cells.T
    with np.errstate(invalid="ignore", divide="ignore"):
        sensitivity, specificity = tp / (tp + fn), tn / (tn + fp)
        sense = sensitivity + specificity - 1
        return np.where(sense > 0, np.clip((raw + specificity - 1) / sense, 0, 1), np.nan)


def _by_predictive_values(raw: np.ndarray, cells: np.ndarray) -> np.ndarray:
    tp, fp, fn, tn = cells.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return raw * tp / (tp + fp) + (1 - raw) * fn / (fn + tn)
