"""Reported speech: for each cue of a sentence who speaks, and which clauses of the sentence are what is said."""

from collections.abc import Iterator, Sequence

from toolkit.circumstances import THEM, after_addressee, skip_circumstance
from toolkit.complements import REACH, clause_after, clause_end
from toolkit.cue_forms import cue_at, is_noun_here, is_passive
from toolkit.cues import Cues
from toolkit.phrases import first_subject, is_described, is_full_name, name_at_end, noun_phrase_after, subject_before
from toolkit.tokens import (
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    PERFECT,
    PREPOSITIONS,
    QUOTE,
    RELATIVES,
    SUBJECTS,
    Token,
)
from toolkit.told import FIRST_CLAUSE, Told, clause_before, end_of_told, going_on

CARRIERS = frozenset(
    "statement letter tweet post report email memo message interview note article column speech release".split()
)
PAST = ("said", "told", "wrote", "ed")
SOURCE = 8  # tokens at most of a source behind "according to"


def find_told(tokens: Sequence[Token], cues: Cues, headline: bool = False) -> list[Told]:
    """Return what the cues of a sentence introduce, in order; a cue within what another introduces is none.

    In a headline a cue may have a capital.
    """
    if headline:
        tokens = [_uncapped(token, cues) for token in tokens]
    told: list[Told] = []
    end = 0
    for place in [place for place, token in enumerate(tokens) if token.lower in cues.begins]:
        if place < end:
            continue
        cue, width = cue_at(tokens, place, cues)
        if cue and (one := _read(tokens, place, width, cue, told, cues)):
            told.append(one)
            end = max([place + width, *(end for _, end in one.clauses)])
    return told


def _uncapped(token: Token, cues: Cues) -> Token:
    return Token(token.text.lower(), token.lower) if token.lower in cues.verbs else token


def _read(tokens: Sequence[Token], place: int, width: int, cue: str, told: Sequence[Told], cues: Cues) -> Told | None:
    if cue in cues.phrases:
        return _by_phrase(tokens, place, width, cue, told, cues)
    if place and (tokens[place].is_name and not tokens[place].text.isupper()):
        return None
    if cue.split()[0].endswith("ing"):
        return _by_participle(tokens, place, width, cue, told, cues)
    if place and is_noun_here(tokens, place, cues):
        return None
    if is_passive(tokens, place + width, cue, cues):
        return None
    if cue == "written" and tokens[place - 1].lower not in PERFECT:
        return None
    speaker = subject_before(tokens, place) if place else None
    if speaker is None and place > 1 and _would_say(tokens, place, width):
        speaker = subject_before(tokens, _before_modal(tokens, place))
    speaker = (
        None if speaker and told and speaker[0] < end_of_told(told) and not _shares_subject(tokens, place) else speaker
    )
    if _may_invert(tokens, place) and (found := _inverted(tokens, place, width, cue, speaker, told, cues)):
        return found
    if speaker is None or (tokens[speaker[0]].lower == "you" and not cue.endswith(PAST)):  # you think: of nobody
        return None
    if cue.startswith("read") and tokens[place - 1].lower in RELATIVES:
        return None
    if as_noted := _as_noted(tokens, place + width, cue, speaker, told, cues):
        return as_noted
    start = clause_after(tokens, place + width, cue, cues)
    if start == place + width and cue == "called" and not _calls(tokens, start, speaker):
        return None
    quoted = _is_behind_quote(tokens, speaker[0])
    if start is not None and (not quoted or tokens[start].lower == QUOTE or tokens[start - 1].lower in ("that", ":")):
        return Told(cue, place, speaker, [(start, clause_end(tokens, start, cues))])
    return Told(cue, place, speaker, _clauses_around(tokens, place, width, cue, speaker, told, cues))


def _as_noted(
    tokens: Sequence[Token], after: int, cue: str, speaker: tuple[int, int], told: Sequence[Told], cues: Cues
) -> Told | None:
    """Read "As Ann Lee noted on Monday, the pier is closed" and "The pier is closed, as Ann Lee noted"."""
    first = speaker[0] - 1
    if first < 0 or tokens[first].lower != "as" or cue not in cues.open:
        return None
    end = skip_circumstance(tokens, after)
    following = tokens[end].lower if end < len(tokens) else "."
    if following == "," and first == end_of_told(told) and end + 1 < len(tokens):
        return Told(cue, after - 1, speaker, [(end + 1, clause_end(tokens, end + 1, cues))])
    if following == "." and first and tokens[first - 1].lower == ",":
        return Told(cue, after - 1, speaker, clause_before(tokens, first - 1, told))
    return None


