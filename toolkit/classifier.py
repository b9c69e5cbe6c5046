"""Classifier: frames learned from articles that people coded, and recognised in others.

What it is worth on articles it has not seen, `cross_validate_frames` says.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from toolkit.coded import read_coded, words_of
from toolkit.errors import TableError
from toolkit.learning import choose_threshold, fit, rarity_of
from toolkit.models import FrameModel
from toolkit.progress import progress
from toolkit.tables import FRAME_SCORES, MODEL_FRAMES, TELLING_WORDS, as_table, require

DIGITS = 5  # of weights, so that the last bits of a machine's arithmetic are not kept


def train_frames(articles: pd.DataFrame, codings: pd.DataFrame, seed: int = 1, groups: str | None = None) -> FrameModel:
    """Learn each coded frame from titles and texts: a table of one row per frame, and a weight per frame and word.

    `codings`: article_id, coder, variable (the frame), value (1 or 0); several coders are settled by their majority.
    `groups` names a column of `articles` that says what belongs together, such as the page a passage is from. The
    threshold is that of the best F1 on parts held out in turn. A frame with fewer than 20 different texts with it, or
    without it, is not trained, and its note says so. Raises ToolkitError where the extra [ml] is not installed.
    """
    sample = read_coded(articles, codings, groups)
    rarity = rarity_of(sample.counts)
    weights = np.zeros((len(sample.frames), len(sample.words)))
    rows = []
    for number, coded in enumerate(progress(sample.frames, "training")):
        bias = threshold = np.nan
        if not coded.lack:
            weights[number], bias = fit(coded.counts, coded.labels, rarity)
            threshold = choose_threshold(coded, np.arange(len(coded.labels)), seed)
        note = " ".join([*coded.notes, coded.lack]).strip()
        rows.append((coded.frame, len(coded.labels), coded.labels.sum(), bias, threshold, note))
    frames = as_table(rows, MODEL_FRAMES).round({"bias": DIGITS})
    if frames["threshold"].isna().all():
        raise TableError(f"no frame can be learned. {frames['frame'][0]}: {frames['note'][0]}")
    return FrameModel(frames, sample.words, rarity.round(DIGITS), weights.round(DIGITS))


def classify_frames(articles: pd.DataFrame, model: FrameModel) -> pd.DataFrame:
    """Say which frames articles show, one row per article and trained frame, for `share_by`.

    Columns: article_id, frame, present (score reaches the frame's threshold), score (0 to 1: the model's probability
    of the frame). An article in which the model knows
    no word has no score and shows no frame.
    """
    require(articles, ["article_id", "text"], source="articles")
    frames = model.frames[model.frames["threshold"].notna()]
    return as_table(
        (
            (article_id, frame, score >= threshold, score)
            for article_id, scores in progress(_scores(articles, model, frames), "classifying", total=len(articles))
            for frame, threshold, score in zip(frames["frame"], frames["threshold"], scores, strict=True)
        ),
        FRAME_SCORES,
    )


def _scores(articles: pd.DataFrame, model: FrameModel, frames: pd.DataFrame) -> Iterator[tuple[str, np.ndarray]]:
    """Yield of each article the score of each of `frames`; plain arithmetic, for which no extra is needed."""
    column = {word: number for number, word in enumerate(model.words)}
    weights, biases = model.weights[frames.index], frames["bias"].to_numpy()
    for article_id, words in words_of(articles):
        times = Counter(column[word] for word in words if word in column)
        places = list(times)
        values = (1 + np.log(list(times.values()))) * model.rarity[places] if places else np.array([np.nan])
        sums = weights[:, places] @ values if places else np.nan
        yield article_id, 1 / (1 + np.exp(-biases - sums / np.linalg.norm(values)))


def most_telling_words(model: FrameModel, top: int = 15) -> pd.DataFrame:
    """List the words that speak most for a frame and most against it, up to `top` of each, one row per frame and word.

    Columns: frame, word (a beginning ends in *), weight (above 0 for the frame, below 0 against it; log odds per unit
    of tf-idf). They show what was learned, which may be an accident of the sample.
    """
    rows = []
    for frame, weights in zip(model.frames["frame"], model.weights, strict=True):
        order = np.argsort(-weights, kind="stable")
        strongest = [*(place for place in order[:top] if weights[place] > 0),
                     *(place for place in order[::-1][:top][::-1] if weights[place] < 0)]  # fmt: skip
        rows += [(frame, model.words[place], weights[place]) for place in strongest]
    return as_table(rows, TELLING_WORDS)
