"""Punkt's sentence boundaries (Kiss and Strunk 2006, doi 10.1162/coli.2006.32.4.485), quick where it is plain.

NLTK's implementation cuts the words round every possible end into tokens and classes each. Most ends need none of that:
a word of letters that is no abbreviation, a full stop, a space and a word. The others are decided by the rules of NLTK,
as they are where nothing was learned from a corpus, and remembered by the words they stand between. The boundaries are
those of NLTK, which tests hold; importing it takes longer than splitting a thousand articles.
"""

import re
import string
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise

from toolkit.terms import Span

SPACE = r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"  # what NLTK's expressions take for space
CLOSING = "\u2018\u2019\u201c\u201d\xab\xbb"
NOT_IN_WORDS = rf"[)\";}}\]*:@'({{\[{CLOSING}?!]"
WITHIN = SPACE.replace("[", "[^", 1)
POSSIBLE_END = re.compile(rf"[.?!](?=({NOT_IN_WORDS}|{SPACE}+({WITHIN}+)))")
CLOSED = re.compile(rf"[\"')\]}}{CLOSING}]+?(?:{SPACE}+|(?=--)|$)", re.MULTILINE)
REMEMBERED = 100_000  # contexts
MARKS = rf"(?:-{{2,}}|\.{{2,}}|(?:\.{SPACE}){{2,}}\.)"  # dashes and omissions, a token each
WORD_END = rf"{SPACE}|$|{NOT_IN_WORDS}|{MARKS}"
TOKEN = re.compile(rf"{MARKS}|(?=[^(\"`{{\[:;&#*@)}}\]\-,]){WITHIN}+?(?={WORD_END}|,(?={WORD_END}))|{WITHIN}")
OMISSION = re.compile(r"\.\.+")
NUMBER = re.compile(r"-?[.,]?\d[\d,.-]*\.?")
STOPS = (".", "?", "!")
INNER = (";", ":", ",", *STOPS)


class Punkt:
    """Punkt with given abbreviations and sentence starters, and nothing learned besides."""

    def __init__(self, abbreviations: Collection[str], starters: Collection[str]) -> None:
        self._abbreviations, self._starters = frozenset(abbreviations), frozenset(starters)
        self._ends_sentence = lru_cache(REMEMBERED)(self._has_end_within)

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
        return self._ends_sentence(word + match[0] + match[1])

    def _has_end_within(self, context: str) -> bool:
        """Say whether any token but the last of some words ends a sentence."""
        tokens = [token for line in context.split("\n") if line.strip() for token in TOKEN.findall(line)]
        return any(self._ends(token, following) for token, following in pairwise(tokens))

    def _ends(self, token: str, following: str) -> bool:
        """Say whether a token ends a sentence, by its kind and by the token after it."""
        abbreviated = self._is_abbreviation(token)
        ends = self._may_end(token) and not abbreviated
        if not token.endswith("."):
            return ends
        initial, capital = len(token) == 2 and _is_letter(token[0]), following[0].isupper()
        if (abbreviated or OMISSION.fullmatch(token)) and not initial:
            ends = capital and self._bare(following) in self._starters
        if initial or NUMBER.fullmatch(token):
            goes_on = following in INNER or following[0].islower() or (initial and capital)
            ends = ends and not goes_on
        return ends

    def _may_end(self, token: str) -> bool:
        return token in STOPS or (token.endswith(".") and not token.endswith("..") and not OMISSION.fullmatch(token))

    def _is_abbreviation(self, token: str) -> bool:
        word = token[:-1].lower()
        known = word in self._abbreviations or word.split("-")[-1] in self._abbreviations
        return known and token not in STOPS and self._may_end(token)

    def _bare(self, token: str) -> str:
        """Return a token in lower case, without the full stop that would end its sentence."""
        ends = self._may_end(token) and not self._is_abbreviation(token)
        return token.lower().removesuffix(".") if ends and len(token) > 1 else token.lower()


def _is_letter(character: str) -> bool:
    cased = character.isalpha() or character.isupper() or character.islower()
    return cased or unicodedata.category(character) in ("Mn", "Mc", "Me", "Nl", "Pc")


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