def _calls(tokens: Sequence[Token], place: int, speaker: tuple[int, int]) -> bool:
    """Say whether "called" judges: called it a ruin, what Ann Lee called "a ruin"; not a house called "The Mill"."""
    what = speaker[0] > 0 and tokens[speaker[0] - 1].lower == "what"
    named = tokens[speaker[0]].lower in SUBJECTS or tokens[speaker[1] - 1].is_name
    if named and tokens[place].is_name:
        return True
    return what or tokens[place].lower in THEM or tokens[place].lower in DETERMINERS


def _would_say(tokens: Sequence[Token], place: int, width: int) -> bool:
    """Say whether "would only say:" brings words of the speaker's."""
    following = tokens[place + width].lower if place + width < len(tokens) else ""
    return tokens[place].lower == "say" and following in (":", QUOTE, ",") and _before_modal(tokens, place) > 0


def _before_modal(tokens: Sequence[Token], place: int) -> int:
    modal = place - 1 - tokens[place - 1].is_adverb
    return modal if modal > 0 and tokens[modal].lower in ("would", "will", "could", "can") else 0


def _shares_subject(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place - 1].lower in ("and", "but", "then")


def _by_participle(
    tokens: Sequence[Token], place: int, width: int, cue: str, told: Sequence[Told], cues: Cues
) -> Told | None:
    """Read "..., adding that", "a letter saying that" and "was quoted as saying"."""
    before = tokens[place - 1].lower if place else ""
    quoted = next((at for at in range(place - 2, max(-1, place - 8), -1) if tokens[at].lower == "quoted"), -1)
    if before == "as" and quoted > 0:
        verb = next((at for at in range(quoted - 1, -1, -1) if tokens[at].lower in BE), quoted)
        speaker = subject_before(tokens, verb)
    elif before in (",", "and", QUOTE, "—", "–") or before in CARRIERS:
        speaker = told[-1].speaker if told else first_subject(tokens, place)
    else:
        speaker = _with_whom(tokens, place)
    start = clause_after(tokens, place + width, cue, cues)
    if start is None or speaker is None:
        return None
    return Told(cue, place, speaker, [(start, clause_end(tokens, start, cues))])


