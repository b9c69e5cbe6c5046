"""Print how well the tone towards a person is told in marked sentences: python -m tests.bench.targets TARGETS.csv.

The table has sentence, start, end, polarity (negative, neutral, positive). What is chosen in `toolkit/targets.py` was
chosen on the sentences of the first half alone; the halves are by a hash of the sentence.
"""

import hashlib
import sys

import numpy as np
import pandas as pd

from toolkit import score_targets, score_texts, split_clauses
from toolkit.clauses import clause_around
from toolkit.masking import find_names, mask
from toolkit.sentiment import NEUTRAL, straighten
from toolkit.targets import LABELS
from toolkit.terms import disjoint


def read(path: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return sentences, and one mention per row of the file."""
    table = pd.read_csv(path, keep_default_na=False)
    numbers = {sentence: number for number, sentence in enumerate(dict.fromkeys(table["sentence"]))}
    sentences = pd.DataFrame(
        {"article_id": [f"{n:05}" for n in numbers.values()], "sentence_id": 0, "text": list(numbers)}
    )
    mentions = table[["start", "end", "polarity", "sentence"]].assign(
        article_id=[f"{numbers[sentence]:05}" for sentence in table["sentence"]], sentence_id=0
    )
    return sentences, mentions


def first_half(sentence: str) -> bool:
    """Say whether a sentence is of the half on which choices are made."""
    return int(hashlib.sha1(sentence.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def macro_f1(gold: np.ndarray, found: np.ndarray) -> float:
    """Return the mean of F1 over the three labels."""
    scores = []
    for label in LABELS:
        right = ((gold == label) & (found == label)).sum()
        scores.append(2 * right / max(1, (gold == label).sum() + (found == label).sum()))
    return float(np.mean(scores))


def labels_of(texts: list[str]) -> np.ndarray:
    """Return the label of each text by VADER and its authors' thresholds."""
    compound = score_texts(texts)["compound"].to_numpy()
    return np.array(LABELS)[1 + (compound > NEUTRAL) - (compound < -NEUTRAL)]


def verdicts(sentences: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the label of each mention by each way."""
    straight = straighten(sentences)
    names = dict(zip(straight["article_id"], find_names(straight), strict=True))
    texts = dict(zip(straight["article_id"], straight["text"], strict=True))
    rows = list(mentions[["article_id", "start", "end"]].itertuples(index=False))
    whole = [texts[row.article_id] for row in rows]
    clauses = [clause_around(text, row.start, row.end) for text, row in zip(whole, rows, strict=True)]
    spans = [list(disjoint([*names[row.article_id], (row.start, row.end)])) for row in rows]
    cut = [text[start:end] for text, (start, end) in zip(whole, clauses, strict=True)]
    inside = [
        [(max(start, first) - first, min(end, last) - first) for start, end in found if start < last and end > first]
        for found, (first, last) in zip(spans, clauses, strict=True)
    ]
    return {
        "VADER, sentence": labels_of(whole),
        "VADER, names masked": labels_of([mask(text, found) for text, found in zip(whole, spans, strict=True)]),
        "VADER, clause": labels_of(cut),
        "VADER, clause, names masked": labels_of([mask(text, found) for text, found in zip(cut, inside, strict=True)]),
        "score_targets": score_targets(sentences, mentions)["label"].to_numpy(),
    }


def main(path: str) -> None:
    """Print a row per way: macro-F1 on the half for choosing, on the other, and on both."""
    sentences, mentions = read(path)
    chosen = np.array([first_half(sentence) for sentence in mentions["sentence"]])
    gold = mentions["polarity"].to_numpy()
    pieces = sum(len(split_clauses(text)) for text in sentences["text"]) / len(sentences)
    print(
        f"{len(mentions):,} mentions in {len(sentences):,} sentences of {pieces:.1f} clauses, macro-F1 of three labels"
    )
    print(f"{'':28} choosing  held out  whole\n{'n':28} {chosen.sum():8,} {(~chosen).sum():9,} {len(gold):6,}")
    for name, found in verdicts(sentences, mentions).items():
        figures = [macro_f1(gold[rows], found[rows]) for rows in (chosen, ~chosen, np.full(len(gold), True))]
        print(f"{name:28} {figures[0]:8.3f} {figures[1]:9.3f} {figures[2]:6.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.bench.targets TARGETS.csv")
    main(sys.argv[1])
