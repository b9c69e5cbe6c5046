"""Terms: many words and phrases looked for at once, each match with its place.

One pass over the words of a text, whatever the number of terms: a word that stands for no term costs one lookup.
Python's own Unicode rules decide what a word is (`\\w+`), and a term stands alone when no word character touches it.
"""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

from toolkit.memo import Memo

WORD = re.compile(r"\w+")
CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w*")  # and all that begins with a letter beyond ASCII
MOST_WORDS = 50_000  # remembered
ALIKE = str.maketrans({"ς": "σ", "ſ": "s", "µ": "μ", "ı": "i", "\u0307": None})  # the last is left of İ
FEW, FAR = 4, 100  # words of a text whose places are found one by one
GAP = "..."
GAP_PATTERN = r"\W+(?:\w+\W+){0,5}?"  # at most five words between
BETWEEN = r"[\s\-\u2010-\u2014]+"
APOSTROPHE = r"['\u2019\u2018\u02bc]"
APOSTROPHES = re.compile(APOSTROPHE)
OPEN_PLACE = re.compile(rf"{re.escape(GAP)}|(?<!\w)\*")  # behind it a word may be any number of words on

Span = tuple[int, int]  # start, end
Match = tuple[int, int, int]  # number of the term, start, end


def normalise_term(term: str) -> str:
    """Return the form by which two spellings of one term are recognised as the same."""
    return " ".join(re.split(r"[\s\-\u2010-\u2014]+", APOSTROPHES.sub("'", term).lower().strip()))


def is_wildcard_of(wildcard: str, term: str) -> bool:
    """Say whether `term` (normalised) is already matched by `wildcard` (normalised): clash* and clashes."""
    stem = wildcard[:-1]
    return wildcard.endswith("*") and wildcard != term and term.startswith(stem) and " " not in term[len(stem) :]


def why_unmatchable(term: str) -> str:
    """Say why a term could never match as it is written, "" where it could."""
    words = term.split()
    if not WORD.search(term):
        return "holds no word"
    if any(GAP in word and word != GAP for word in words):
        return f"needs spaces round its {GAP}"
    if GAP in (words[0], words[-1]):
        return "begins or ends with a gap"
    return "has a * that does not end a word" if re.search(r"\*\S*\w", term) else ""


