"""Target trials: how well tone towards a target is told in marked sentences, whichever way it is told.

Sentences in which several are marked never stand on both sides of a trial of what was learned.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit.intervals import resample, tails
from toolkit.progress import progress
from toolkit.sentiment import columns_of
from toolkit.tables import TARGET_TRIALS, as_table, require, texts_of
from toolkit.target_features import features_of
from toolkit.target_training import fit_targets, labels_of, probabilities_of
from toolkit.targets import LABELS


def hold_out_targets(sentences: pd.DataFrame, mentions: pd.DataFrame, seed: int = 1, folds: int = 5) -> list[str]:
    """Return the label of each mention by what the other folds teach; one sentence is never in two folds."""
    from sklearn.model_selection import StratifiedGroupKFold

    labels = labels_of(mentions)
    found = list(features_of(sentences, mentions, columns_of(None).scorer))
    keys = zip(texts_of(sentences, "article_id"), sentences["sentence_id"], strict=True)
    texts = dict(zip(keys, texts_of(sentences, "text"), strict=True))
    groups = pd.factorize(pd.Series([texts[features.ids[:2]] for features in found]))[0]
    judged = np.empty(len(found), dtype=object)
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    for learned, rest in progress(splitter.split(groups, labels, groups), "cross-validation", total=folds):
        model = fit_targets([found[number] for number in learned], labels[learned])
        judged[rest] = np.array(LABELS)[probabilities_of([found[number] for number in rest], model).argmax(axis=1)]
    return judged.tolist()


def cross_validate_targets(
    sentences: pd.DataFrame, mentions: pd.DataFrame, seed: int = 1, folds: int = 5
) -> pd.DataFrame:
    """Measure how well tone towards targets is told in sentences not learned from, a row for all labels, then each.

    Columns: label (macro: the mean over labels), n (mentions), precision, recall, f1, low, high (95% interval of F1,
    bootstrap by sentence). Equal sentences are never on both sides. Arguments as in `train_targets`.
    """
    found = np.array(hold_out_targets(sentences, mentions, seed, folds))
    return score_labels(mentions, found, seed)


def score_labels(mentions: pd.DataFrame, found: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """Hold labels against the column polarity of `mentions`, a row for all labels and one for each.

    Columns as of `cross_validate_targets`, whichever way the labels were found.
    """
    gold, found = np.array(texts_of(require(mentions, ["polarity"], source="mentions"), "polarity")), np.array(found)
    marks = [mark for label in LABELS for mark in ((gold == label) & (found == label), found == label, gold == label)]
    groups = [mentions["article_id"].to_numpy(), mentions["sentence_id"].to_numpy()]
    sums = pd.DataFrame(np.column_stack(marks).astype(float)).groupby(groups).sum().to_numpy()
    draws = resample(sums, seed, _f1)
    bounds = np.quantile(np.column_stack([draws.mean(axis=1), draws]), tails(), axis=0).T
    f1 = _f1(sums.sum(axis=0)[None])[0]
    both, chosen, known = sums.sum(axis=0).reshape(-1, 3).T
    precision, recall = both / np.maximum(1, chosen), both / np.maximum(1, known)
    rows = [
        ("macro", len(gold), precision.mean(), recall.mean(), f1.mean()),
        *zip(LABELS, known, precision, recall, f1, strict=True),
    ]
    return as_table(((*row, *interval) for row, interval in zip(rows, bounds, strict=True)), TARGET_TRIALS)


def _f1(sums: np.ndarray) -> np.ndarray:
    """Return F1 of each label, one row per row of sums: right, found and known of each label."""
    return 2 * sums[:, ::3] / np.maximum(1, sums[:, 1::3] + sums[:, 2::3])
