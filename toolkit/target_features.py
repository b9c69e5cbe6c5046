"""Target features: what stands around a mention, as words at their places and as a few numbers, to be learned from.

The target and other names are markers, so that nothing is learned about who they are. A word is told several times: in
the sentence, before or after the target within its clause or within six words, and at the two places on either side; a
long word by its beginning too. The numbers are sums of VADER's valences and the rules of `targets`.
"""

import re
from collections.abc import Iterator, Sequence
from math import exp, tanh
from typing import NamedTuple

import pandas as pd

from toolkit.clauses import clause_around
from toolkit.fired import find_fired
from toolkit.masking import mask
from toolkit.progress import progress
from toolkit.scorer import Scorer
from toolkit.targets import NO_TONE, compound_of, deeds_of, locate, speaks
from toolkit.terms import Span, disjoint
from toolkit.vader import normalise

TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
TARGET, NAME = "TARGET", "NAME"  # no words, since words are in lower case
BEGINNING = 5  # letters; a beginning joins the forms of a word
WINDOW, BESIDE, FADES = 6, 2, 4  # words from the target
NUMBERS = (
    *(f"{sign} {side} {where}" for where in ("in the clause", "beyond", "near") for side in ("before", "after")
      for sign in ("positive", "negative")),
    *("rules positive", "rules negative", "speaks", "praised", "blamed", "sentence", "target first", "names", "quoted"),
)  # fmt: skip


class Features(NamedTuple):
    """What is known of one mention."""

    ids: tuple[str, int, str, int, int]  # article_id, sentence_id, actor_id, start, end
    clause: Span  # offsets as those of the mention
    words: frozenset[str]
    numbers: tuple[float, ...]  # in the order of NUMBERS


class _Token(NamedTuple):
    word: str
    valence: float
    inside: bool  # in the clause of the target


def features_of(sentences: pd.DataFrame, mentions: pd.DataFrame, scorer: Scorer) -> Iterator[Features]:
    """Yield the features of each mention, in order."""
    for ids, text, spans, offset in progress(locate(sentences, mentions, scorer), "features", total=len(mentions)):
        own = ids[3] - offset, ids[4] - offset
        clause = clause_around(text, *own)
        fired = find_fired(text, mask(text, list(disjoint([*spans, own]))), scorer, contrasted=False)
        valences = {word.start: 0.0 if word.word in NO_TONE else word.valence for word in fired}
        tokens = _tokens(text, spans, own, clause, valences)
        place = next(number for number, token in enumerate(tokens) if token.word == TARGET)
        rules = compound_of(text, spans, own, clause, scorer)
        deeds = list(deeds_of(text, own, clause, set(valences)))
        numbers = (
            *_sums(tokens, place),
            *(max(rules, 0.0), max(-rules, 0.0), float(speaks(text, *own))),
            *(float(any(deed > 0 for deed in deeds)), float(any(deed < 0 for deed in deeds))),
            *(normalise(sum(valences.values())), float(place == 0)),
            *(tanh(sum(token.word == NAME for token in tokens) / 5), text[: own[0]].count('"') % 2),
        )
        yield Features(ids, (clause[0] + offset, clause[1] + offset), _words(tokens, place), numbers)


def _tokens(text: str, spans: Sequence[Span], own: Span, clause: Span, valences: dict[int, float]) -> list[_Token]:
    tokens: list[_Token] = []
    for match in TOKEN.finditer(text):
        start, end = match.span()
        word, inside = match.group().lower(), clause[0] <= start < clause[1]
        if start < own[1] and end > own[0]:
            word = TARGET
        elif match.group()[0].isupper() and any(first <= start < last for first, last in spans):
            word = NAME
        if word in (TARGET, NAME) and tokens and tokens[-1].word == word:
            continue
        valence = 0.0 if word in (TARGET, NAME) else valences.get(start, 0.0)
        tokens.append(_Token("0" if word.isdigit() else word, valence, inside))
    if not any(token.word == TARGET for token in tokens):  # it is made of spaces alone
        tokens.append(_Token(TARGET, 0.0, True))
    return tokens


def _words(tokens: Sequence[_Token], target: int) -> frozenset[str]:
    words = {
        f"before {_run(tokens, target - BESIDE, target)}",
        f"after {_run(tokens, target + 1, target + 1 + BESIDE)}",
    }
    for number, token in enumerate(tokens):
        if (distance := number - target) == 0:
            continue
        side = "-" if distance < 0 else "+"
        forms = [token.word, *([token.word[:BEGINNING] + "*"] if len(token.word) > BEGINNING else [])]
        words.update(f"s {form}" for form in forms)
        if token.inside:
            words.update(f"c{side} {form}" for form in forms)
        if abs(distance) <= WINDOW:
            words.add(f"w{side} {token.word}")
        if abs(distance) <= BESIDE:
            words.add(f"{distance:+} {token.word}")
    return frozenset(words)


def _run(tokens: Sequence[_Token], first: int, last: int) -> str:
    return " ".join(token.word for token in tokens[max(0, first) : last])


def _sums(tokens: Sequence[_Token], target: int) -> Iterator[float]:
    """Yield the valences before and after the target, positive and negative, in its clause, beyond it, and near it."""
    for where in range(3):
        for side in (-1, 1):
            for sign in (1, -1):
                total = sum(
                    sign * token.valence * (exp(-abs(number - target) / FADES) if where == 2 else 1.0)
                    for number, token in enumerate(tokens)
                    if sign * token.valence > 0
                    and side * (number - target) > 0
                    and (where == 2 or token.inside == (where == 0))
                )
                yield tanh(total / 3)
