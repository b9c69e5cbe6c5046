"""Print how quick other packages do the same, where they are installed: python -m tests.bench.peers.

They are spaCy (blank, by rules: no model), TextBlob and NLTK; none is needed by the toolkit. `pip install spacy textblob`
in an environment beside its own has them measured. Seconds are of the processor, the least of some runs.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version

import pandas as pd

from tests.bench.aims import Aim
from tests.bench.clock import seconds_of
from tests.bench.punkt import nltk_punkt
from tests.bench.synthetic import make_articles
from toolkit import load_frames, score_texts, split_sentences
from toolkit.sentences import split_spans
from toolkit.sweep import find_in_each
from toolkit.terms import Terms

ARTICLES = 1_000
TERMS = 300


def plain_terms(number: int) -> list[str]:
    """Return terms of a codebook that any package can look for: whole words and phrases."""
    frames = load_frames("codebooks/frames/policy.yml")
    terms = frames.loc[frames["kind"] == "include", "term"].str.lower()
    return [*dict.fromkeys(term for term in terms if "*" not in term and "..." not in term and "-" not in term)][
        :number
    ]


def rows_of(articles: pd.DataFrame) -> Iterator[tuple[str, float, str, float]]:
    """Yield what was done, seconds of the toolkit, the peer, and its seconds."""
    texts, sentences = articles["text"].tolist(), split_sentences(articles)["text"].tolist()
    terms = plain_terms(TERMS)
    mine = {
        "sentences": seconds_of(lambda: [split_spans(text) for text in texts]),
        f"{len(terms)} terms, with places": seconds_of(lambda: dict(find_in_each(sentences, Terms(terms)))),
        "tone by sentence": seconds_of(lambda: score_texts(sentences)),
    }
    splitting, matching, scoring = mine
    yield splitting, mine[splitting], "NLTK", seconds_of(lambda: [*map(list, map(nltk_punkt().span_tokenize, texts))])
    if spacy := _installed("spacy"):
        blank = spacy.blank("en")
        blank.add_pipe("sentencizer")
        seconds = seconds_of(lambda: [list(document.sents) for document in blank.pipe(texts)])
        yield splitting, mine[splitting], f"spaCy {version('spacy')}, blank, sentencizer", seconds
        tokenizer = spacy.blank("en")
        matcher = spacy.matcher.PhraseMatcher(tokenizer.vocab, attr="LOWER")
        matcher.add("terms", [tokenizer.make_doc(term) for term in terms])
        seconds = seconds_of(lambda: [matcher(document) for document in tokenizer.pipe(sentences)])
        yield matching, mine[matching], f"spaCy {version('spacy')}, blank, PhraseMatcher", seconds
    if textblob := _installed("textblob"):
        seconds = seconds_of(lambda: [textblob.TextBlob(text).sentiment for text in sentences])
        yield scoring, mine[scoring], f"TextBlob {version('textblob')}, its own lexicon", seconds
    vader = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    yield scoring, mine[scoring], "vaderSentiment", seconds_of(lambda: [*map(vader.polarity_scores, sentences)])


def _installed(name: str):
    try:
        return import_module(name)
    except ImportError:
        print(f"{name} is not installed: not measured")
        return None


def compare() -> tuple[list[str], list[Aim]]:
    """Return lines that tell how many times as quick the toolkit is."""
    rows = rows_of(make_articles(ARTICLES))
    lines = [
        f"{seconds / own:8.1f}  {done}: {peer} {seconds:.2f}, toolkit {own:.2f}" for done, own, peer, seconds in rows
    ]
    return [f"{ARTICLES:,} articles; peer / toolkit, seconds of the processor", *lines], []


if __name__ == "__main__":
    print(*compare()[0], sep="\n")
