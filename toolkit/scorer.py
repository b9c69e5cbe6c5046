"""Scorer: the lexicon words of a text, their valences by VADER's rules, and its scores.

Most tokens are in no lexicon and next to none that is. What a token is, is found out once; a word of the lexicon with
nothing around it that a rule is about has the valence it has in the lexicon; the rules are asked for the rest.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from toolkit.memo import Memo
from toolkit.vader import (
    AHEAD,
    IDIOM_WORDS,
    NOT,
    REACH,
    RULE_WORDS,
    TURNING,
    Word,
    contrast,
    lower_of,
    package,
    polarity,
    punctuation_emphasis,
    read_word,
    valence_in_context,
)

HIT, BUT, BEARS, RULED = 1, 2, 4, 8  # in the lexicon; "but"; bears upon words after it; upon words before it, or itself
HITS = re.compile(b"[" + bytes(kind for kind in range(16) if kind & HIT) + b"]")
BUTS = re.compile(b"[" + bytes(kind for kind in range(16) if kind & BUT) + b"]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
MOST_TOKENS = 100_000  # remembered


class Scorer:
    """VADER with one lexicon, and what it has found out about tokens."""

    def __init__(self, lexicon: Mapping[str, float] | None = None) -> None:
        self.lexicon = package().lexicon if lexicon is None else lexicon
        self._known = RULE_WORDS | self.lexicon.keys()
        self.words: dict[str, Word] = Memo(lambda token: read_word(token, self.lexicon), MOST_TOKENS)
        self.kinds: dict[str, int] = Memo(self._kind, MOST_TOKENS)

    def _kind(self, token: str) -> int:
        lower = lower_of(token)
        return kind_of(self.words[token]) if lower in self._known or NOT in lower else 0

    def score(self, text: str) -> dict[str, float]:
        """Return neg, neu, pos and compound of one text."""
        text = describe_emoji(text)
        tokens = text.split()
        _, valences = self.fired(tokens)
        return polarity(valences, len(tokens), punctuation_emphasis(text) if valences else 0.0)

    def fired(self, tokens: Sequence[str], contrasted: bool = True) -> tuple[list[int], list[float]]:
        """Return the places of the lexicon words among a text's tokens, and their valences by all rules for words.

        Where a sentence is cut at "but", there is nothing to be `contrasted`.
        """
        kinds = bytes(map(self.kinds.__getitem__, tokens))
        places = [match.start() for match in HITS.finditer(kinds)]
        if not places:
            return [], []
        if max(kinds) < BEARS:
            valences = [self.words[tokens[place]].valence for place in places]
        else:
            valences = [self._valence(tokens, kinds, place) for place in places]
        but = BUTS.search(kinds) if contrasted else None
        return places, contrast(valences, places, but.start()) if but else valences

    def words_fired(self, text: str) -> list[str]:
        """Return the words of one text that stand in the lexicon, in lower case and in order."""
        tokens = describe_emoji(text).split()
        kinds = bytes(map(self.kinds.__getitem__, tokens))
        return [self.words[tokens[match.start()]].lower for match in HITS.finditer(kinds)]

    def _valence(self, tokens: Sequence[str], kinds: bytes, place: int) -> float:
        first, end = max(0, place - REACH), place + AHEAD + 1
        if max(kinds[place:end]) < RULED and (place == 0 or max(kinds[first:place]) < BEARS):
            return self.words[tokens[place]].valence
        return self.by_rules(tokens[first:end], place - first, tokens)

    def by_rules(self, window: Sequence[str], place: int, tokens: Iterable[str]) -> float:
        """Return the valence of the lexicon word at `place` of a window that holds all that bears upon it."""
        words = [self.words[token] for token in window]
        mixed_case = any(word.upper for word in words) and not all(map(str.isupper, tokens))
        return valence_in_context(words, place, mixed_case)


def kind_of(word: Word) -> int:
    """Return what the rules may find in a word, as bits."""
    hit = word.valence is not None
    ruled = word.lower in IDIOM_WORDS or (hit and (word.upper or bool(word.booster)))
    bears = ruled or bool(word.booster) or word.negates or word.lower in TURNING
    return hit * HIT | (word.lower == "but") * BUT | bears * BEARS | ruled * RULED


def describe_emoji(text: str) -> str:
    """Return a text with each emoji as its description, parted from what stands before, though not after, as there."""
    if text.isascii() or not has_emoji(text):
        return text
    return NOT_ASCII.sub(describe, text)


def has_emoji(text: str) -> bool:
    """Say whether a text has a character that VADER reads as words."""
    return not package().emojis.keys().isdisjoint(NOT_ASCII.findall(text))


def describe(match: re.Match) -> str:
    """Return a character as VADER reads it: an emoji as words."""
    text, place = match.string, match.start()
    described = package().emojis.get(match.group())
    if described is None:
        return match.group()
    return described if place == 0 or text[place - 1] == " " else f" {described}"