def _with_whom(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return who speaks in "with the mayor saying"."""
    for at in range(place - 1, max(-1, place - SOURCE), -1):
        if tokens[at].lower == "with":
            return (at + 1, place) if noun_phrase_after(tokens, at + 1, place) == (at + 1, place) else None
    return None


def _is_behind_quote(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a quotation stands before a token, with a sign between at most."""
    return QUOTE in [token.lower for token in tokens[max(0, place - 2) : place]]


def _may_invert(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or tokens[place - 1].lower in (QUOTE, ",", "—", "–", "-", "...", "?", "!")


def _inverted(
    tokens: Sequence[Token],
    place: int,
    width: int,
    cue: str,
    speaker: tuple[int, int] | None,
    told: Sequence[Told],
    cues: Cues,
) -> Told | None:
    """Read "..., said Ann Lee" where a name or noun follows the verb and then a sign, a preposition or the end."""
    found = noun_phrase_after(tokens, place + width)
    quoted = _is_behind_quote(tokens, place)
    if found is None or not place or not (cue in cues.open or (quoted and width == 1)):
        return None
    end = found[1]
    after = tokens[end].lower if end < len(tokens) else "."
    closed = not (after[:1].isalnum() or after == QUOTE) or after in PREPOSITIONS or after in CONJUNCTIONS
    closed = closed or after in ("who", "told", "last", "this") or (end < len(tokens) and tokens[end].is_time)
    closed = closed or (end < len(tokens) and tokens[end].is_adverb)
    if not closed or (not quoted and tokens[found[0]].lower in ("any", "no", "its", "their", "his", "her")):
        return None
    if speaker is not None and not quoted and not _names_a_person_at_end(tokens, found):
        return None
    before = [] if quoted else clause_before(tokens, place, told)
    if not quoted and not before:
        return None
    if before and after == ",":
        before += going_on(tokens, end, cues)
    return Told(cue, place, _name_beside(tokens, found), before)


def _names_a_person_at_end(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """Say whether a noun phrase ends with a full name and then a sign: said the biologist Ann Lee, who ..."""
    return found[1] < len(tokens) and tokens[found[1]].lower in (",", ".") and name_at_end(tokens[slice(*found)]) > 1


def _name_beside(tokens: Sequence[Token], found: tuple[int, int]) -> tuple[int, int]:
    """Return the name that stands beside who is described: said the mayor of the port, Ann Lee."""
    place = found[1]
    if place >= len(tokens) or tokens[place].lower != "," or not is_described(tokens, found):
        return found
    end = next((at for at in range(place + 1, len(tokens)) if tokens[at].lower in (",", ".", ";", QUOTE)), len(tokens))
    return (place + 1, end) if is_full_name(tokens[place + 1 : end]) else found


def _clauses_around(
    tokens: Sequence[Token],
    place: int,
    width: int,
    cue: str,
    speaker: tuple[int, int],
    told: Sequence[Told],
    cues: Cues,
) -> list[tuple[int, int]]:
    """Return what is said before "Ann Lee said", and what goes on behind it: The pier, Ann Lee said, is closed."""
    first, after = speaker[0], place + width
    if not first or tokens[first - 1].lower not in (",", "—", "–", "-"):
        return []
    if _is_behind_quote(tokens, first):
        return []
    end = skip_circumstance(tokens, after_addressee(tokens, after) if cue in cues.told else after)
    if end < len(tokens) and (tokens[end].is_noun or tokens[end].lower in SUBJECTS or tokens[end].lower == "to"):
        return []
    middle = after < len(tokens) and tokens[after].lower == ","
    clauses = clause_before(tokens, first, told, whole=not middle)
    sign = clauses and after < len(tokens) and tokens[after].lower in (",", "—", "–")
    return clauses + (going_on(tokens, after, cues) if sign else [])


def _by_phrase(
    tokens: Sequence[Token], place: int, width: int, cue: str, told: Sequence[Told], cues: Cues
) -> Told | None:
    """Read "According to the board, ..." and "..., according to the board"."""
    first = place + width
    comma = next((at for at in range(first, len(tokens)) if tokens[at].lower in (",", ";", ":", QUOTE)), len(tokens))
    found = noun_phrase_after(tokens, first)
    if found is None:
        return None
    rest = tokens[first : comma if comma < len(tokens) else max(found[1], comma - 1)]
    if len(rest) <= SOURCE and not any(token.lower in AUXILIARIES or token.lower in RELATIVES for token in rest):
        found = first, first + len(rest)  # a trial in 90 hives
    opening = place == end_of_told(told) or (place and tokens[place - 1].lower in ("and", "but", ";", "that"))
    speaker = (first, comma) if opening and comma - first <= REACH else found
    speaker = (
        speaker[0],
        next((at for at in range(*speaker) if tokens[at].lower in ("who", "which", "that")), speaker[1]),
    )
    if not opening:
        return Told(cue, place, speaker, [*clause_before(tokens, place, told), *_behind(tokens, found[1], cues)])
    start = _behind_apposition(tokens, comma + (comma < len(tokens) and tokens[comma].lower == ","))
    return Told(cue, place, speaker, [(start, clause_end(tokens, start, cues))]) if start < len(tokens) else None


def _behind_apposition(tokens: Sequence[Token], first: int) -> int:
    """Return where what is said begins behind "According to Ann Lee, who lives there," or "..., the mayor,"."""
    comma = next((at for at in range(first, min(len(tokens), first + REACH)) if tokens[at].lower == ","), -1)
    if comma < 0 or first >= len(tokens):
        return first
    relative = tokens[first].lower in ("who", "which", "whose")
    verbless = not any(token.lower in AUXILIARIES or token.lower.endswith("ed") for token in tokens[first:comma])
    beside = (
        tokens[first].lower in ("the", "a", "an", "its", "his", "her", "formerly") and comma - first <= FIRST_CLAUSE * 4
    )
    return comma + 1 if relative or (verbless and beside) else first


def _behind(tokens: Sequence[Token], place: int, cues: Cues) -> Iterator[tuple[int, int]]:
    """Yield what goes on behind ", according to the board,": a verb follows."""
    if place + 2 < len(tokens) and tokens[place].lower == "," and tokens[place + 1].lower in AUXILIARIES:
        yield place + 1, clause_end(tokens, place + 1, cues)
