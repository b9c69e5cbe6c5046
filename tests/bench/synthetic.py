"""Made load: articles of the length of real ones, whose sentences are halves of real sentences joined anew.

The halves come from the sample corpus and, where it lies beside the checkout, from the development data; so words and
names are as frequent as in news, while hardly a sentence stands twice. A part of the articles repeats an earlier one, as
agency copy does: as it is, or with another title and without its end.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from math import log

import pandas as pd

from tests.conftest import SHARED
from toolkit import load_corpus, split_sentences

EXACT, EDITED = 0.03, 0.12  # shares of articles that repeat an earlier one
VERBATIM = 0.03  # share of sentences that are real ones
SENTENCES, SPREAD = 20, 0.55  # of an article, on average, and the deviation of the logarithm of their number
OUTLETS = [f"Outlet {number:02}" for number in range(1, 21)]
RECENT = 200  # articles that may be repeated
PIECE = 10_000
OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\uffff]")  # than Latin, of which two thirds of articles would hold some


@cache
def pool() -> tuple[str, ...]:
    """Return the distinct real sentences of 5 to 60 words."""
    tables = [load_corpus("sample").articles[["article_id", "text"]]]
    for path in sorted((SHARED / "dev" / "news").glob("*.csv")):
        texts = pd.read_csv(path, dtype=str, keep_default_na=False)["text"]
        tables.append(pd.DataFrame({"article_id": path.stem, "text": texts}))
    sentences = dict.fromkeys(split_sentences(pd.concat(tables))["text"])
    return tuple(
        text
        for text in sentences
        if 5 <= len(text.split()) <= 60 and "\n" not in text and not OTHER_SCRIPT.search(text)
    )


def make_articles(number: int, seed: int = 1) -> pd.DataFrame:
    """Make articles, one row each: article_id, outlet, published, title, text."""
    return pd.concat(make_pieces(number, seed), ignore_index=True)


def make_pieces(number: int, seed: int = 1, sentences: int = SENTENCES) -> Iterator[pd.DataFrame]:
    """Yield the same articles in pieces, for what does not fit into memory, perhaps shorter or longer ones."""
    chance, recent = random.Random(seed), []
    for first in range(0, number, PIECE):
        rows = []
        for place in range(first, min(number, first + PIECE)):
            title, text = _article(chance, recent, sentences)
            del recent[: max(0, len(recent) - RECENT)]
            day = pd.Timestamp("2020-01-01") + pd.Timedelta(days=chance.randrange(730))
            rows.append((f"{place:07}", chance.choice(OUTLETS), f"{day:%Y-%m-%d}", title, text))
        yield pd.DataFrame(rows, columns=["article_id", "outlet", "published", "title", "text"])


def _article(chance: random.Random, recent: list[tuple[str, list[str]]], length: int) -> tuple[str, str]:
    drawn = chance.random()
    title, sentences = chance.choice(recent) if recent and drawn < EXACT + EDITED else ("", [])
    if not sentences or drawn >= EXACT:
        title = " ".join(_sentence(chance).rstrip(".!?").split()[:9])
        number = max(3, round(chance.lognormvariate(log(length) - SPREAD**2 / 2, SPREAD)))
        sentences = sentences[: -max(1, len(sentences) // 8)] or [_sentence(chance) for _ in range(number)]
    recent.append((title, sentences))
    return title, _paragraphs(sentences)


def _sentence(chance: random.Random) -> str:
    one, other = chance.choice(pool()), chance.choice(pool())
    if chance.random() < VERBATIM:
        return one
    begun, ended = one.split(" "), other.split(" ")
    return " ".join([*begun[: max(2, len(begun) // 2)], *ended[len(ended) // 2 :]])


def _paragraphs(sentences: list[str]) -> str:
    """Join sentences to paragraphs of one, two or three, the same for the same sentences."""
    paragraphs, place = [], 0
    while place < len(sentences):
        size = 1 + len(sentences[place]) % 3
        paragraphs.append(" ".join(sentences[place : place + size]))
        place += size
    return "\n\n".join(paragraphs)
