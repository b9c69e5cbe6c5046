"""Cross-validation: what frames learned from coded articles are worth on articles that were not learned from.

Copies never stand on both sides, and the threshold is chosen without the part held out (Varma and Simon 2006, doi
10.1186/1471-2105-7-91), because either would make the figures too good.
"""

from math import log

import numpy as np
import pandas as pd

from toolkit.classifier import classify_frames, train_frames
from toolkit.coded import LEAST_EACH, Coded, read_coded
from toolkit.errors import TableError
from toolkit.intervals import resample, tails
from toolkit.learning import choose_threshold, score_rest, split_folds
from toolkit.progress import progress
from toolkit.tables import FRAME_SCORES, FRAME_TRIALS, LEARNING_CURVE, as_table, texts_of

SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)  # of what is learned from
MORE = 100  # articles that might be coded besides
Verdicts = tuple[np.ndarray, np.ndarray, list[float]]  # score and verdict on each article, the threshold of each fold


def cross_validate_frames(
    articles: pd.DataFrame, codings: pd.DataFrame, seed: int = 1, folds: int = 5, groups: str | None = None
) -> pd.DataFrame:
    """Measure how well each coded frame is recognised in articles that were not learned from, one row per frame.

    Columns: frame, n (coded articles), positives, precision, recall, f1, low, high (95% interval of F1, bootstrap by
    article, copies drawn together), threshold (median of the folds), average_precision (area under precision over
    recall, whatever the threshold), note (why there is no figure, what was left out, or that it is no better than
    taking every article). Arguments as in `train_frames`; `folds` from 2 to 10.
    """
    frames = _frames(articles, codings, folds, groups)
    return as_table((_trial(coded, folds, seed) for coded in progress(frames, "cross-validation")), FRAME_TRIALS)


def learned_frames(
    articles: pd.DataFrame, codings: pd.DataFrame, seed: int = 1, folds: int = 5, groups: str | None = None
) -> pd.DataFrame:
    """Say by learned frames which frames articles show, one row per article and frame that can be learned.

    Columns as of `classify_frames`. A coded article is judged by what the other folds teach, so that its answer may be
    held against its coding; all others by what all coded articles teach. Arguments as in `cross_validate_frames`.
    """
    judged = []
    for coded in progress(_frames(articles, codings, folds, groups), "cross-validation"):
        if not coded.lack:
            scores, found, _ = _hold_out(coded, folds, seed)
            judged += [
                (name, coded.frame, *pair) for name, *pair in zip(coded.ids, found.tolist(), scores, strict=True)
            ]
    held = as_table(judged, FRAME_SCORES)
    keys = ["article_id", "frame"]
    applied = classify_frames(articles, train_frames(articles, codings, seed, groups))
    known = pd.MultiIndex.from_frame(held[keys])
    unseen = applied[~pd.MultiIndex.from_frame(applied[keys]).isin(known)]
    order = dict(zip(texts_of(articles, "article_id"), range(len(articles)), strict=True))
    table = pd.concat([held, unseen]).sort_values("article_id", key=lambda ids: ids.map(order), kind="stable")
    return table.reset_index(drop=True)


def _frames(articles: pd.DataFrame, codings: pd.DataFrame, folds: int, groups: str | None) -> list[Coded]:
    if folds not in range(2, 11):
        raise TableError(f"folds must be a whole number from 2 to 10, not {folds!r}.")
    return read_coded(articles, codings, groups).frames


def _trial(coded: Coded, folds: int, seed: int) -> tuple:
    """Return the row of one frame."""
    n, positives = len(coded.labels), int(coded.labels.sum())
    if coded.lack:
        return coded.frame, n, positives, *[np.nan] * 7, " ".join([*coded.notes, coded.lack])
    scores, found, thresholds = _hold_out(coded, folds, seed)
    right = int((found & coded.labels).sum())
    f1 = 2 * right / (found.sum() + positives)
    low, high = np.quantile(_f1_draws(coded, [found], seed), tails())
    blind = 2 * positives / (n + positives)
    doubt = [f"Not surely better than taking every article, which has F1 {blind:.2f}."] if low <= blind else []
    precision = right / found.sum() if found.any() else np.nan
    figures = precision, right / positives, f1, low, high, np.median(thresholds)
    return coded.frame, n, positives, *figures, _average_precision(coded.labels, scores), " ".join(coded.notes + doubt)


