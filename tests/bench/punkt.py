"""Print how much quicker sentences are split than by NLTK, and how many boundaries differ: python -m tests.bench.punkt.

Punkt alone is held against NLTK's with the same parameters, on the paragraphs of made articles, on characters at random
and on what ends sentences strung together at random.
"""

import random
from collections.abc import Callable, Iterable, Iterator

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from tests.bench.aims import AT_LEAST, AT_MOST, Aim
from tests.bench.clock import seconds_of
from tests.bench.synthetic import make_articles
from toolkit.punkt import Punkt
from toolkit.sentences import STARTERS, abbreviations, paragraph_spans, split_spans

HOSTILE = 100_000
PIECES = '. ? ! ... ." .) -- Mr. U.S. e.g. J. the The a A 1 2.5 No. x Ärger ß ” » ‘ : ; , @'.split()
PIECES += [" ", " ", " ", "  ", "\n", "\xa0", "\u2003", "\x1c", "\ud800"]


def nltk_punkt() -> PunktSentenceTokenizer:
    """Return NLTK's tokenizer with the toolkit's abbreviations and starters."""
    parameters = PunktParameters()
    parameters.abbrev_types, parameters.sent_starters = set(abbreviations()), set(STARTERS)
    return PunktSentenceTokenizer(parameters)


def hostile_texts(number: int, seed: int = 1) -> Iterator[str]:
    """Yield texts of what ends sentences, and every twentieth time of any characters."""
    chance = random.Random(seed)
    for place in range(number):
        if place % 20 == 0:
            yield "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x2FFF)))) for _ in range(20))
        else:
            yield "".join(chance.choices(PIECES, k=chance.randrange(1, 14)))


def split_all(split: Callable[[str], Iterable], texts: list[str]) -> None:
    """Split texts, and look at every sentence."""
    for text in texts:
        for _ in split(text):
            pass


def compare() -> tuple[list[str], list[Aim]]:
    """Return lines that tell how the two compare, and what is aimed at."""
    articles = make_articles(2_000)["text"].tolist()
    paragraphs = [text[start:end] for text in articles for start, end in paragraph_spans(text)]
    theirs, ours = nltk_punkt(), Punkt(abbreviations(), STARTERS)
    texts = [*dict.fromkeys([*paragraphs, *hostile_texts(HOSTILE)])]
    different = sum([*theirs.span_tokenize(text)] != [*ours.spans(text)] for text in texts)
    nltk = seconds_of(split_all, lambda: (nltk_punkt().span_tokenize, paragraphs))
    punkt = seconds_of(split_all, lambda: (Punkt(abbreviations(), STARTERS).spans, paragraphs))
    whole = seconds_of(split_all, lambda: (split_spans, articles))
    lines = [
        f"{different:,} of {len(texts):,} texts split otherwise than by NLTK's Punkt with the same parameters",
        f"{nltk / punkt:6.1f} times as quick as NLTK: Punkt alone, on {len(paragraphs):,} paragraphs",
        f"{nltk / whole:6.1f} times as quick: with paragraphs and the rules beyond Punkt's",
    ]
    return lines, [
        Aim("sentences: NLTK's Punkt against ours", AT_LEAST, 4, nltk / punkt),
        Aim("sentences: texts split otherwise than by NLTK", AT_MOST, 0, different, needed=True),
    ]


if __name__ == "__main__":
    print(*compare()[0], sep="\n")