@lru_cache(maxsize=20_000)
def term_pattern(term: str) -> re.Pattern[str]:
    """Compile one term: `*` ends a word openly, `...` is a gap of up to five words, spaces also match hyphens."""
    parts = [_phrase(part) for part in term.split(GAP)]
    return re.compile(rf"(?<!\w){GAP_PATTERN.join(parts)}(?!\w)", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    pieces = [re.escape(piece).replace(r"\*", r"\w*") for piece in re.split(BETWEEN, phrase.strip()) if piece]
    return BETWEEN.join(APOSTROPHES.sub(lambda _: APOSTROPHE, piece) for piece in pieces)


class Terms:
    """An index of terms, asked text by text; terms are known by their number in the sequence given.

    A phrase is looked for where its longest word stands, since most texts lack it, and beside it the word that must.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._whole: dict[str, list[_Entry]] = defaultdict(list)
        self._begun: dict[str, list[_Entry]] = defaultdict(list)
        # Patterns are made for the terms whose words are met, which are few of many.
        self._patterns: dict[str, re.Pattern[str]] = Memo(term_pattern, MOST_WORDS)
        for number, term in enumerate(terms):
            self._add(number, term.strip())
        self._lengths = sorted({len(stem) for stem in self._begun})
        self._candidates: dict[str, Candidates | None] = Memo(self._look_up, MOST_WORDS)

    def _add(self, number: int, term: str) -> None:
        words, margin = _words_before_gap(term)
        if not words:
            return
        key = max(range(len(words)), key=lambda place: (len(words[place].rstrip("*")), not words[place].endswith("*")))
        stem = words[key].removesuffix("*")
        step = next((step for step in (1, -1) if 0 <= key + step < len(words) and words[key + step][-1] != "*"), 0)
        text = "" if fold_word(term) == words[key] else term
        entry = _Entry(number, key, margin, text, step, words[key + step])
        (self._begun if words[key].endswith("*") else self._whole)[stem].append(entry)

    def _look_up(self, word: str) -> "Candidates | None":
        known = fold_word(word)
        stems = [known[:length] for length in self._lengths if length <= len(known)]
        entries = [*self._whole.get(known, ()), *(entry for stem in stems for entry in self._begun.get(stem, ()))]
        if not entries:
            return None
        candidates = Candidates([], {}, {})
        for number, back, margin, term, step, neighbour in entries:
            beside = candidates.before if step > 0 else candidates.behind
            told = beside.setdefault(neighbour, []) if step else candidates.always
            told.append((number, back, margin, self._patterns[term] if term else None))
        return candidates

    def candidates(self, word: str) -> "Candidates | None":
        """Return the terms that may be where a word stands."""
        return self._candidates[word]

    def find(self, text: str) -> list[Match]:
        """Return every match in one text, overlapping ones too, in the order of their places and then of the terms."""
        words = WORD.findall(text)
        met = [*map(self._candidates.__getitem__, words)]
        fold = str.lower if text.isascii() else fold_word
        hopeful: list[tuple[int, Candidate]] = []
        for place, (always, before, behind) in compress(enumerate(met), met):
            hopeful += [(place, candidate) for candidate in always]
            if before and place + 1 < len(words):
                hopeful += [(place, candidate) for candidate in before.get(fold(words[place + 1]), ())]
            if behind and place:
                hopeful += [(place, candidate) for candidate in behind.get(fold(words[place - 1]), ())]
        if not hopeful:
            return []
        starts, matches = _starts(text, {max(0, place - candidate[1]) for place, candidate in hopeful}), []
        for place, (number, back, margin, pattern) in hopeful:
            start = starts[place - back] if back <= place else 0
            if pattern is None:
                matches.append((number, start, start + len(words[place])))
            elif match := pattern.match(text, max(0, start - margin)):
                matches.append((number, *match.span()))
        return sorted(matches, key=lambda match: (match[1], match[0]))


class _Entry(NamedTuple):
    """A term, under one of its words."""

    number: int
    back: int  # words of it before that one
    margin: int  # characters of it before its first word
    term: str  # "" where it is that word alone
    step: int  # 1 if the word after that one is certain, -1 if the one before it is, 0 if neither
    neighbour: str  # that certain word


Candidate = tuple[int, int, int, re.Pattern[str] | None]  # number, words back, margin, pattern


class Candidates(NamedTuple):
    """The terms that may be where a word stands: in any case, and by the words before and behind which it stands."""

    always: list[Candidate]
    before: dict[str, list[Candidate]]
    behind: dict[str, list[Candidate]]


def _starts(text: str, places: set[int]) -> Mapping[int, int] | Sequence[int]:
    """Return where the words at some places of a text begin; of a few, sooner than of all."""
    if len(places) > FEW or max(places) > FAR:
        return [word.start() for word in WORD.finditer(text)]
    return {place: _up_to(place).match(text).end() for place in places}


@cache
def _up_to(place: int) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:\w+\W+){{{place}}}")


def _words_before_gap(term: str) -> tuple[list[str], int]:
    """Return the words of a term up to what is open in it, folded, with their *, and where they begin."""
    phrase = re.sub(f"^{BETWEEN}", "", OPEN_PLACE.split(term)[0])  # a pattern has no hyphen at its ends
    found = [*WORD.finditer(phrase)]
    words = [fold_word(word[0]) + "*" * phrase.startswith("*", word.end()) for word in found]
    return words, found[0].start() if found else 0


def fold_word(word: str) -> str:
    """Return a word as it is looked up: alike for all that a pattern holds for the same letters in another case."""
    lower = word.lower()
    return lower if lower.isascii() else lower.translate(ALIKE)


@lru_cache(maxsize=16)
def index_of(terms: tuple[str, ...]) -> Terms:
    """Return the index of some terms: parts of a corpus are looked through with one that knows most of their words."""
    return Terms(terms)


def longest_first(matches: Iterable[Match]) -> list[Match]:
    """Keep the longest of matches that overlap, the earlier term where two are equally long; sorted by place."""
    kept: list[Match] = []
    taken: list[Span] = []
    for match in sorted(matches, key=lambda match: (match[1] - match[2], match[1], match[0])):
        if not overlaps(taken, *match[1:]):
            kept.append(match)
            insort(taken, match[1:])
    return sorted(kept, key=lambda match: match[1])


def disjoint(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order, each without what an earlier one has covered."""
    place = 0
    for start, end in sorted(spans):
        if end > max(start, place):
            yield max(start, place), end
            place = end


def overlaps(taken: Sequence[Span], start: int, end: int) -> bool:
    """Say whether a span overlaps any of `taken`, which are disjoint and sorted."""
    after = bisect_left(taken, (end,))
    return after > 0 and taken[after - 1][1] > start
