"""VADER: the rules by which a word's valence depends on the words around it (Hutto and Gilbert 2014, section 3.3).

One function per rule, each as vaderSentiment 3.3.2 applies it, slips included, since scores are compared with those
of others: the sums are made in the same order, so that the last digit is the same. Two of its tables have no effect
there and so none here: idioms without a lexicon word are never looked for, and "badass" is, but as two words.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import sqrt
from string import punctuation
from typing import NamedTuple

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

NEGATIONS = frozenset(NEGATE)
FADING = (1.0, 0.95, 0.9)  # of a booster one, two, three words before
REACH = len(FADING)  # words before a word that bear upon it
AHEAD = 2  # words after it that may end an idiom with it
ALPHA = 15  # the square of the sum at which the score is .71
EMOTICON = 2  # characters; what is left of a longer token without its punctuation is a word
COMMON = frozenset("the of to for just right bad stop death heart".split())  # in idioms, yet never all of one
IDIOM_WORDS = frozenset(
    word for phrase in (*SPECIAL_CASES, *BOOSTER_DICT) if " " in phrase for word in phrase.split()
) - COMMON | {"no"}  # a "no" may deny the word after it
TURNING = frozenset("no so this least".split())  # beside boosters and negations
RULE_WORDS = IDIOM_WORDS | COMMON | TURNING | NEGATIONS | BOOSTER_DICT.keys() | set("or doubt at but".split())
NOT = "n't"


class Word(NamedTuple):
    """What the rules need to know of a token."""

    lower: str
    valence: float | None  # None where the lexicon lacks it
    booster: float  # 0.0 where it is none
    negates: bool
    upper: bool  # all capitals


@cache
def package() -> SentimentIntensityAnalyzer:
    """Return the package's own analyser, whose lexicon and names of emoji are read from the files it brings."""
    return SentimentIntensityAnalyzer()


def read_word(token: str, lexicon: Mapping[str, float]) -> Word:
    """Return the facts of one token."""
    return word_of(lower_of(token), lexicon, token.isupper())


def lower_of(token: str) -> str:
    """Return a token in lower case; punctuation at its ends is no part of it, unless it is an emoticon."""
    stripped = token.strip(punctuation)
    return (stripped if len(stripped) > EMOTICON else token).lower()


def word_of(lower: str, lexicon: Mapping[str, float], upper: bool = False) -> Word:
    """Return the facts of one word that is written without punctuation at its ends and in lower case."""
    negates = lower in NEGATIONS or NOT in lower
    return Word(lower, lexicon.get(lower), BOOSTER_DICT.get(lower, 0.0), negates, upper)


def valence_in_context(words: Sequence[Word], place: int, mixed_case: bool) -> float:
    """Return the valence of the lexicon word at `place`; three words before it and two after it are looked at."""
    word, lower = words[place], [word.lower for word in words]
    if word.booster or lower[place : place + 2] == ["kind", "of"]:
        return 0.0
    valence = _emphasise_capitals(word, _deny_by_no(words, lower, place), mixed_case)
    for distance in range(1, min(place, REACH) + 1):
        before = words[place - distance]
        if before.valence is None:  # a word of the lexicon neither boosts nor negates
            if before.booster:
                valence += _boost(before, valence, mixed_case) * FADING[distance - 1]
            if before.negates or distance == REACH:
                valence = _negate(before, valence, lower[place - distance : place])
            if distance == REACH:
                valence = _apply_idioms(valence, lower, place)
    return _negate_by_least(valence, words, place)


def _deny_by_no(words: Sequence[Word], lower: Sequence[str], place: int) -> float:
    """Return the valence of a word, which "no" before it denies; a "no" that does so has none itself."""
    valence = words[place].valence
    if "no" not in lower:
        return valence
    three, two, one = [*[""] * REACH, *lower[max(0, place - REACH) : place]][-REACH:]
    if "no" in (one, two) or (three == "no" and one in ("or", "nor")):
        return valence * N_SCALAR
    denies = lower[place] == "no" and place + 1 < len(words) and words[place + 1].valence is not None
    return 0.0 if denies else valence


