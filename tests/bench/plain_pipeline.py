"""What a competent user writes by hand, against the toolkit: python -m tests.bench.plain_pipeline [ARTICLES].

The plain way: pandas reads the table, NLTK's Punkt (with the same abbreviations) splits, vaderSentiment scores each
sentence, one alternation of all terms per frame is looked for whatever the case, one of all names of actors, and a
pattern for quotation marks with "said" and a name beside them. The tuned way lower-cases a sentence once and looks for the
frames without `re.IGNORECASE`, which is the one thing that helps much. Seconds are of the processor, since other work may
share the machine; the least of some runs in turn, each from no knowledge of the words it will meet.

Both ways count the same things where they mean the same, and the table says how many counts are equal. The whole is load,
sentences, frames, tone as vaderSentiment has it, actors and quotes; below it stands what the plain way has nothing for:
tone with names masked, and with the words that fired. The toolkit does more in each stage: it reads any file, tells its
language and keeps a ledger, keeps the place of each hit, counts no text twice within a frame, tells surnames from
namesakes, finds reported speech and leads "he" to a name.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from tests.bench.aims import AT_LEAST, Aim
from tests.bench.punkt import nltk_punkt
from tests.bench.synthetic import make_articles
from toolkit import (
    find_frames,
    find_mentions,
    find_quotes,
    load_actors,
    load_corpus,
    load_frames,
    score_sentences,
    score_texts,
    split_sentences,
)
from toolkit.sentences import _punkt
from toolkit.sentiment import _plain_columns
from toolkit.terms import index_of, normalise_term

FRAMES, ACTORS = "codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml"
STAGES = ("load", "sentences", "frames", "tone", "actors", "quotes")
MASKED = "tone, names masked"
ROUNDS = 2
QUOTED = re.compile(r"[“\"]([^”\"\n]{3,}?)[”\"]")
SAID = r"(?:said|says|told|added|asked|wrote)"
NAME = r"((?:[A-Z][\w.'-]+\s?)+)"
SAYER = re.compile(rf"{NAME}\s{SAID}\b|\b{SAID}\s{NAME}")


class Run(NamedTuple):
    """Seconds per stage, and what was counted."""

    seconds: dict[str, float]
    sentences: list[str]
    frames: pd.Series  # hits per article and frame
    compounds: list[float]
    actors: pd.Series  # mentions per article and actor
    quotes: pd.Series  # direct quotes per article


def timed(seconds: dict[str, float], stage: str, action: Callable):
    """Run an action and note the seconds it took of the processor."""
    start = process_time()
    result = action()
    seconds[stage] = process_time() - start
    return result


def alternation(terms: list[str], flags: int = 0) -> re.Pattern[str]:
    """Return one pattern of all terms, the longest first: * ends a word openly, ... is a gap of up to five words."""
    ways = []
    for term in sorted(dict.fromkeys(terms), key=len, reverse=True):
        parts = [re.escape(part.strip()).replace(r"\*", r"\w*") for part in term.split("...")]
        ways.append(r"\W+(?:\w+\W+){0,5}?".join(parts).replace(r"\ ", r"[\s-]+"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", flags)


def plain(path: Path, tuned: bool = False) -> Run:
    """Run the plain pipeline, or the tuned one."""
    seconds: dict[str, float] = {}
    articles = timed(seconds, "load", lambda: pd.read_csv(path, dtype=str, keep_default_na=False))
    rows = timed(seconds, "sentences", lambda: plain_sentences(articles))
    texts = [text for _, text in rows]
    hits = timed(seconds, "frames", lambda: plain_frames(rows, load_frames(FRAMES), tuned))
    judge = SentimentIntensityAnalyzer()
    compounds = timed(seconds, "tone", lambda: [judge.polarity_scores(text)["compound"] for text in texts])
    mentions = timed(seconds, "actors", lambda: plain_actors(rows, load_actors(ACTORS)))
    quotes = timed(seconds, "quotes", lambda: plain_quotes(articles))
    return Run(seconds, texts, hits, compounds, mentions, quotes)


def plain_sentences(articles: pd.DataFrame) -> list[tuple[str, str]]:
    """Return (article_id, sentence) of titles and paragraphs."""
    punkt, rows = nltk_punkt(), []
    for article_id, title, text in zip(articles["article_id"], articles["title"], articles["text"], strict=True):
        rows.append((article_id, title))
        for paragraph in text.split("\n\n"):
            rows += [(article_id, sentence) for sentence in punkt.tokenize(paragraph)]
    return rows


def plain_frames(rows: list[tuple[str, str]], frames: pd.DataFrame, tuned: bool) -> pd.Series:
    """Count per article and frame what is no excluded phrase, with offsets as one would keep them."""
    patterns = {}
    for frame, own in frames.groupby("frame", sort=False):
        excluded = own.loc[own["kind"] == "exclude", "term"].tolist()
        terms = own.loc[own["kind"] == "include", "term"].tolist()
        terms, excluded = ([term.lower() if tuned else term for term in some] for some in (terms, excluded))
        out = {normalise_term(term) for term in excluded if "*" not in term and "..." not in term}
        patterns[frame] = alternation(terms + excluded, 0 if tuned else re.IGNORECASE), out
    found = []
    for article_id, sentence in rows:
        text = sentence.lower() if tuned else sentence
        for frame, (pattern, out) in patterns.items():
            for match in pattern.finditer(text):
                if not out or normalise_term(match[0]) not in out:
                    found.append((article_id, frame, match.start(), match.end()))
    table = pd.DataFrame(found, columns=["article_id", "frame", "start", "end"])
    return table.groupby(["article_id", "frame"]).size()


def plain_actors(rows: list[tuple[str, str]], registry: pd.DataFrame) -> pd.Series:
    """Count per article and actor the aliases, written as in the registry."""
    named = registry[registry["how"] == "alias"]
    owner = dict(zip(named["alias"], named["actor_id"], strict=True))
    pattern = alternation(list(owner))
    found = [(article_id, owner.get(match[0], "")) for article_id, text in rows for match in pattern.finditer(text)]
    return pd.DataFrame(found, columns=["article_id", "actor_id"]).groupby(["article_id", "actor_id"]).size()


def plain_quotes(articles: pd.DataFrame) -> pd.Series:
    """Count per article what stands between quotation marks, each with who said it by the nearest "said"."""
    found = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        for match in QUOTED.finditer(text):
            near = SAYER.search(text, match.end(), match.end() + 80) or SAYER.search(text, max(0, match.start() - 80))
            found.append((article_id, match[1], (near[1] or near[2]) if near else ""))
    return pd.DataFrame(found, columns=["article_id", "quote", "speaker"]).groupby("article_id").size()


def ours(path: Path) -> Run:
    """Run the toolkit with its defaults, from no knowledge of the words it will meet."""
    for known in (index_of, _punkt, _plain_columns):
        known.cache_clear()
    seconds: dict[str, float] = {}
    articles = timed(seconds, "load", lambda: load_corpus(path).articles)
    sentences = timed(seconds, "sentences", lambda: split_sentences(articles))
    frames, registry = load_frames(FRAMES), load_actors(ACTORS)
    hits = timed(seconds, "frames", lambda: find_frames(sentences, frames))
    compounds = timed(seconds, "tone", lambda: score_texts(sentences["text"]))["compound"].tolist()
    mentions = timed(seconds, "actors", lambda: find_mentions(sentences, registry))
    quotes = timed(seconds, "quotes", lambda: find_quotes(articles, registry))
    timed(seconds, MASKED, lambda: score_sentences(sentences, registry))
    named, direct = mentions[mentions["how"] == "alias"], quotes[quotes["kind"] == "direct"]
    return Run(
        seconds,
        sentences["text"].tolist(),
        hits.groupby(["article_id", "frame"]).size(),
        compounds,
        named.groupby(["article_id", "actor_id"]).size(),
        direct.groupby("article_id").size(),
    )


def least(runs: list[Run]) -> Run:
    """Return a run with the least seconds of each stage."""
    return runs[0]._replace(seconds={stage: min(run.seconds[stage] for run in runs) for stage in runs[0].seconds})


def equal_counts(one: pd.Series, other: pd.Series) -> float:
    """Return the share of counts that are the same, of all that either way counts."""
    both = pd.concat([one.rename("one"), other.rename("other")], axis=1).fillna(0)
    return float((both["one"] == both["other"]).mean())


def equal_compounds(one: Run, other: Run) -> float:
    """Return the share of sentences both have whose compound is the same."""
    scores = dict(zip(one.sentences, one.compounds, strict=True))
    both = [
        scores[text] == score for text, score in zip(other.sentences, other.compounds, strict=True) if text in scores
    ]
    return sum(both) / len(both)


def compare(articles: pd.DataFrame) -> tuple[list[str], list[Aim]]:
    """Run all three ways on the same articles and return the lines of the table, and what is aimed at."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.csv"
        articles.to_csv(path, index=False)
        rounds = [(ours(path), plain(path), plain(path, tuned=True)) for _ in range(ROUNDS)]
        mine, by_hand, tuned = (least(list(runs)) for runs in zip(*rounds, strict=True))
    size = articles["text"].str.len().sum() / 1e6
    rows = [f"{len(articles):,} articles, {size:.1f} MB, {len(mine.sentences):,} sentences"]
    rows.append(
        f"{'seconds of the processor':26}{'plain':>8}{'tuned':>8}{'ours':>8}{'plain/ours':>12}{'tuned/ours':>12}"
    )
    totals = [sum(run.seconds[stage] for stage in STAGES) for run in (by_hand, tuned, mine)]
    rows += [_row(stage, *(run.seconds[stage] for run in (by_hand, tuned, mine))) for stage in STAGES]
    rows.append(_row("whole", *totals))
    rows.append(f"{MASKED + ', words':26}{'':8}{'':8}{mine.seconds[MASKED]:8.1f}")
    rows.append(
        f"equal: {equal_counts(by_hand.frames, mine.frames):.1%} of counts of frames, "
        f"{equal_counts(by_hand.actors, mine.actors):.1%} of mentions by name, {equal_compounds(by_hand, mine):.3%} of compounds, "
        f"{equal_counts(by_hand.quotes, mine.quotes):.1%} of counts of direct quotes; "
        f"sentences {len(by_hand.sentences):,} and {len(mine.sentences):,}"
    )
    return rows, [
        Aim("all stages: plain pipeline against ours", AT_LEAST, 8, totals[0] / totals[2]),
        Aim("all stages: tuned pipeline against ours", AT_LEAST, 4, totals[1] / totals[2]),
        Aim("all stages: share of compounds that are equal", AT_LEAST, 1, equal_compounds(by_hand, mine), needed=True),
        Aim(
            "all stages: share of counts of frames that are equal",
            AT_LEAST,
            0.95,
            equal_counts(by_hand.frames, mine.frames),
            needed=True,
        ),
        Aim(
            "all stages: share of mentions by name that are equal",
            AT_LEAST,
            0.9,
            equal_counts(by_hand.actors, mine.actors),
            needed=True,
        ),
    ]


def _row(name: str, plain: float, tuned: float, own: float) -> str:
    return f"{name:26}{plain:8.1f}{tuned:8.1f}{own:8.1f}{plain / own:12.1f}{tuned / own:12.1f}"


if __name__ == "__main__":
    print(*compare(make_articles(int(sys.argv[1]) if sys.argv[1:] else 10_000))[0], sep="\n")
