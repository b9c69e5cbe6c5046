"""Shingles: the runs of five words a text is made of, and which texts have most of theirs in common.

Resemblance is the Jaccard similarity of two texts' sets of shingles (Broder 1997, doi 10.1109/SEQUEN.1997.666900).
MinHash and banding (Leskovec, Rajaraman and Ullman 2020, Mining of Massive Datasets, chapter 3) name the pairs worth
comparing; every pair they name is compared on the sets themselves. All constants are hashes of fixed words: nothing is
drawn, so that every machine finds the same.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from math import log
from typing import NamedTuple

import numpy as np

from toolkit.progress import progress

SIZE = 5  # words in a shingle
HASHES = 128  # least values that sketch a text
RECALL = 0.99  # of pairs exactly at the threshold; those above it are found more surely
MOST_LEADERS = 10  # compared per band, so that a template many texts are poured into costs no more than linear time
PORTION = 1024  # shingles hashed at once
WORDS_KEPT, SETS_KEPT = 2**19, 2**11  # in memory, of those seen last

# Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese. Each character is taken as a word.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
# Vowel signs and points belong to the word, though they are no letters to `\w`: Hebrew, Arabic, the scripts of India.
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
WORD = re.compile(rf"[^\W{UNSPACED}]+(?:[{MARKS}]+[^\W{UNSPACED}]*)*|[{UNSPACED}]")
SOFT_HYPHEN = "\u00ad"
# Letters and signs of European texts, whose forms do not depend on what stands beside them: no mark goes with them.
LATIN, NOT_PLAIN = re.compile("[\x80-\u024f\u2000-\u206f\u20a0-\u20bf™]*"), re.compile(f"[{UNSPACED}{MARKS}]")
ASCII = bytes(range(128))
LETTERS = bytes(
    byte if byte > 127 or chr(byte).isalnum() or byte == ord("_") else 32 for byte in bytes(range(256)).lower()
)

Hashes = np.ndarray  # of uint64


class Likeness(NamedTuple):
    """Of one text: the first with the same words, the text that stands for its group, and how similar it is to that."""

    same: int
    leader: int
    similarity: float


def hash_text(text: str) -> int:
    """Return 64 bits that are the same in every process and on every machine."""
    return int.from_bytes(_hash(text.encode("utf-8", "surrogatepass")), "little")


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).digest()


def _constants(name: str, number: int) -> Hashes:
    return np.array([hash_text(f"{name} {n}") | 1 for n in range(number)], dtype=np.uint64)


PLACES, ROWS, BANDS = _constants("place", SIZE), _constants("row", HASHES), _constants("band", HASHES)
FACTORS, TERMS = (_constants(name, HASHES).astype(np.uint32)[:, None] for name in ("factor", "term"))


def group_alike(texts: Sequence[str], threshold: float) -> list[Likeness]:
    """Group texts of which at least `threshold` is alike, one Likeness per text, in the order given.

    A text joins the most similar of the earlier ones that stand for a group, if it reaches the threshold, or else
    stands for a group itself. So every member resembles the text that stands for it: a chain of versions, each like
    the one before, does not make one group of a first and a last that have little in common. Texts of the same words
    are always of one group; a text without words is alone.
    """
    words_of = _word_reader()
    first: dict[bytes, int] = {}
    same, keys = [], []
    shape = _bands_and_rows(threshold)
    for number, text in enumerate(progress(texts, "duplicates: reading")):
        words = words_of(text)
        same.append(first.setdefault(blake2b(words.tobytes()).digest(), number) if len(words) else number)
        if same[-1] == number and len(words):
            keys.append(_band_keys(shingle(words), *shape))
    sets = lru_cache(SETS_KEPT)(lambda number: np.unique(shingle(words_of(texts[number]))))
    found = _join(sorted(first.values()), np.array(keys), sets, threshold)
    return [Likeness(number, *found.get(number, (number, 1.0))) for number in same]


class _WordHashes(dict[bytes, bytes]):
    """The hashes of words in UTF-8, of so many at once as are kept."""

    def __missing__(self, word: bytes) -> bytes:
        if len(self) == WORDS_KEPT:
            self.clear()
        return self.setdefault(word, _hash(word))


def _word_reader() -> Callable[[str], Hashes]:
    hashes = _WordHashes()

    def words_of(text: str) -> Hashes:
        return np.frombuffer(b"".join(map(hashes.__getitem__, split_words(text))), dtype="<u8")

    return words_of


def split_words(text: str) -> list[bytes]:
    """Return the words of a text in UTF-8, whatever their case and the form of their letters."""
    text = text.replace(SOFT_HYPHEN, "")
    others = text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass")
    forms = {sign: _form(sign) for sign in set(others)} if LATIN.fullmatch(others) else {"": MARKS}
    if NOT_PLAIN.search("".join(forms.values())):
        return [word.encode("utf-8", "surrogatepass") for word in WORD.findall(_form(text))]
    for sign, form in forms.items():
        text = text.replace(sign, "".join(letter if letter.isalnum() else " " for letter in form))
    return text.encode().translate(LETTERS).split()


def _form(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def shingle(words: Hashes) -> Hashes:
    """Return a hash of each five words in a row; fewer than five words are one shingle."""
    if len(words) < SIZE:
        return (words * PLACES[: len(words)]).sum(keepdims=True)
    count = len(words) - SIZE + 1
    return sum(words[place : place + count] * factor for place, factor in enumerate(PLACES))


def _bands_and_rows(threshold: float) -> tuple[int, int]:
    """Return the shape of the sketch with the longest rows, so the fewest false candidates, that has the recall."""
    for rows in range(HASHES, 1, -1):
        missed = 1 - threshold**rows
        if missed <= 0 or (HASHES // rows) * log(missed) <= log(1 - RECALL):
            return HASHES // rows, rows
    return HASHES, 1


def _band_keys(shingles: Hashes, bands: int, rows: int) -> Hashes:
    """Return one key per band; two texts have the same key in a band with the probability similarity ** rows."""
    least = np.full(HASHES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(shingles), PORTION):
        hashes = FACTORS * (shingles[start : start + PORTION] >> np.uint64(32)).astype(np.uint32)
        hashes += TERMS
        np.minimum(least, hashes.min(axis=1), out=least)
    table = least[: bands * rows].reshape(bands, rows).astype(np.uint64)
    return (table * ROWS[:rows]).sum(axis=1) ^ BANDS[:bands]


def _join(
    numbers: Sequence[int], keys: np.ndarray, sets: Callable[[int], Hashes], threshold: float
) -> dict[int, tuple[int, float]]:
    """Return of each text that is not alone in every band: which text stands for it, and its similarity to that."""
    found, leaders = {}, defaultdict(list)
    values, times = np.unique(keys, return_counts=True)
    shared = np.isin(keys, values[times > 1])
    for row, number in enumerate(progress(numbers, "duplicates: comparing")):
        own = keys[row][shared[row]].tolist()
        candidates = sorted({leader for key in own for leader in leaders[key]})
        leader, similarity = _most_similar(number, candidates, sets)
        if similarity >= threshold:
            found[number] = leader, similarity
            continue
        for key in own:
            if len(leaders[key]) < MOST_LEADERS:
                leaders[key].append(number)
    return found


def _most_similar(number: int, candidates: Iterable[int], sets: Callable[[int], Hashes]) -> tuple[int, float]:
    best = number, 0.0
    for candidate in candidates:
        similarity = jaccard(sets(candidate), sets(number))
        best = max(best, (candidate, similarity), key=lambda pair: pair[1])
    return best


def jaccard(left: Hashes, right: Hashes) -> float:
    """Return the share of shingles that two sets, each without repetition, have in common."""
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common)