def _emphasise_capitals(word: Word, valence: float, mixed_case: bool) -> float:
    """Strengthen a word written in capitals among others that are not."""
    if not (word.upper and mixed_case):
        return valence
    return valence + C_INCR if valence > 0 else valence - C_INCR


def _boost(before: Word, valence: float, mixed_case: bool) -> float:
    """Return what an adverb of degree adds: "extremely" away from 0, "slightly" towards it."""
    scalar = -before.booster if valence < 0 else before.booster
    if before.upper and mixed_case:
        scalar += C_INCR if valence > 0 else -C_INCR
    return scalar


def _negate(before: Word, valence: float, lower: Sequence[str]) -> float:
    """Turn and weaken a valence by a negation, the first of the one, two or three words before it.

    "Never so" and "never this" strengthen; of three words, a last "so" or "this" does so without "never" too.
    """
    never = lower[0] == "never" and len(lower) > 1 and lower[1] in ("so", "this")
    if never or (len(lower) == REACH and lower[-1] in ("so", "this")):
        return valence * 1.25
    certain = lower[0] == "without" and "doubt" in lower
    return valence * N_SCALAR if before.negates and not certain else valence


def _apply_idioms(valence: float, lower: Sequence[str], place: int) -> float:
    """Replace the valence by that of an idiom at, before or after the word, and add boosters of two words."""
    if IDIOM_WORDS.isdisjoint(lower):
        return valence
    three, two, one, zero = lower[place - REACH : place + 1]
    for phrase in (f"{one} {zero}", f"{two} {one} {zero}", f"{two} {one}", f"{three} {two} {one}", f"{three} {two}"):
        if phrase in SPECIAL_CASES:
            valence = SPECIAL_CASES[phrase]
            break
    for ahead in range(1, AHEAD + 1):
        phrase = " ".join(lower[place : place + ahead + 1])
        if place + ahead < len(lower) and phrase in SPECIAL_CASES:
            valence = SPECIAL_CASES[phrase]
    for phrase in (f"{three} {two}", f"{two} {one}"):
        valence += BOOSTER_DICT.get(phrase, 0.0)
    return valence


def _negate_by_least(valence: float, words: Sequence[Word], place: int) -> float:
    """Turn the valence after "least", though not after "at least" and "very least"."""
    if not place or words[place - 1].lower != "least" or words[place - 1].valence is not None:
        return valence
    return valence if place > 1 and words[place - 2].lower in ("at", "very") else valence * N_SCALAR


def contrast(valences: list[float], places: Sequence[int], but: int) -> list[float]:
    """Halve what stands before "but" and strengthen what follows.

    The package looks a valence up by its value, so that of two equal ones the first is changed, perhaps twice.
    """
    valences = list(valences)
    for valence in valences:
        first = valences.index(valence)
        if places[first] != but:
            valences[first] = valence * (0.5 if places[first] < but else 1.5)
    return valences


def punctuation_emphasis(text: str) -> float:
    """Return what exclamation marks (up to four) and question marks (from two) add to the strength of a text."""
    questions = text.count("?")
    return min(text.count("!"), 4) * 0.292 + (0 if questions < 2 else questions * 0.18 if questions <= 3 else 0.96)


def normalise(total: float) -> float:
    """Return a sum of valences as a score between -1 and 1."""
    return total / sqrt(total * total + ALPHA)


def polarity(valences: Sequence[float], words: int, emphasis: float) -> dict[str, float]:
    """Return neg, neu, pos and compound of a text of so many words by the valences of some, 0 being that of others."""
    if not valences:
        return {"neg": 0.0, "neu": 1.0 if words else 0.0, "pos": 0.0, "compound": 0.0}
    total, up, down, neutral = float(sum(valences)), 0.0, 0.0, words - len(valences)
    for valence in valences:  # a neutral word counts 1, so 1 is added to the others
        if valence > 0:
            up += valence + 1
        elif valence < 0:
            down += 1 - valence
        else:
            neutral += 1
    if total:
        total += emphasis if total > 0 else -emphasis
    if up > down:
        up += emphasis
    elif up < down:
        down += emphasis
    whole = up + down + neutral
    shares = {"neg": round(down / whole, 3), "neu": round(neutral / whole, 3), "pos": round(up / whole, 3)}
    return shares | {"compound": round(normalise(total), 4)}
