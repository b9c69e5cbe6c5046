"""Circumstances: when, where and how something was said, and to whom, between a cue and what it introduces."""

from collections.abc import Sequence

from toolkit.phrases import noun_phrase_after
from toolkit.tokens import DETERMINERS, PREPOSITIONS, Token

SPANS = frozenset("week month year day morning afternoon evening night hour weekend summer winter".split())
THEM = frozenset("him her them us me you it himself herself themselves reporters journalists lawmakers".split())


def skip_circumstance(tokens: Sequence[Token], place: int, also: str = "") -> int:
    """Return the token behind when, where and how something was said: on Monday, in a statement, last week, again.

    `also`: a preposition that may introduce a circumstance here (said of the vote).
    """
    while place < len(tokens):
        token = tokens[place]
        if token.is_adverb or token.is_time:
            place += 1
        elif token.lower in ("last", "this", "late", "early", "next", "earlier") and place + 1 < len(tokens):
            if (
                tokens[place + 1].lower not in SPANS
                and not tokens[place + 1].is_time
                and not tokens[place + 1].is_adverb
            ):
                return place
            place += 2
        elif token.lower == "to" and place + 1 < len(tokens) and not _is_person(tokens[place + 1]):
            return place
        elif token.lower in PREPOSITIONS and (token.lower != "of" or also == "of") and place + 1 < len(tokens):
            found = noun_phrase_after(tokens, place + 1)
            place = found[1] if found else place + 2
            while place < len(tokens) and (tokens[place].text.isdigit() or tokens[place].is_time):
                place += 1
        else:
            return place
    return place


def _is_person(token: Token) -> bool:
    """Say whether a word behind "to" begins who is spoken to, and no infinitive."""
    return token.lower in THEM or token.lower in DETERMINERS or token.is_name


def after_addressee(tokens: Sequence[Token], place: int) -> int:
    """Return the token behind who is spoken to: told reporters in Port on Monday."""
    if place < len(tokens) and tokens[place].lower in THEM:
        return skip_circumstance(tokens, place + 1)
    found = noun_phrase_after(tokens, place)
    return skip_circumstance(tokens, found[1]) if found else place
