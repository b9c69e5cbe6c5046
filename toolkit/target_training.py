"""Target training: tone towards a target learned from marked sentences, and told in others.

Words by tf-idf and a few numbers (`target_features`) in a logistic regression, its labels weighted alike. What it is
worth on sentences it has not seen, `cross_validate_targets` says.
"""

from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.errors import TableError, ToolkitError
from toolkit.lexicons import read_rows
from toolkit.paths import resolve
from toolkit.sentiment import columns_of
from toolkit.tables import TARGET_SCORES, as_table, require, texts_of
from toolkit.target_features import NUMBERS, Features, features_of
from toolkit.target_models import TargetModel, load_target_model
from toolkit.targets import LABELS, score_targets

LEAST = 3  # mentions that have a word, for it to be learned
LEAST_EACH = 20  # mentions of each label
STRENGTH = 3.0  # inverse strength of the L2 penalty
SHARE = 0.5  # what the numbers weigh beside words of length 1
DIGITS = 4  # of weights
CODES = {"-1": "negative", "0": "neutral", "1": "positive"} | {label: label for label in LABELS}


class Marked(NamedTuple):
    """Sentences, and mentions in them with the tone that people saw: a column polarity."""

    sentences: pd.DataFrame
    mentions: pd.DataFrame


def load_target_labels(path: str | Path) -> Marked:
    """Read marked sentences from a CSV file: two tables, sentences and mentions, the latter with a column polarity.

    The file has sentence, start, end (offsets of the target in the sentence) and polarity (negative, neutral, positive,
    or -1, 0, 1), one row per target. Equal sentences are one. Raises ToolkitError with file and line for offsets
    outside the sentence and another polarity.
    """
    path = resolve(path)
    numbers: dict[str, int] = {}
    rows = []
    for line, row in read_rows(path, ("sentence", "start", "end", "polarity")):
        label, start, end = CODES.get(row["polarity"].lower()), row["start"], row["end"]
        if label is None:
            raise ToolkitError(
                f"{path.name}:{line}: {row['polarity'][:40]!r} is no polarity. Use: {', '.join(LABELS)}."
            )
        if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(row["sentence"])):
            raise ToolkitError(
                f"{path.name}:{line}: {start[:20]}-{end[:20]} is not in the sentence. Count characters from 0."
            )
        number = numbers.setdefault(row["sentence"], len(numbers))
        rows.append((f"{number:06}", 0, int(start), int(end), label))
    ids = [f"{number:06}" for number in numbers.values()]
    sentences = pd.DataFrame({"article_id": ids, "sentence_id": 0, "text": list(numbers)})
    return Marked(sentences, pd.DataFrame(rows, columns=["article_id", "sentence_id", "start", "end", "polarity"]))


def train_targets(sentences: pd.DataFrame, mentions: pd.DataFrame) -> TargetModel:
    """Learn the tone towards targets from mentions with a column polarity: a model, for `classify_targets`.

    Raises ToolkitError where the extra [ml] is not installed, TableError for fewer than 20 mentions of any label.
    """
    labels = labels_of(mentions)
    return fit_targets(list(features_of(sentences, mentions, columns_of(None).scorer)), labels)


def labels_of(mentions: pd.DataFrame) -> np.ndarray:
    """Return the polarity of each mention; raise ToolkitError where there is too little, or nothing, to learn with."""
    if find_spec("sklearn") is None:
        raise ToolkitError('scikit-learn is not installed. Tone is learned with it: pip install -e ".[ml]"')
    labels = np.array(texts_of(require(mentions, ["polarity"], source="mentions"), "polarity"))
    for label in LABELS:
        if (labels == label).sum() < LEAST_EACH:
            raise TableError(
                f"{(labels == label).sum()} mentions are {label}. Mark {LEAST_EACH} of each label or more."
            )
    return labels


def fit_targets(found: Sequence[Features], labels: np.ndarray) -> TargetModel:
    """Return what is learned from the features of mentions and their labels."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    times = Counter(word for features in found for word in features.words)
    words = sorted(word for word, number in times.items() if number >= LEAST)
    rarity = np.round(np.log((1 + len(found)) / (1 + np.array([times[word] for word in words]))) + 1, DIGITS)
    column = {word: number for number, word in enumerate(words)}
    places = [sorted(column[word] for word in features.words if word in column) for features in found]
    lengths = [np.linalg.norm(rarity[own]) or 1.0 for own in places]
    values = np.concatenate([rarity[own] / length for own, length in zip(places, lengths, strict=True)])
    bounds = np.cumsum([0, *map(len, places)])
    matrix = csr_matrix((values, np.concatenate(places).astype(int), bounds), shape=(len(found), len(words)))
    numbers = np.array([features.numbers for features in found]) * SHARE
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=500, tol=1e-3)
    model.fit(hstack([matrix, csr_matrix(numbers)]).tocsr(), labels)
    order = [list(model.classes_).index(label) for label in LABELS]
    weights, bias = model.coef_[order].round(DIGITS), model.intercept_[order].round(DIGITS)
    own, other = weights[:, : len(words)], (weights[:, len(words) :] * SHARE).round(DIGITS)
    return TargetModel(list(LABELS), words, rarity, own, list(NUMBERS), other, bias, len(found))


def classify_targets(sentences: pd.DataFrame, mentions: pd.DataFrame, model: TargetModel) -> pd.DataFrame:
    """Tell the tone towards each mention by what was learned, one row per mention, in order.

    Columns and arguments as of `score_targets`, in whose place it may stand. compound is the probability of positive
    less that of negative, label the most probable. Raises TableError for a model of other features.
    """
    if model.numbers != list(NUMBERS):
        raise TableError("the model was learned from other features than this version has. Train it again.")
    found = list(features_of(sentences, mentions, columns_of(None).scorer))
    scores = probabilities_of(found, model)
    compounds = (scores[:, 2] - scores[:, 0]).round(4) if len(found) else []
    names = [model.labels[number] for number in scores.argmax(axis=1)] if len(found) else []
    return as_table(
        (
            (*features.ids, *features.clause, compound, label)
            for features, compound, label in zip(found, compounds, names, strict=True)
        ),
        TARGET_SCORES,
    )


def probabilities_of(found: Sequence[Features], model: TargetModel) -> np.ndarray:
    """Return the probability of each label, one row per mention."""
    column = {word: number for number, word in enumerate(model.words)}
    rows = []
    for features in found:
        places = sorted(column[word] for word in features.words if word in column)
        values = model.rarity[places]
        length = np.linalg.norm(values) or 1.0
        rows.append(model.weights[:, places] @ (values / length) + model.number_weights @ np.array(features.numbers))
    sums = np.array(rows).reshape(-1, len(model.labels)) + model.bias
    powers = np.exp(sums - sums.max(axis=1, keepdims=True, initial=-np.inf))
    return powers / powers.sum(axis=1, keepdims=True)


def score_mentions(
    sentences: pd.DataFrame, mentions: pd.DataFrame | None, lexicon: pd.DataFrame | None = None, model: str = ""
) -> pd.DataFrame:
    """Score the tone towards mentions by rules, or by the model in the file `model`: one row per mention.

    Columns as of `score_targets`; without mentions, no row.
    """
    if mentions is None or mentions.empty:
        return as_table([], TARGET_SCORES)
    if model:
        return classify_targets(sentences, mentions, load_target_model(model))
    return score_targets(sentences, mentions, lexicon)
