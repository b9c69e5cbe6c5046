"""Columns: VADER's scores of many texts at once, equal to those of one text after the other.

Arrow finds the tokens and which of them differ, so that each is looked at once; NumPy adds up. Tokens that a rule is
about, and texts with emoji or unusual spaces, go to the scorer.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from string import punctuation
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.scorer import BEARS, BUT, HIT, RULED, Scorer, kind_of
from toolkit.vader import (
    AHEAD,
    ALPHA,
    EMOTICON,
    NOT,
    REACH,
    RULE_WORDS,
    contrast,
    lower_of,
    package,
    punctuation_emphasis,
    valence_in_context,
    word_of,
)

PART = 50_000  # texts at once
FEW = 30  # texts, for which Arrow is not worth its trouble
ALONE, UPPER, LOUD = 16, 32, 64  # kinds of tokens: their text is read as a whole; all capitals; with ! or ?
HALVES = re.compile("[\ud800-\udfff]")  # of pairs, which Arrow does not take
ODD_SPACE = "\xa0"
ASCII_SPACES = " \t\n\v\f\r"  # at which Arrow splits
KEYS = ("neg", "neu", "pos", "compound")


@cache
def _read_alone() -> str:
    """Return a pattern of the characters for which a text is read alone: emoji, and spaces Arrow does not split at."""
    emoji = [character for character in package().emojis if len(character) == 1]
    spaces = [
        character for character in map(chr, range(0x3001)) if character.isspace() and character not in ASCII_SPACES
    ]
    return "[" + "".join(map(re.escape, [*emoji, *spaces])) + "]"


class _Tokens(NamedTuple):
    """The tokens of some texts one after the other."""

    codes: np.ndarray  # which of `names` each is
    bounds: np.ndarray  # where each text begins, and the end of the last
    names: pa.Array
    kinds: np.ndarray  # of each token
    terms: np.ndarray  # which of the known words each of `names` is


class _Hits(NamedTuple):
    """The lexicon words of some texts."""

    places: np.ndarray
    texts: np.ndarray  # number of the text
    valences: np.ndarray


class Columns:
    """A scorer, and what it knows of words as arrays."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        terms = list(dict.fromkeys([*scorer.lexicon, *sorted(RULE_WORDS), NOT]))
        words = [word_of(term, scorer.lexicon) for term in [*terms, ""]]
        self.words = [*words, *(word._replace(upper=True) for word in words)]
        self.valences = np.array([word.valence or 0.0 for word in self.words])
        self._kinds = np.array([kind_of(word) for word in words], np.uint8)
        self._terms, self._places = pa.array(terms, pa.large_string()), {term: n for n, term in enumerate(terms)}

    def score(self, texts: Sequence[str]) -> np.ndarray:
        """Return neg, neu, pos and compound, one row per text."""
        if len(texts) < FEW:
            return np.array([list(self.scorer.score(text).values()) for text in texts]).reshape(-1, len(KEYS))
        return np.concatenate([self._score_part(texts[start : start + PART]) for start in range(0, len(texts), PART)])

    def words_fired(self, texts: Sequence[str]) -> list[list[str]]:
        """Return of each text the words that stand in the lexicon, in lower case and in order."""
        if len(texts) < FEW:
            return [self.scorer.words_fired(text) for text in texts]
        parts = (texts[start : start + PART] for start in range(0, len(texts), PART))
        return [words for part in parts for words in self._words_of_part(part)]

    def _words_of_part(self, texts: Sequence[str]) -> list[list[str]]:
        tokens = self._tokens(_as_arrow(texts))
        places = np.flatnonzero(tokens.kinds & HIT)
        owners = np.searchsorted(tokens.bounds, places, side="right") - 1
        fired: list[list[str]] = [[] for _ in texts]
        for owner, term in zip(owners.tolist(), tokens.terms[tokens.codes[places]].tolist(), strict=True):
            fired[owner].append(self.words[term].lower)
        for number in _texts_with(ALONE, tokens):
            fired[number] = self.scorer.words_fired(texts[number])
        return fired

    def _score_part(self, texts: Sequence[str]) -> np.ndarray:
        strings = _as_arrow(texts)
        tokens = self._tokens(strings)
        hits = _contrasted(self._hits(tokens), tokens)
        words = np.diff(tokens.bounds)
        words[_where(pc.equal(strings, ""))] = 0  # of which Arrow makes an empty token
        emphasis = np.zeros(len(texts))
        for number in _texts_with(LOUD, tokens):
            emphasis[number] = punctuation_emphasis(texts[number])
        scores = _polarity(hits, words, emphasis)
        for number in _texts_with(ALONE, tokens):
            scores[number] = list(self.scorer.score(texts[number]).values())
        return scores

    def _tokens(self, strings: pa.Array) -> _Tokens:
        lists = pc.ascii_split_whitespace(strings)
        encoded = lists.flatten().dictionary_encode()
        codes, names = encoded.indices.to_numpy(), encoded.dictionary
        kinds, terms = self._facts_of(names)
        return _Tokens(codes, lists.offsets.to_numpy(), names, kinds[codes], terms)

    def _facts_of(self, names: pa.Array) -> tuple[np.ndarray, np.ndarray]:
        """Return the kind of each of these tokens, and which of the known words it is."""
        stripped = pc.ascii_trim(names, characters=punctuation)
        lower = pc.ascii_lower(pc.if_else(pc.greater(pc.binary_length(stripped), EMOTICON), stripped, names))
        terms = pc.index_in(lower, value_set=self._terms).fill_null(len(self._terms)).to_numpy().copy()
        terms[(terms == len(self._terms)) & _where(pc.match_substring(lower, NOT))] = self._places[NOT]
        upper = _where(pc.ascii_is_upper(names)).copy()
        others = np.flatnonzero(~_where(pc.ascii_is_printable(names)))
        unusual = names.take(others)
        for number, token in zip(others.tolist(), unusual.to_pylist(), strict=True):
            word = lower_of(token)
            terms[number] = self._places.get(word, self._places[NOT] if NOT in word else len(self._terms))
            upper[number] = token.isupper()
        kinds = self._kinds[terms] | upper * np.uint8(UPPER)
        kinds[upper & (kinds & HIT > 0)] |= BEARS | RULED
        kinds[_where(pc.match_substring(names, "!")) | _where(pc.match_substring(names, "?"))] |= LOUD
        kinds[others[_where(pc.match_substring_regex(unusual, _read_alone()))]] |= ALONE
        return kinds, terms + upper * len(self._kinds)

    def _hits(self, tokens: _Tokens) -> _Hits:
        """Return the lexicon words with their valences, before "but" is looked for."""
        places = np.flatnonzero(tokens.kinds & HIT)
        texts = np.searchsorted(tokens.bounds, places, side="right") - 1
        starts, ends = tokens.bounds[texts], tokens.bounds[texts + 1]
        near = places[:, None] + np.arange(-REACH, AHEAD + 1)
        inside = (near >= starts[:, None]) & (near < ends[:, None])
        near[~inside] = 0
        bearing = np.repeat(np.array([BEARS, RULED], np.uint8), [REACH, AHEAD + 1])
        ruled = ((tokens.kinds[near] & bearing > 0) & inside).any(axis=1)
        valences = self.valences[tokens.terms[tokens.codes[places]]]
        valences[ruled] = self._by_rules(tokens, near[ruled], inside[ruled], np.column_stack([starts, ends])[ruled])
        return _Hits(places, texts, valences)

    def _by_rules(self, tokens: _Tokens, near: np.ndarray, inside: np.ndarray, bounds: np.ndarray) -> list[float]:
        """Return the valences of lexicon words by the rules, each being given by the places around it."""
        mixed = ((tokens.kinds[near] & UPPER > 0) & inside).any(axis=1)
        for number in np.flatnonzero(mixed):
            mixed[number] = not (tokens.kinds[slice(*bounds[number])] & UPPER).all()
        firsts, ends = inside.argmax(axis=1).tolist(), (inside.shape[1] - inside[:, ::-1].argmax(axis=1)).tolist()
        windows = tokens.terms[tokens.codes[near]].tolist()
        return [
            valence_in_context([self.words[term] for term in window[first:end]], REACH - first, mixed_case)
            for window, first, end, mixed_case in zip(windows, firsts, ends, mixed.tolist(), strict=True)
        ]


