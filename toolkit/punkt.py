"""Punkt's sentence boundaries (Kiss and Strunk 2006, doi 10.1162/coli.2006.32.4.485), quick where it is plain.

NLTK's implementation cuts the words round every possible end into tokens and classes each. Most ends need none of that:
a word of letters that is no abbreviation, a full stop, a space and a word; these are decided here, all others by NLTK's
own code, remembered by the words they stand between. The boundaries are the same, which tests hold.
"""

import re
import string
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from toolkit.imports import import_punkt
from toolkit.terms import Span

SPACE = r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"  # what NLTK's expressions take for space
CLOSING = "\u2018\u2019\u201c\u201d\xab\xbb"
NOT_IN_WORDS = rf"[)\";}}\]*:@'({{\[{CLOSING}?!]"
POSSIBLE_END = re.compile(
    rf"[.?!](?=({NOT_IN_WORDS}|{SPACE}+([^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)))"
)
CLOSED = re.compile(rf"[\"')\]}}{CLOSING}]+?(?:{SPACE}+|(?=--)|$)", re.MULTILINE)
REMEMBERED = 100_000  # contexts
BLOTTED = re.compile(r"([\x01-\x08])\1+")  # a text blotted out sign by sign, of which one says as much


class Punkt:
    """Punkt with given abbreviations and sentence starters, and nothing learned besides."""

    def __init__(self, abbreviations: Collection[str], starters: Collection[str]) -> None:
        self._abbreviations = set(abbreviations)
        self._ends_sentence = lru_cache(REMEMBERED)(_decision(self._abbreviations, set(starters)))

    def spans(self, text: str) -> Iterator[Span]:
        """Yield the (start, end) of each sentence of a text; closing quotation marks and brackets stay with theirs."""
        pieces = [*self._pieces(text)]
        behind = 0
        for number, (start, end) in enumerate(pieces):
            start += behind
            following = pieces[number + 1] if number + 1 < len(pieces) else None
            closed = CLOSED.match(text, *following) if following else None
            behind = closed.end() - following[0] if closed else 0
            if closed:
                yield start, following[0] + len(closed[0].rstrip())
            elif start < end:
                yield start, end

    def _pieces(self, text: str) -> Iterator[Span]:
        start = 0
        for match, first in _candidates(text):
            if self._is_end(text, match, first):
                yield start, match.end()
                start = match.start(2) if match[2] else match.end()
        yield start, len(text.rstrip())

    def _is_end(self, text: str, match: re.Match, first: int) -> bool:
        word, following = text[first : match.start()], (match[2] or match[1])[0]
        # An abbreviation, an initial, a number or an odd sign may end no sentence; a word of letters does.
        plain = len(word) > 1 and word.isalpha() and word.isascii() and following.isascii() and following.isprintable()
        if plain and (match[0] != "." or word.lower() not in self._abbreviations):
            return True
        return self._ends_sentence(BLOTTED.sub(r"\1", word + match[0] + match[1]))


def _candidates(text: str) -> Iterator[tuple[re.Match, int]]:
    """Yield the possible ends of sentences, of those of one word the last, and where the word before begins."""
    spaces = [space for space in string.whitespace if space in text]
    first, last, previous = 0, 0, None
    for match in POSSIBLE_END.finditer(text):
        place = max([text.rfind(space, last, match.start()) for space in spaces], default=-1)
        # A space at the very beginning is not seen: so NLTK reckons, and so it is kept.
        begins = place + 1 if place > last else first
        if previous and last <= begins:
            yield previous, first
        previous, first, last = match, begins, match.start()
    if previous:
        yield previous, first


def _decision(abbreviations: set[str], starters: set[str]) -> Callable[[str], bool]:
    """Return NLTK's own way to say whether a sentence ends within a few words."""
    punkt = import_punkt()
    parameters = punkt.PunktParameters()
    parameters.abbrev_types, parameters.sent_starters = abbreviations, starters
    return punkt.PunktSentenceTokenizer(parameters).text_contains_sentbreak
