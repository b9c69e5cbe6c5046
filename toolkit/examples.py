"""Examples: the sentences a codebook says must and must not match, put to the test."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from toolkit.actors import find_mentions
from toolkit.codebooks import Example, load_examples, load_frames
from toolkit.framing import find_frames
from toolkit.registry import load_actors
from toolkit.sentences import split_sentences


def failed_examples(path: str | Path) -> tuple[int, list[str]]:
    """Run the examples of a codebook; return how many there are and one line for each that fails.

    Raises CodebookError where the file itself breaks a rule.
    """
    kind, examples = load_examples(path)
    rows = [(str(number), one.text, one.published) for number, one in enumerate(examples)]
    texts = pd.DataFrame(rows, columns=["article_id", "text", "published"])
    sentences = split_sentences(texts)
    if kind == "frames":
        found = find_frames(sentences, load_frames(path)).rename(columns={"frame": "entry", "term": "by"})
    else:
        found = find_mentions(sentences, load_actors(path), articles=texts).rename(
            columns={"actor_id": "entry", "surface": "by"}
        )
    return len(examples), [f"{Path(path).name}: {failure}" for failure in _failures(examples, found)]


def _failures(examples: list[Example], found: pd.DataFrame) -> Iterator[str]:
    by = found.groupby(["article_id", "entry"])["by"].agg(lambda terms: ", ".join(dict.fromkeys(terms)))
    for number, example in enumerate(examples):
        fired = by.get((str(number), example.entry))
        if example.must and fired is None:
            yield f"{example.entry} must match but does not: {example.text!r}"
        elif not example.must and fired is not None:
            yield f"{example.entry} must not match but does, by {fired}: {example.text!r}"