def _hold_out(coded: Coded, folds: int, seed: int, share: float = 1.0) -> Verdicts:
    """Judge each article by what the other folds teach, or by `share` of their texts; larger ones hold the smaller."""
    scores, found, thresholds = np.zeros(len(coded.labels)), np.zeros(len(coded.labels), dtype=bool), []
    for learned, rest in split_folds(coded, np.arange(len(coded.labels)), folds, seed):
        texts = np.random.default_rng(seed).permutation(np.unique(coded.groups[learned]))
        part = learned[np.isin(coded.groups[learned], texts[: round(share * len(texts))])]
        thresholds.append(choose_threshold(coded, part, seed))
        scores[rest] = score_rest(coded, part, rest)
        found[rest] = scores[rest] >= thresholds[-1]
    return scores, found, thresholds


def _f1_draws(coded: Coded, verdicts: list[np.ndarray], seed: int) -> np.ndarray:
    """Return F1 of each of several verdicts on the same articles, drawn anew, one row per draw."""
    terms = [column for found in verdicts for column in (2 * (found & coded.labels), found.astype(int) + coded.labels)]
    sums = pd.DataFrame(np.column_stack(terms)).groupby(coded.groups).sum().to_numpy(dtype=float)
    return np.nan_to_num(resample(sums, seed, lambda drawn: drawn[:, ::2] / drawn[:, 1::2]))


def _average_precision(labels: np.ndarray, scores: np.ndarray) -> float:
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(labels, scores))


def learning_curve(
    articles: pd.DataFrame, codings: pd.DataFrame, seed: int = 1, folds: int = 5, groups: str | None = None
) -> pd.DataFrame:
    """Measure F1 by the number of articles learned from, one row per frame and number, and what 100 more would bring.

    Columns: frame, n (coded articles learned from), f1, low, high (95% interval, bootstrap by article over what was
    held out), kind (measured; expected: all that are coded and 100 more, by a line through F1 over the logarithm of n),
    note (the expected gain and its interval, in words). The interval of what is expected covers the scatter of the
    points about the line too, but not that the line may level off. Tried on three samples of 700 passages of real news,
    it held what 800 then reached for 22 of 23 frames, and was wide for rare ones.
    """
    frames = _frames(articles, codings, folds, groups)
    rows = [row for coded in progress(frames, "learning curve") for row in _curve(coded, folds, seed)]
    return as_table(rows, LEARNING_CURVE)


def _curve(coded: Coded, folds: int, seed: int) -> list[tuple]:
    n, rarer = len(coded.labels), min(coded.labels.sum(), (~coded.labels).sum())
    learned = (folds - 1) / folds
    shares = [share for share in SHARES if share * learned * rarer >= LEAST_EACH / 2]
    if coded.lack or len(shares) < 3:
        lack = coded.lack or f"No curve: {rarer} articles on the rarer side are too few to take some away."
        return [(coded.frame, n, np.nan, np.nan, np.nan, "measured", " ".join([*coded.notes, lack]))]
    verdicts = [_hold_out(coded, folds, seed, share)[1] for share in shares]
    f1 = np.array([2 * (found & coded.labels).sum() / (found.sum() + coded.labels.sum()) for found in verdicts])
    draws = _f1_draws(coded, verdicts, seed)
    sizes = [round(share * learned * n) for share in shares]
    bounds = zip(sizes, f1, *np.quantile(draws, tails(), axis=0), strict=True)
    rows = [(coded.frame, *point, "measured", " ".join(coded.notes)) for point in bounds]
    return [*rows, (coded.frame, *_expected(np.array(sizes), f1, draws, n, seed))]


def _expected(sizes: np.ndarray, f1: np.ndarray, draws: np.ndarray, n: int, seed: int) -> tuple:
    """Return n, F1, bounds, kind and note for 100 articles more than the `n` that are coded."""
    steps = np.log(sizes) - np.log(sizes).mean()
    every = np.vstack([f1, draws])
    slopes = every @ steps / (steps @ steps)
    # All points are measured on the same articles, so that drawing these anew does not show how they miss the line.
    misses = f1 - f1.mean() - slopes[0] * steps
    doubt = np.sqrt(misses @ misses / (len(sizes) - 2) / (steps @ steps))
    slopes[1:] += np.random.default_rng(seed).normal(0, doubt, len(draws))
    ends = np.clip(every[:, -1] + slopes * log((n + MORE) / sizes[-1]), 0, 1)
    gains = slopes * log((n + MORE) / n)
    low, high = np.quantile(gains[1:], tails())
    note = f"Code {MORE} more and expect F1 to change by {gains[0]:+.3f} (95% interval {low:+.3f} to {high:+.3f})."
    if low <= 0:
        note += " The curve is flat, or too noisy to tell it from flat: more coding of this kind may bring nothing."
    return n + MORE, ends[0], *np.quantile(ends[1:], tails()), "expected", note