def _as_arrow(texts: Sequence[str]) -> pa.Array:
    """Return the texts without spaces at their ends; what cannot be encoded is marked as odd."""
    try:
        strings = pa.array(texts, pa.large_string())
    except UnicodeEncodeError:  # half a surrogate pair
        strings = pa.array([HALVES.sub(ODD_SPACE, text) for text in texts], pa.large_string())
    return pc.ascii_trim_whitespace(strings)


def _where(answers: pa.Array) -> np.ndarray:
    return answers.to_numpy(zero_copy_only=False)


def _texts_with(kind: int, tokens: _Tokens) -> list[int]:
    """Return the numbers of the texts that have a token of this kind."""
    places = np.flatnonzero(tokens.kinds & kind)
    return np.unique(np.searchsorted(tokens.bounds, places, side="right") - 1).tolist()


def _contrasted(hits: _Hits, tokens: _Tokens) -> _Hits:
    """Return the hits, those of texts with "but" as it leaves them."""
    buts = np.flatnonzero(tokens.kinds & BUT)
    texts, first = np.unique(np.searchsorted(tokens.bounds, buts, side="right") - 1, return_index=True)
    valences = hits.valences.copy()
    starts, ends = np.searchsorted(hits.texts, texts, side="left"), np.searchsorted(hits.texts, texts, side="right")
    for start, end, but in zip(starts, ends, buts[first], strict=True):
        if start < end:
            valences[start:end] = contrast(valences[start:end].tolist(), hits.places[start:end].tolist(), but)
    return hits._replace(valences=valences)


