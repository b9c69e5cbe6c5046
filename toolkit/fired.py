"""Fired: the lexicon words of a text, where they stand in it, and what each adds to its score."""

import re
from string import punctuation
from typing import NamedTuple

from toolkit.scorer import Scorer, describe, describe_emoji
from toolkit.terms import Span
from toolkit.vader import EMOTICON

TOKEN = re.compile(r"\S+")
CHARACTER = re.compile(r".", re.DOTALL)


class Fired(NamedTuple):
    """A lexicon word that fired."""

    word: str  # in lower case
    start: int
    end: int
    valence: float  # after the rules


def find_fired(text: str, masked: str, scorer: Scorer, contrasted: bool = True) -> list[Fired]:
    """Return the words that fire in `masked`, placed in `text`: masking leaves the tokens as many as they were."""
    tokens = describe_emoji(masked).split()
    places, valences = scorer.fired(tokens, contrasted)
    spans = _token_spans(text) if places else []
    return [
        Fired(scorer.words[tokens[place]].lower, *_word_span(text, *spans[place]), valence)
        for place, valence in zip(places, valences, strict=True)
    ]


def _word_span(text: str, start: int, end: int) -> Span:
    token = text[start:end]
    if len(token.strip(punctuation)) <= EMOTICON:
        return start, end
    return end - len(token.lstrip(punctuation)), start + len(token.rstrip(punctuation))


def _token_spans(text: str) -> list[Span]:
    """Return where the tokens that VADER reads stand in the text as it is, its emoji not described."""
    described = describe_emoji(text)
    if described == text:
        return [match.span() for match in TOKEN.finditer(text)]
    origins = [match.start() for match in CHARACTER.finditer(text) for _ in describe(match)]
    return [(origins[match.start()], origins[match.end() - 1] + 1) for match in TOKEN.finditer(described)]
