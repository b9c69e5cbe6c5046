"""Terms: many words and phrases looked for at once, each match with its place.

One pass over the words of a text, whatever the number of terms: a word that begins no term costs one lookup. Python's
own Unicode rules decide what a word is (`\\w+`), and a term stands alone when no word character touches it.
"""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress

WORD = re.compile(r"\w+")
CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w*")  # and all that begins with a letter beyond ASCII
GAP = "..."
GAP_PATTERN = r"\W+(?:\w+\W+){0,5}?"  # at most five words between
BETWEEN = r"[\s\-\u2010-\u2014]+"
APOSTROPHE = r"['\u2019\u2018\u02bc]"
APOSTROPHES = re.compile(APOSTROPHE)

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
    """An index of terms, asked text by text; terms are known by their number in the sequence given."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._whole: dict[str, list[_Entry]] = defaultdict(list)
        self._begun: dict[str, list[_Entry]] = defaultdict(list)
        # Patterns are made for the terms whose first word is met, which are few of many.
        self._patterns: dict[str, re.Pattern[str]] = _Memo(term_pattern)
        for number, term in enumerate(terms):
            self._add(number, term.strip())
        self._lengths = sorted({len(stem) for stem in self._begun})
        self._candidates: dict[str, _Candidates] = _Memo(self._look_up)

    def _add(self, number: int, term: str) -> None:
        first = WORD.search(term)
        if first is None:
            return
        stem = first.group().lower()
        begun = term[first.end() :].startswith("*")
        alone = term.lower() == stem + "*" * begun
        (self._begun if begun else self._whole)[stem].append((number, first.start(), "" if alone else term))

    def _look_up(self, word: str) -> "_Candidates":
        lower = word.lower()
        stems = [lower[:length] for length in self._lengths if length <= len(lower)]
        entries = [*self._whole.get(lower, ()), *(entry for stem in stems for entry in self._begun.get(stem, ()))]
        if not entries:
            return NOTHING
        candidates: _Candidates = defaultdict(list)
        for number, before, term in entries:
            candidates[_second(term)].append((number, before, self._patterns[term] if term else None))
        return candidates

    def find(self, text: str, words: Sequence[str] | None = None) -> list[Match]:
        """Return every match in one text, overlapping ones too, in the order of their first word.

        Whoever looks into a text for several things gives its `words`, as WORD finds them.
        """
        words = WORD.findall(text) if words is None else words
        begun = [*map(self._candidates.__getitem__, words)]
        if not any(begun):
            return []
        # A phrase whose second word is not there need not be looked for, nor its first word's place.
        hopeful = [
            (place, candidate)
            for place, found in compress(enumerate(begun), begun)
            for second in (None, words[place + 1].lower() if place + 1 < len(words) else "")
            for candidate in found.get(second, ())
        ]
        if not hopeful:
            return []
        starts, matches = [word.start() for word in WORD.finditer(text)], []
        for place, (number, before, pattern) in hopeful:
            start = starts[place]
            if pattern is None:
                matches.append((number, start, start + len(words[place])))
            elif match := pattern.match(text, max(0, start - before)):
                matches.append((number, *match.span()))
        return matches


NOTHING: "_Candidates" = {}  # most words begin no term
_Entry = tuple[int, int, str]  # number, characters before the first word, the term, "" where it is that word alone
_Candidate = tuple[int, int, re.Pattern[str] | None]  # number, characters before, pattern
_Candidates = dict[str | None, list[_Candidate]]  # by second word, None where that is open


def _second(term: str) -> str | None:
    """Return the second word of a phrase, in lower case, None where it is open: a wildcard, or after a gap."""
    words = WORD.finditer(term)
    first, second = next(words, None), next(words, None)
    if first is None or second is None or GAP in term[first.end() : second.start()] or term[second.end() :][:1] == "*":
        return None
    return second.group().lower()


class _Memo(dict):
    """A dict that fills itself: a corpus has few distinct words, and of many terms few begin with them."""

    def __init__(self, look_up) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str):
        found = self[word] = self._look_up(word)
        return found


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
