"""Print how well frames are found in coded passages, by a codebook and learned: python -m tests.bench.frames CODED.csv.

The table has id, lang, text, media, title, and a column of 1 and 0 per frame. The codebook is blind to the passages:
its frames stand for the coded ones where their meaning is plain. What is learned is measured on passages held out,
those of one page and copies kept together.
"""

import sys

import pandas as pd

from toolkit import count_frames, cross_validate_frames, load_frames, score_accuracy, split_sentences

BOOK = "codebooks/frames/policy.yml"
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
        f"{language}, n = {len(articles):,}\n{'frame':14} shown  codebook F1 [95%]     learned F1 [95%]      precision recall"
    )
    blind = _by_codebook(articles, codings) if language == "EN" else {}
    for frame, row in learned.iterrows():
        other = "{:.3f} [{:.3f}, {:.3f}]".format(*blind[frame]) if frame in blind else "-"
        own = f"{row.f1:.3f} [{row.low:.3f}, {row.high:.3f}]"
        print(f"{frame:14} {row.positives:5}  {other:21}  {own:21}  {row.precision:.3f}     {row.recall:.3f}")
    print(f"mean F1 learned {learned['f1'].mean():.3f}")


def _by_codebook(articles: pd.DataFrame, codings: pd.DataFrame) -> dict[str, tuple[float, float, float]]:
    """Return F1 and its bounds per coded frame: present where any of the codebook's frames for it is."""
    counts = count_frames(split_sentences(articles), load_frames(BOOK))
    parts = []
    for frame, names in STANDS_FOR.items():
        own = counts[counts["frame"].isin(names)].groupby("article_id", sort=False)["present"].any()
        parts.append(own.reset_index().assign(frame=frame))
    scored = score_accuracy(pd.concat(parts, ignore_index=True), codings)
    f1 = scored[scored["category"] == "f1"]
    return {row.group: (row.value, row.low, row.high) for row in f1.itertuples()}


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: python -m tests.bench.frames CODED.csv [LANGUAGE]")
    main(*sys.argv[1:])
