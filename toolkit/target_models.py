"""Target models: what was learned of tone towards a target, as plain numbers beside words, and the file it is kept in.

The file is JSON: it can be read by eye, and reading it runs nothing, whoever wrote it.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from toolkit.models import numbers_of, read_model, write_json

FORMAT = "media-analysis-toolkit target model 1"


class TargetModel(NamedTuple):
    """One weight per label and feature: softmax(bias + weights x tf-idf of words + number_weights x numbers)."""

    labels: list[str]  # negative, neutral, positive
    words: list[str]
    rarity: np.ndarray  # inverse document frequency of each word
    weights: np.ndarray  # one row per label, one column per word
    numbers: list[str]  # names of the numbers
    number_weights: np.ndarray
    bias: np.ndarray
    n: int  # mentions it learned from


def save_target_model(model: TargetModel, path: str | Path) -> Path:
    """Write a model to a JSON file, from which `load_target_model` reads the same numbers, and return its path."""
    values = {
        name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in model._asdict().items()
    }
    return write_json({"format": FORMAT, **values}, Path(path))


def load_target_model(path: str | Path) -> TargetModel:
    """Read a model that `save_target_model` wrote; raises ToolkitError for a file that is damaged or something else."""
    return read_model(path, "targets", FORMAT, _checked)


def _checked(content: dict) -> TargetModel:
    """Return the model, or raise ValueError where the parts do not fit together."""
    labels, words, numbers = content["labels"], content["words"], content["numbers"]
    model = TargetModel(
        labels,
        words,
        numbers_of(content["rarity"]),
        numbers_of(content["weights"]),
        numbers,
        numbers_of(content["number_weights"]),
        numbers_of(content["bias"]),
        int(content["n"]),
    )
    fits = (
        all(
            isinstance(names, list) and all(isinstance(name, str) for name in names)
            for names in (labels, words, numbers)
        )
        and len(set(words)) == len(words)
        and labels == ["negative", "neutral", "positive"]
        and model.rarity.shape == (len(words),)
        and (model.rarity > 0).all()
        and model.weights.shape == (len(labels), len(words))
        and model.number_weights.shape == (len(labels), len(numbers))
        and model.bias.shape == (len(labels),)
    )
    if not fits:
        raise ValueError("the parts of the model do not fit together")
    return model
