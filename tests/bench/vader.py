"""Print how many texts are scored otherwise than by vaderSentiment, and how much quicker: python -m tests.bench.vader.

The texts are sentences of the sample and, where they lie beside the checkout, of the development data; words of the
lexicon among boosters, negations, idioms, punctuation and emoji in any case; and characters at random.
"""

import random
from collections.abc import Callable, Iterator
from time import process_time

import pandas as pd
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from tests.bench.aims import AT_LEAST, AT_MOST, Aim
from tests.conftest import SHARED
from toolkit import load_corpus, score_texts, split_sentences
from toolkit.columns import Columns
from toolkit.scorer import Scorer

DIFFERENT = 120_000
TIMED = 20_000
ROUNDS = 5
BETWEEN = (" ", " ", " ", "  ", "\t", "\n", "\xa0", "\x1c", "\u2003")
MARKS = ("", "", "", "!", "?", "??", "!!!", ".", ",", "...", '"', "'", "\u2019", "(", ")")
PLAIN = "the a minister said Monday house PLAN x I of to or nor doubt at no so this least never without but BUT".split()
EMOJI = ["😀", "❤", "☹", "💀", "a😀b", "💀💀", ":)", ":D", ":-Þ", "!", "?", "--", "\ud800", "ﬁne", "İ", "ΟΔΟΣ"]


def real_sentences() -> list[str]:
    """Return the distinct sentences of the sample and of what lies beside the checkout."""
    tables = [load_corpus("sample").articles[["article_id", "text"]]]
    for path in sorted((SHARED / "dev").glob("*/*.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table = table[table["lang"] == "EN"] if "lang" in table else table
        if column := next((name for name in ("text", "sentence") if name in table), None):
            tables.append(pd.DataFrame({"article_id": path.stem, "text": table[column]}))
    return list(dict.fromkeys(split_sentences(pd.concat(tables))["text"]))


def made_texts(number: int, seed: int) -> Iterator[str]:
    """Yield texts that ask much of the rules, and some of characters at random."""
    chance = random.Random(seed)
    lexicon = list(SentimentIntensityAnalyzer().lexicon)
    phrases = [word for phrase in (*SPECIAL_CASES, "kind of", "sort of", "just enough") for word in phrase.split()]
    pools = [lexicon, lexicon, list(BOOSTER_DICT), NEGATE, phrases, PLAIN, PLAIN, EMOJI]
    for _ in range(number):
        if chance.random() < 0.05:
            yield "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x1F9FF)))) for _ in range(20))
            continue
        words = [chance.choice(chance.choice(pools)) for _ in range(chance.randrange(10))]
        cased = [chance.choice((word, word, word, word.upper(), word.title())) for word in words]
        yield "".join(
            chance.choice(MARKS) * (chance.random() < 0.2) + word + chance.choice(MARKS) + chance.choice(BETWEEN)
            for word in cased
        )


def count_differences(texts: list[str]) -> int:
    """Return how many texts get other scores than from the package, in a column or alone."""
    judge, scorer = SentimentIntensityAnalyzer(), Scorer()
    column = score_texts(texts).to_dict("records")
    wanted = [judge.polarity_scores(text) for text in texts]
    alone = [scorer.score(text) for text in texts]
    return sum(not (want == one == other) for want, one, other in zip(wanted, column, alone, strict=True))


def measure(texts: list[str]) -> dict[str, float]:
    """Return seconds of each way, the least of rounds in which all take turns; each round begins with the lexicon alone."""
    ways: dict[str, Callable] = {
        "vaderSentiment": lambda judge, _: [judge.polarity_scores(text) for text in texts],
        "column": lambda _, columns: columns.score(texts),
        "one by one": lambda _, columns: [columns.scorer.score(text) for text in texts],
    }
    times = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            judge, columns = SentimentIntensityAnalyzer(), Columns(Scorer())
            start = process_time()
            way(judge, columns)
            times[name].append(process_time() - start)
    return {name: min(values) for name, values in times.items()}


def compare() -> tuple[list[str], list[Aim]]:
    """Return lines that tell how many texts differ and how much quicker the rest is, and what is aimed at."""
    real = real_sentences()
    texts = list(dict.fromkeys([*real, *made_texts(DIFFERENT, seed=1)]))
    different = count_differences(texts)
    timed = random.Random(1).sample(real, min(TIMED, len(real)))
    times = measure(timed)
    each, by_column, alone = (times[name] for name in ("vaderSentiment", "column", "one by one"))
    lines = [
        f"{different:,} of {len(texts):,} distinct texts scored otherwise than by vaderSentiment",
        f"{len(timed):,} distinct sentences, {each / len(timed) * 1e6:.1f} µs each by vaderSentiment",
        f"{each / by_column:6.1f} times as quick: column",
        f"{each / alone:6.1f} times as quick: one by one",
    ]
    return lines, [
        Aim("tone: vaderSentiment against a column", AT_LEAST, 12, each / by_column),
        Aim("tone: vaderSentiment against single calls", AT_LEAST, 4, each / alone),
        Aim("tone: texts scored otherwise than by vaderSentiment", AT_MOST, 0, different, needed=True),
    ]


if __name__ == "__main__":
    print(*compare()[0], sep="\n")
