"""Vocabulary: the distinct words of many texts, by which those that can hold none of the terms are passed over.

Most sentences hold nothing that is looked for. Read one by one, their words cost more than all else; here Arrow parts
them, and each distinct one is looked at once.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set

import numpy as np
import pyarrow
from pyarrow import compute

from toolkit.terms import words_within

BLOCK = 50_000  # texts at once, so that memory stays small
SIGNS = "".join(filter(lambda sign: not (sign.isalnum() or sign == "_"), map(chr, range(33, 127))))
LAST = chr(0x10FFFF)

Reading = Callable[[str], Iterable[str]]
Needed = Set[tuple[str, ...]]


def may_hold(texts: Sequence[str], needed: Needed, reading: Reading = words_within) -> np.ndarray:
    """Say of each text whether it holds what some term needs, a word or two in a row: in the others is no match.

    `needed` is that of Terms; `reading` gives the words of a piece between white space, as they are looked up.
    """
    blocks = [texts[start : start + BLOCK] for start in range(0, len(texts), BLOCK)]
    return np.concatenate([np.zeros(0, bool), *(_may_hold(block, needed, reading) for block in blocks)])


def _may_hold(texts: Sequence[str], needed: Needed, reading: Reading) -> np.ndarray:
    try:
        array = pyarrow.array(texts, pyarrow.large_string())
    except UnicodeEncodeError:  # half of a surrogate pair, which Arrow cannot hold: no part of a word
        array = pyarrow.array([text.encode(errors="replace").decode() for text in texts], pyarrow.large_string())
    parted = compute.ascii_split_whitespace(array)
    pieces = compute.ascii_trim(parted.values, SIGNS).dictionary_encode()
    words = [reading(piece) for piece in pieces.dictionary.to_pylist()]
    codes, owners = pieces.indices.to_numpy(), np.repeat(np.arange(len(texts)), np.diff(parted.offsets.to_numpy()))
    wordy = np.array([*map(bool, words), True])[codes]
    codes, owners = codes[wordy].astype("int64"), owners[wordy]
    alone, pairs = _wanted(words, needed)
    held = np.zeros(len(texts), bool)
    held[owners[alone[codes]]] = True
    if len(pairs) and len(codes):
        first = np.zeros(len(words), bool)
        first[pairs // len(words)] = True
        places = np.flatnonzero(first[codes[:-1]])
        places = places[np.isin(codes[places] * len(words) + codes[places + 1], pairs)]
        held[owners[places][owners[places] == owners[places + 1]]] = True
    return held


def _wanted(words: Sequence[Iterable[str]], needed: Needed) -> tuple[np.ndarray, np.ndarray]:
    """Say of each piece whether it holds by itself what a term needs, and return the pairs of neighbours that do.

    A pair is told by one number, that of the first piece times the number of pieces plus that of the second.
    """
    holding: dict[str, list[int]] = defaultdict(list)
    for number, within in enumerate(words):
        for word in within:
            holding[word].append(number)
    ordered = sorted(holding)
    alone, pairs = np.zeros(len(words), bool), []
    for own in needed:
        found = [_holding(word, holding, ordered) for word in own]
        if len(found) == 1:
            alone[found[0]] = True
        elif all(found):
            alone[list({*found[0]}.intersection(found[1]))] = True
            pairs += [first * len(words) + second for first in found[0] for second in found[1]]
    return alone, np.unique(np.array(pairs, "int64"))


def _holding(word: str, holding: dict[str, list[int]], ordered: Sequence[str]) -> list[int]:
    """Return the pieces that hold a word, or any that begins like one with a *."""
    if not word.endswith("*"):
        return holding.get(word, [])
    stem = word[:-1]
    alike = ordered[bisect_left(ordered, stem) : bisect_left(ordered, stem + LAST)]
    return [number for one in alike for number in holding[one]]
