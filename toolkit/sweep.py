"""Sweep: terms looked for in many texts at once, with the matches that `Terms.find` has in each.

Most sentences hold nothing that is looked for, and reading their words one by one costs more than all else. Here Arrow
parts the texts at white space, each distinct piece is looked at once, and a text is opened only where a term may stand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow
from pyarrow import compute

from toolkit.terms import MOST_WORDS, WORD, Candidate, Match, Terms, fold_word

TEXTS = 20_000  # at once, so that memory stays small
FEW = 30  # texts for which Arrow is not worth its trouble
SIGNS = "".join(sign for sign in map(chr, range(33, 127)) if not (sign.isalnum() or sign == "_"))


def find_in_each(texts: Sequence[str], *indexes: Terms) -> Iterator[tuple[int, list[list[Match]]]]:
    """Yield each text in which some term is found, by its number, and for each index the matches of `Terms.find`."""
    for first in range(0, len(texts), TEXTS):
        block = texts[first : first + TEXTS]
        swept = Swept(block) if len(block) >= FEW else None
        every = [swept.find(terms) if swept else _one_by_one(block, terms) for terms in indexes]
        for number in sorted(set().union(*every)):
            yield first + number, [found.get(number, []) for found in every]


def _one_by_one(texts: Sequence[str], terms: Terms) -> dict[int, list[Match]]:
    found = ((number, terms.find(text)) for number, text in enumerate(texts))
    return {number: matches for number, matches in found if matches}


def which_hold(texts: Sequence[str], test: Callable[[str], bool]) -> np.ndarray:
    """Say of each text whether a piece of it between white space passes a test; each distinct one is tested once."""
    held = np.zeros(len(texts), bool)
    for first in range(0, len(texts), TEXTS):
        parted = compute.ascii_split_whitespace(as_arrow(texts[first : first + TEXTS]))
        pieces = parted.values.dictionary_encode()
        passed = np.array([test(piece) for piece in pieces.dictionary.to_pylist()], bool)[pieces.indices.to_numpy()]
        held[first + np.repeat(np.arange(len(parted)), np.diff(parted.offsets.to_numpy()))[passed]] = True
    return held


class _Words(NamedTuple):
    """Words one after the other, as arrays: which it is, where it begins, how long it is."""

    codes: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray


class Swept:
    """Some texts as one row of words: which of the distinct `names` each is, in which text, and where in that."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts, strings = texts, as_arrow(texts)
        parted = compute.ascii_split_whitespace(strings)
        pieces, bounds = parted.values.dictionary_encode(), parted.offsets.to_numpy()
        which, owners = pieces.indices.to_numpy(), np.repeat(np.arange(len(texts)), np.diff(bounds))
        ends = np.append(0, np.cumsum(compute.utf8_length(pieces.dictionary).to_numpy().astype("int64")[which] + 1))
        # As if one space stood after each piece; where there are more, places are not known.
        self._irregular = (np.diff(ends[bounds]) - 1 != compute.utf8_length(strings).to_numpy()).tolist()
        words, firsts, numbers = self._read(pieces.dictionary)
        within = numbers[which]
        before = np.cumsum(within) - within
        flat = np.repeat(firsts[which] - before, within) + np.arange(within.sum())
        self._owners = np.repeat(owners, within)
        starts = np.repeat(ends[:-1] - ends[bounds[:-1]][owners], within) + words.starts[flat]
        self._row = _Words(words.codes[flat], starts, words.lengths[flat])

    def _read(self, pieces: pyarrow.Array) -> tuple[_Words, np.ndarray, np.ndarray]:
        """Return the words of distinct pieces, and for each piece the number of its first, and how many it has."""
        begun = compute.ascii_ltrim(pieces, SIGNS)
        cores = compute.ascii_lower(compute.ascii_rtrim(begun, SIGNS))
        plain = compute.ascii_is_alnum(cores)  # of one word, which is folded when it is in lower case
        alone, others = plain.to_numpy(zero_copy_only=False), pieces.filter(compute.invert(plain)).to_pylist()
        folded = [_words_of(piece) for piece in others]
        numbers = np.ones(len(pieces), "int64")
        numbers[~alone] = [*map(len, folded)]
        firsts = np.zeros(len(pieces), "int64")
        firsts[alone] = np.arange(alone.sum())
        firsts[~alone] = alone.sum() + np.cumsum(numbers[~alone]) - numbers[~alone]
        rest = [word for words in folded for word in words]
        simple = cores.filter(plain)
        names = pyarrow.concat_arrays([simple, pyarrow.array([word[0] for word in rest], simple.type)])
        encoded = names.dictionary_encode()
        self.names = encoded.dictionary.to_pylist()
        leads = compute.subtract(compute.binary_length(pieces), compute.binary_length(begun)).to_numpy()[alone]
        starts = np.append(leads, [word[1] for word in rest]).astype("int64")
        lengths = np.append(compute.binary_length(simple).to_numpy(), [word[2] for word in rest]).astype("int64")
        return _Words(encoded.indices.to_numpy().astype("int64"), starts, lengths), firsts, numbers

    def find(self, terms: Terms) -> dict[int, list[Match]]:
        """Return the matches in each text in which some term is found, by its number."""
        found: dict[int, list[Match]] = defaultdict(list)
        opened: set[int] = set()
        for places, hopeful in self._hopeful(terms):
            columns = (column[places].tolist() for column in (self._owners, self._row.starts, self._row.lengths))
            for place, owner, start, length, candidates in zip(places.tolist(), *columns, hopeful, strict=True):
                matches = found[owner]
                if self._irregular[owner]:
                    matches += () if owner in opened else terms.find(self._texts[owner])
                    opened.add(owner)
                    continue
                for number, back, margin, pattern in candidates:
                    begin = self._start(place - back, owner) if back else start
                    if pattern is None:
                        matches.append((number, begin, begin + length))
                    elif match := pattern.match(self._texts[owner], max(0, begin - margin)):
                        matches.append((number, *match.span()))
        for matches in found.values():
            matches.sort(key=lambda match: (match[1], match[0]))
        return {owner: matches for owner, matches in found.items() if matches}

    def _start(self, place: int, owner: int) -> int:
        inside = place >= 0 and self._owners[place] == owner
        return int(self._row.starts[place]) if inside else 0

    def _hopeful(self, terms: Terms) -> Iterator[tuple[np.ndarray, list[list[Candidate]]]]:
        """Yield places of words and the terms that may stand at each: by the word alone, or with the next or last."""
        codes, size = self._row.codes, len(self.names)
        alone: dict[int, list[Candidate]] = {}
        after: dict[int, list[Candidate]] = {}  # by the number of the word, times all, plus that of the word beside it
        ahead: dict[int, list[Candidate]] = {}
        numbers = {name: number for number, name in enumerate(self.names)}
        for code, name in enumerate(self.names):
            if candidates := terms.candidates(name):
                always, before, behind = candidates
                if always:
                    alone[code] = always
                for pairs, beside in ((after, before), (ahead, behind)):
                    pairs |= {code * size + numbers[one]: own for one, own in beside.items() if one in numbers}
        places = self._places(alone)
        yield places, [alone[code] for code in codes[places].tolist()]
        for pairs, step in ((after, 1), (ahead, -1)):
            places = self._places({pair // size for pair in pairs})
            places = places[(places + step >= 0) & (places + step < len(codes))]
            places = places[self._owners[places] == self._owners[places + step]]
            keys = codes[places] * size + codes[places + step]
            met = np.isin(keys, np.fromiter(pairs, "int64", len(pairs)))
            yield places[met], [pairs[key] for key in keys[met].tolist()]

    def _places(self, wanted: Iterable[int]) -> np.ndarray:
        """Return the places of some of the distinct words."""
        chosen = np.zeros(len(self.names), bool)
        chosen[[*wanted]] = True
        return np.flatnonzero(chosen[self._row.codes])


@lru_cache(MOST_WORDS)
def _words_of(piece: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a piece as they are looked up, where each begins, and how long it is."""
    return (*((fold_word(word[0]), word.start(), len(word[0])) for word in WORD.finditer(piece)),)


def as_arrow(texts: Sequence[str]) -> pyarrow.Array:
    """Return texts as Arrow has them, as long as they are; of what it cannot hold stands a question mark."""
    try:
        return pyarrow.array(texts, pyarrow.large_string())
    except UnicodeEncodeError:  # half of a surrogate pair, which Arrow cannot hold: no part of a word
        return pyarrow.array([text.encode(errors="replace").decode() for text in texts], pyarrow.large_string())
