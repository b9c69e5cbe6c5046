"""Print how well frames are found in coded passages, by a codebook and learned: python -m tests.bench.frames CODED.csv.

The table has id, lang, text, media, title, and a column of 1 and 0 per frame. The codebook is blind to the passages:
its frames stand for the coded ones where their meaning is plain. What is learned is measured on passages held out,
those of one page and copies kept together.
"""

import sys
from pathlib import Path

import pandas as pd

from toolkit import count_frames, cross_validate_frames, load_frames, score_accuracy, split_sentences

BOOK = "codebooks/frames/policy.yml"
FIGURES = "{:.3f} [{:.3f}, {:.3f}] {:.3f} {:.3f}"
STANDS_FOR = {  # coded frame -> frames of the codebook
    "economic": ["economic"],
    "health": ["health_safety"],
    "security": ["security_defence"],
    "justice": ["fairness_equality"],
    "political": ["political", "policy"],
    "scientific": [],
    "environmental": [],
    "cultural": ["cultural_identity"],
}


def main(path: str, language: str = "EN") -> None:
    """Print a row per coded frame: n, how many show it, and F1 of both with its 95% interval."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    articles = table[table["lang"] == language].rename(columns={"id": "article_id", "media": "outlet"})
    articles = articles.assign(page=articles["title"].str.lower() + articles["outlet"]).reset_index(drop=True)
    codings = articles.melt("article_id", list(STANDS_FOR), "variable", "value").assign(coder="coder")
    learned = cross_validate_frames(articles, codings, groups="page").set_index("frame")
    print(
        f"{language}, n = {len(articles):,}; of each: F1 [95%], precision, recall\n"
        f"{'frame':14} shown  {'codebook':35}  {'learned':35}"
    )
    blind = _by_codebook(articles, codings) if language == "EN" else {}
    for frame, row in learned.iterrows():
        own = row["f1"], row["low"], row["high"], row["precision"], row["recall"]
        told = [FIGURES.format(*figures) if figures else "-" for figures in (blind.get(frame), own)]
        print(f"{frame:14} {row.positives:5}  {told[0]:35}  {told[1]:35}")
    means = pd.Series({frame: figures[0] for frame, figures in blind.items()})
    print(f"mean F1 learned {learned['f1'].mean():.3f}; of the {len(means)} frames with a codebook, by it {means.mean():.3f}"
          f", learned {learned['f1'].reindex(means.index).mean():.3f}")  # fmt: skip


def _by_codebook(articles: pd.DataFrame, codings: pd.DataFrame) -> dict[str, tuple[float, ...]]:
    """Return F1, its bounds, precision and recall per coded frame: present where any of the codebook's for it is."""
    counts = count_frames(split_sentences(articles), load_frames(BOOK))
    parts = []
    for frame, names in STANDS_FOR.items():
        own = counts[counts["frame"].isin(names)].groupby("article_id", sort=False)["present"].any()
        parts.append(own.reset_index().assign(frame=frame))
    scored = score_accuracy(pd.concat(parts, ignore_index=True), codings).set_index(["group", "category"])
    f1, values = scored.xs("f1", level="category"), scored["value"].unstack()
    return {
        frame: (*f1.loc[frame, ["value", "low", "high"]], *values.loc[frame, ["precision", "recall"]])
        for frame in f1.index
    }


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: python -m tests.bench.frames CODED.csv [LANGUAGE]")
    if not Path(sys.argv[1]).is_file():
        sys.exit(f"{sys.argv[1]}: no such file. Name a CSV file of coded articles.")
    main(*sys.argv[1:])
