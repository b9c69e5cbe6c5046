"""Told: what one cue introduces, and of it what stands before the cue or goes on behind an attribution."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.circumstances import SPANS
from toolkit.complements import clause_end, is_new
from toolkit.cues import Cues
from toolkit.phrases import noun_phrase_after
from toolkit.tokens import (
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    QUOTE,
    RELATIVES,
    VERBS,
    Token,
)

NOT_GOING_ON = PREPOSITIONS | frozenset("who whose whom as while when where after before".split())
FIRST_CLAUSE = 3  # tokens that what is said before "Ann Lee said" has at least


class Told(NamedTuple):
    """What one cue introduces: its place, who speaks (tokens), and the tokens of what is said, in pieces."""

    cue: str
    place: int
    speaker: tuple[int, int] | None
    clauses: list[tuple[int, int]]


def end_of_told(told: Sequence[Told]) -> int:
    """Return the token up to which something is said already."""
    return max((end for one in told for _, end in one.clauses), default=0)


def going_on(tokens: Sequence[Token], comma: int, cues: Cues) -> list[tuple[int, int]]:
    """Return what is said behind an attribution in the middle: The pier, Ann Lee said, is closed."""
    following = tokens[comma + 1].lower if comma + 2 < len(tokens) else ""
    goes_on = following[:1].isalnum() and following not in NOT_GOING_ON and not following.endswith("ing")
    if not goes_on or is_new(tokens, comma + 1, cues):
        return []
    end = clause_end(tokens, comma + 1, cues)
    return [(comma + 1, end)] if _has_verb(tokens, comma + 1, end) else []


def _has_verb(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Say whether a clause shows a verb of its own, before what is relative in it; a baker who is old has none."""
    if not tokens[first].is_noun:
        return tokens[first].lower not in DETERMINERS or _verb_within(tokens, first, end)
    return (tokens[first].lower.endswith("s") and not tokens[first].is_name) or _verb_within(tokens, first, end)


def _verb_within(tokens: Sequence[Token], first: int, end: int) -> bool:
    for at in range(first, end):
        token = tokens[at]
        if token.lower in RELATIVES:
            return False
        form = token.lower.endswith("ed") and not token.is_name and tokens[at - 1].lower not in DETERMINERS
        if token.lower in AUXILIARIES or token.lower in VERBS or form:
            return True
    return False


def clause_before(tokens: Sequence[Token], end: int, told: Sequence[Told], whole: bool = True) -> list[tuple[int, int]]:
    """Return the clause that stands before "said Ann Lee" or "Ann Lee said", from where the last one ended.

    It is a `whole` one unless it goes on behind the cue.
    """
    while end and tokens[end - 1].lower in (",", "—", "–", "-"):
        end -= 1
    first = max([end_of_told(told), *(one.place + 1 for one in told if one.clauses)])
    first = next((at + 1 for at in range(end - 1, first - 1, -1) if tokens[at].lower == ";"), first)
    while first < end and tokens[first].lower in (",", ";"):
        first += 1
    long = end - first >= (FIRST_CLAUSE if whole else 1)
    if not long or tokens[first].lower in ("asked", "speaking", "citing", "quoting", "responding"):
        return []
    if whole and noun_phrase_after(tokens, first, end) == (first, end):  # the mayor of the port, Ann Lee, said
        return []
    opening = first
    while opening < end and tokens[opening].lower in (QUOTE, ","):
        opening += 1
    if whole and opening > first and noun_phrase_after(tokens, opening, end) == (opening, end):
        return []
    plain = tokens[first].lower in PREPOSITIONS or tokens[first].lower in ("when", "as", "while")
    commas = any(token.lower == "," for token in tokens[first:end])
    said = tokens[first:end]
    timed = whole and any(token.lower in SPANS or token.lower in DAYS for token in said)
    verb = any(one.lower in AUXILIARIES or one.lower in VERBS or one.lower.endswith("ed") for one in said)
    if (plain and not commas) or (timed and not verb):
        return []
    return [(first, end)]
