"""Learning: word counts and labels -> weights, scores of articles held out, and the threshold between yes and no.

Words weighted by tf-idf (Salton and Buckley 1988, doi 10.1016/0306-4573(88)90021-0) in a logistic regression: quick,
the same on every run, and readable, for each word has one weight.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from toolkit.coded import LEAST_ARTICLES, Coded

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Split = tuple[np.ndarray, np.ndarray]  # rows to learn from, rows held out

PENALTY = 2.0  # inverse strength of the L2 penalty
DRAWS = 50  # of the articles, to steady the threshold
SURE = 10.0  # bias where all labels are the same
INNER_FOLDS = 3  # within what is learned from, to choose the threshold


def rarity_of(counts: "csr_matrix") -> np.ndarray:
    """Return the smoothed inverse document frequency of each word, 0 for words in too few articles to be learned."""
    articles = counts.getnnz(axis=0)
    return np.where(articles >= LEAST_ARTICLES, np.log((1 + counts.shape[0]) / (1 + articles)) + 1, 0)


def weigh(counts: "csr_matrix", rarity: np.ndarray) -> "csr_matrix":
    """Return tf-idf, the frequency as 1 + its logarithm, each article of length 1."""
    from sklearn.preprocessing import normalize

    values = counts.copy()
    values.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    return normalize(values, copy=False)


def fit(counts: "csr_matrix", labels: np.ndarray, rarity: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weight of each word, and the bias."""
    from sklearn.linear_model import LogisticRegression

    if labels.all() or not labels.any():  # by chance, in a part of few articles
        return np.zeros(counts.shape[1]), SURE if labels.all() else -SURE
    model = LogisticRegression(C=PENALTY, solver="liblinear", random_state=0)
    model.fit(weigh(counts, rarity), labels)
    return model.coef_[0], float(model.intercept_[0])


def score_rest(coded: Coded, learned: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Return the probability of the frame in the rows `rest`, by what the rows `learned` teach."""
    rarity = rarity_of(coded.counts[learned])
    weights, bias = fit(coded.counts[learned], coded.labels[learned], rarity)
    return 1 / (1 + np.exp(-bias - weigh(coded.counts[rest], rarity) @ weights))


def split_folds(coded: Coded, rows: np.ndarray, folds: int, seed: int) -> Iterator[Split]:
    """Yield parts of `rows` with about as many yes in each; copies are never on both sides."""
    from sklearn.model_selection import StratifiedGroupKFold

    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    for learned, rest in splitter.split(rows, coded.labels[rows], coded.groups[rows]):
        yield rows[learned], rows[rest]


def choose_threshold(coded: Coded, rows: np.ndarray, seed: int) -> float:
    """Return the threshold of the best F1 on parts of `rows` held out in turn; nothing beyond `rows` is looked at.

    It is the geometric mean over articles drawn anew: with few that show the frame, a single best is a matter of luck.
    """
    parts = [(rest, score_rest(coded, learned, rest)) for learned, rest in split_folds(coded, rows, INNER_FOLDS, seed)]
    labels = np.concatenate([coded.labels[rest] for rest, _ in parts])
    scores = np.concatenate([held_out for _, held_out in parts])
    draws = np.random.default_rng(seed).integers(len(rows), size=(DRAWS, len(rows)))
    return float(np.exp(np.mean([np.log(best_threshold(labels[drawn], scores[drawn])) for drawn in draws])))


def best_threshold(labels: np.ndarray, scores: np.ndarray) -> float:
    """Return the score half-way between the last article to take and the first to leave, where F1 is best."""
    order = np.argsort(-scores, kind="stable")
    ranked = np.append(scores[order], 0.0)
    f1 = 2 * np.cumsum(labels[order]) / (np.arange(1, len(order) + 1) + labels.sum())
    f1[ranked[:-1] == ranked[1:]] = -1  # equal scores are taken together
    best = int(np.argmax(f1))
    return float((ranked[best] + ranked[best + 1]) / 2)
