"""Models: what a classifier of frames has learned, as plain numbers beside words, and the file it is kept in.

The file is JSON: it can be read by eye, and reading it runs nothing, whoever wrote it.
"""

import json
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd

from toolkit.errors import ToolkitError
from toolkit.exports import replace_file
from toolkit.paths import resolve
from toolkit.tables import MODEL_FRAMES, as_table

FORMAT = "media-analysis-toolkit frame model 1"
MOST_BYTES = 500_000_000

M = TypeVar("M")


class FrameModel(NamedTuple):
    """One weight per frame and word: score = logistic(bias + weights x tf-idf of the article's words)."""

    frames: pd.DataFrame  # frame, n, positives, bias, threshold (NaN where it was not trained), note
    words: list[str]  # whole words, and beginnings that end in *
    rarity: np.ndarray  # inverse document frequency of each word
    weights: np.ndarray  # one row per frame, one column per word


def save_model(model: FrameModel, path: str | Path) -> Path:
    """Write a model to a JSON file, from which `load_model` reads the same numbers, and return its path."""
    path = Path(path)
    rows = model.frames.astype(object).where(model.frames.notna(), None).to_dict("records")
    content = {
        "format": FORMAT,
        "frames": rows,
        "words": model.words,
        "rarity": model.rarity.tolist(),
        "weights": model.weights.tolist(),
    }
    return write_json(content, path)


def write_json(content: dict, path: Path) -> Path:
    """Write a model to its file and return its path; raise ToolkitError where that cannot be."""
    text = json.dumps(content, allow_nan=False)
    replace_file(path, lambda place: place.write_text(text, encoding="ascii"), ToolkitError)
    return path


def load_model(path: str | Path) -> FrameModel:
    """Read a model that `save_model` wrote; raises ToolkitError for a file that is damaged or something else."""
    return read_model(path, "frames", FORMAT, _checked)


def read_model(path: str | Path, of: str, form: str, check: Callable[[dict], M]) -> M:
    """Read a model in a format; raises ToolkitError for another file, or one whose parts `check` takes for no model."""
    path = resolve(path)
    content = _read_json(path)
    if not isinstance(content, dict) or content.get("format") != form:
        raise ToolkitError(f"{path.name}: not a model of {of} in the format {form!r}. Train and save it again.")
    try:
        return check(content)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise ToolkitError(f"{path.name}: the model is damaged. Train and save it again.") from None


def _read_json(path: Path) -> object:
    """Read the file of a model; raise ToolkitError where it is too large, damaged or not there."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ToolkitError(f"{path.name}: too large for a model, {MOST_BYTES:,} bytes are the most.")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ToolkitError(f"{path.name}: cannot be read: {error.strerror}. Name the file of a saved model.") from None
    except (ValueError, RecursionError):
        raise ToolkitError(f"{path.name}: not readable JSON, cut short or damaged. Train and save it again.") from None


def _checked(content: dict) -> FrameModel:
    """Return the model, or raise ValueError where the parts do not fit together."""
    frames = as_table(([row[name] for name in MODEL_FRAMES] for row in content["frames"]), MODEL_FRAMES)
    words, rarity, weights = content["words"], numbers_of(content["rarity"]), numbers_of(content["weights"])
    trained = frames.dropna(subset=["bias", "threshold"])
    fits = (
        isinstance(words, list)
        and all(isinstance(word, str) for word in words)
        and len(set(words)) == len(words)
        and rarity.shape == (len(words),)
        and (rarity > 0).all()
        and weights.shape == (len(frames), len(words))
        and frames["frame"].is_unique
        and all(map(isfinite, [*trained["bias"], *trained["threshold"]]))
    )
    if not fits:
        raise ValueError("the parts of the model do not fit together")
    return FrameModel(frames, words, rarity, weights)


def numbers_of(values: list) -> np.ndarray:
    """Return numbers as an array, or raise ValueError where any is none."""
    numbers = np.array(values)
    if numbers.dtype.kind not in "if" or not np.isfinite(numbers).all():
        raise ValueError("not numbers")
    return numbers.astype(float)