def _polarity(hits: _Hits, words: np.ndarray, emphasis: np.ndarray) -> np.ndarray:
    """Do for all texts what `vader.polarity` does for one, in the same order."""
    n, valences = len(words), hits.valences
    up = np.bincount(hits.texts, np.where(valences > 0, valences + 1, 0), n)
    down = np.bincount(hits.texts, np.where(valences < 0, 1 - valences, 0), n)
    neutral = words - np.bincount(hits.texts, valences != 0, n)
    total = _sums(hits, n)
    total += np.sign(total) * emphasis
    stronger = np.sign(up - down)
    up, down = up + (stronger > 0) * emphasis, down + (stronger < 0) * emphasis
    whole = np.where(words > 0, up + down + neutral, 1)
    shares = [_rounded(share / whole, 3) for share in (down, neutral, up)]
    return np.column_stack([*shares, _rounded(total / np.sqrt(total * total + ALPHA), 4)])


def _sums(hits: _Hits, n: int) -> np.ndarray:
    """Return the sum of each text's valences as Python makes it, from 3.12 on with the rounding errors made good."""
    valences = hits.valences.tolist()
    texts, starts = np.unique(hits.texts, return_index=True)
    sums = np.zeros(n)
    bounds = [*starts.tolist(), len(valences)]
    sums[texts] = [sum(valences[start:end]) for start, end in pairwise(bounds)]
    return sums


def _rounded(values: np.ndarray, digits: int) -> np.ndarray:
    """Round as Python does, which looks at the exact value where NumPy multiplies first."""
    scaled = values * 10**digits
    rounded = np.rint(scaled) / 10**digits
    for number in np.flatnonzero(np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5) < 1e-6):
        rounded[number] = round(float(values[number]), digits)
    return rounded
