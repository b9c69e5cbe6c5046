"""Print how well the tone towards a person is told in marked sentences: python -m tests.bench.targets TARGETS.csv.

The table has sentence, start, end, polarity (negative, neutral, positive). What is chosen in `toolkit/targets.py` was
chosen on the sentences of the first half alone; the halves are by a hash of the sentence. "learned" is the supervised
model, each sentence judged by what four fifths of the others teach (extra [ml]).
"""

import hashlib
import sys
from importlib.util import find_spec

import numpy as np
import pandas as pd

from toolkit import hold_out_targets, load_target_labels, score_labels, score_targets, score_texts, split_clauses
from toolkit.clauses import clause_around
from toolkit.masking import find_names, mask
from toolkit.sentiment import NEUTRAL, straighten
from toolkit.targets import LABELS
from toolkit.terms import disjoint


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
    sentences, mentions = load_target_labels(path)
    texts = dict(zip(sentences["article_id"], sentences["text"], strict=True))
    chosen = np.array([first_half(texts[article_id]) for article_id in mentions["article_id"]])
    gold = mentions["polarity"].to_numpy()
    pieces = sum(len(split_clauses(text)) for text in sentences["text"]) / len(sentences)
    print(
        f"{len(mentions):,} mentions in {len(sentences):,} sentences of {pieces:.1f} clauses, macro-F1 of three labels"
    )
    print(f"{'':28} choosing  held out  whole\n{'n':28} {chosen.sum():8,} {(~chosen).sum():9,} {len(gold):6,}")
    ways = verdicts(sentences, mentions)
    if find_spec("sklearn"):
        ways["learned, grouped 5-fold"] = np.array(hold_out_targets(sentences, mentions))
    for name, found in ways.items():
        figures = [macro_f1(gold[rows], found[rows]) for rows in (chosen, ~chosen, np.full(len(gold), True))]
        print(f"{name:28} {figures[0]:8.3f} {figures[1]:9.3f} {figures[2]:6.3f}")
    if find_spec("sklearn"):
        print(f"\nlearned, in detail\n{score_labels(mentions, found).round(3).to_string(index=False)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.bench.targets TARGETS.csv")
    main(sys.argv[1])
