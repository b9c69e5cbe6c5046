"""Reported speech: for each cue of a sentence who speaks, and which clauses of the sentence are what is said."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.cues import Cues
from toolkit.phrases import (
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    ONES,
    PERFECT,
    PREPOSITIONS,
    QUOTE,
    RELATIVES,
    SUBJECTS,
    UNSAID,
    VERBS,
    Token,
    first_subject,
    is_adverb,
    is_described,
    is_full_name,
    is_name,
    is_noun,
    is_time,
    name_at_end,
    noun_phrase_after,
    subject_before,
)

CARRIERS = frozenset(
    "statement letter tweet post report email memo message interview note article column speech release".split()
)
ASKED = frozenset("whether if how why what when where who".split())
# After most verbs these tell when, where or of whom, and not what was asked: he said when they met.
CIRCUMSTANTIAL = frozenset("when where who".split())
PAST = ("said", "told", "wrote", "ed")
ASKING = ("ask", "wonder", "explain", "reveal", "describ", "recall", "predict", "speculat", "question", "disclos")
SPANS = frozenset("week month year day morning afternoon evening night hour weekend summer winter".split())
ACCUSING = frozenset("accused described blamed criticised criticized condemned praised hailed denounced called".split())
# Forms that are nouns as often: as verbs they need a subject that shows itself as one.
NOUNS_TOO = frozenset(
    """
    questions fears doubts claims reports demands estimates hopes calls states notes comments answers promises charges
    shows objects protests appeals forecast projects figures posts tweets regrets remarks finds rules report claim
    demand call hope fear estimate show stress quotes jokes pledges orders replies offers stresses attacks advocates
    recalls disputes rejects threats signals vow vows
    """.split()
)
ABOUT = frozenset("at up about around over under between more fewer less nearly almost".split())
THEM = frozenset("him her them us me you it himself herself themselves reporters journalists lawmakers".split())
# What is "said" in these is no speech of anybody.
NOTHING_SAID = frozenset("goodbye farewell hello yes no little nothing much so it this".split())
NOT_GOING_ON = PREPOSITIONS | frozenset("who whose whom as while when where after before".split())
AND = frozenset("and but while whereas though although".split())
SUBORDINATES = frozenset("while as when although though if after before since because whereas".split())
FIRST_OBJECT = 6  # tokens of an object that is what is said
FIRST_CLAUSE = 3  # tokens that what is said before "Ann Lee said" has at least
SOURCE = 8  # tokens at most of a source behind "according to"
REACH = 24  # tokens in which a verb, or "that", is looked for


class Told(NamedTuple):
    """What one cue introduces: its place, who speaks (tokens), and the tokens of what is said, in pieces."""

    cue: str
    place: int
    speaker: tuple[int, int] | None
    clauses: list[tuple[int, int]]


def find_told(tokens: Sequence[Token], cues: Cues, headline: bool = False) -> list[Told]:
    """Return what the cues of a sentence introduce, in order; a cue within what another introduces is none.

    In a headline a cue may have a capital.
    """
    if headline:
        tokens = [_uncapped(token, cues) for token in tokens]
    told: list[Told] = []
    end = 0
    for place, token in enumerate(tokens):
        if place < end or not (token.lower in cues.words or token.lower in cues.longer):
            continue
        cue, width = _cue_at(tokens, place, cues)
        if cue and (one := _read(tokens, place, width, cue, told, cues)):
            told.append(one)
            end = max([place + width, *(end for _, end in one.clauses)])
    return told


def _uncapped(token: Token, cues: Cues) -> Token:
    return token._replace(text=token.text.lower()) if token.lower in cues.verbs else token


def _cue_at(tokens: Sequence[Token], place: int, cues: Cues) -> tuple[str, int]:
    """Return the cue that begins at a token and how many tokens it has, ("", 0) if none does."""
    lower = tokens[place].lower
    for words in cues.longer.get(lower, ()):
        if words == [token.lower for token in tokens[place : place + len(words)]]:
            return " ".join(words), len(words)
    return (lower, 1) if lower in cues.words else ("", 0)


def _read(tokens: Sequence[Token], place: int, width: int, cue: str, told: Sequence[Told], cues: Cues) -> Told | None:
    if cue in cues.phrases:
        return _by_phrase(tokens, place, width, cue, told, cues)
    if place and (is_name(tokens[place]) and not tokens[place].text.isupper()):
        return None
    if cue.split()[0].endswith("ing"):
        return _by_participle(tokens, place, width, cue, told, cues)
    if place and _is_noun_here(tokens, place, cues):
        return None
    if _is_passive(tokens, place + width, cue, cues):
        return None
    if cue == "written" and tokens[place - 1].lower not in PERFECT:
        return None
    speaker = subject_before(tokens, place) if place else None
    if speaker is None and place > 1 and _would_say(tokens, place, width):
        speaker = subject_before(tokens, _before_modal(tokens, place))
    speaker = (
        None if speaker and told and speaker[0] < _consumed(told) and not _shares_subject(tokens, place) else speaker
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
    if following == "," and first == _consumed(told) and end + 1 < len(tokens):
        return Told(cue, after - 1, speaker, [(end + 1, clause_end(tokens, end + 1, cues))])
    if following == "." and first and tokens[first - 1].lower == ",":
        return Told(cue, after - 1, speaker, _clause_before(tokens, first - 1, told))
    return None


def _calls(tokens: Sequence[Token], place: int, speaker: tuple[int, int]) -> bool:
    """Say whether "called" judges: called it a ruin, what Ann Lee called "a ruin"; not a house called "The Mill"."""
    what = speaker[0] > 0 and tokens[speaker[0] - 1].lower == "what"
    named = tokens[speaker[0]].lower in SUBJECTS or is_name(tokens[speaker[1] - 1])
    if named and is_name(tokens[place]):
        return True
    return what or tokens[place].lower in THEM or tokens[place].lower in DETERMINERS


def _is_passive(tokens: Sequence[Token], after: int, cue: str, cues: Cues) -> bool:
    """Say whether a form is a participle: a baker accused of arson, a plan described as bold."""
    following = tokens[after].lower if after < len(tokens) else ""
    doing = cue in cues.object or cue in cues.told
    return doing and (following == "by" or (cue in ACCUSING and following in ("of", "as", "by", "for", "in")))


def _would_say(tokens: Sequence[Token], place: int, width: int) -> bool:
    """Say whether "would only say:" brings words of the speaker's."""
    following = tokens[place + width].lower if place + width < len(tokens) else ""
    return tokens[place].lower == "say" and following in (":", QUOTE, ",") and _before_modal(tokens, place) > 0


def _before_modal(tokens: Sequence[Token], place: int) -> int:
    modal = place - 1 - is_adverb(tokens[place - 1])
    return modal if modal > 0 and tokens[modal].lower in ("would", "will", "could", "can") else 0


def _consumed(told: Sequence[Told]) -> int:
    return max((end for one in told for _, end in one.clauses), default=0)


def _shares_subject(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place - 1].lower in ("and", "but", "then")


def _is_noun_here(tokens: Sequence[Token], place: int, cues: Cues) -> bool:
    """Say whether a word that may be a verb is a noun or participle where it stands: a report, the said licence."""
    before = tokens[place - 1]
    if before.lower.endswith(("'s", "s'")) and before.lower not in AUXILIARIES:
        return True
    if tokens[place].lower == "think" and place + 1 < len(tokens) and tokens[place + 1].lower.startswith("tank"):
        return True
    if is_adverb(before) and place > 1 and tokens[place - 2].lower in DETERMINERS - ONES:  # a newly announced plan
        return True
    if tokens[place].lower in NOUNS_TOO:
        if tokens[place].lower in ("comments", "reports", "notes", "states") and _is_inverted_here(tokens, place):
            return False
        if _is_counted(tokens, place):
            return True
        shown = before.lower in SUBJECTS or is_name(before) or is_adverb(before) or before.lower in RELATIVES
        the = next(
            (
                at
                for at in range(place - 1, max(-1, place - 5), -1)
                if not is_noun(tokens[at]) or tokens[at].lower in DETERMINERS
            ),
            0,
        )
        determined = place - the > 1 and tokens[the].lower in DETERMINERS and tokens[place].lower in cues.open
        if not shown and not determined:
            return True
    if before.lower in ("this", "these", "those", "one", "some", "many", "most", "both", "all", "others", "another"):
        return False
    return before.lower in DETERMINERS or before.lower in PREPOSITIONS or before.lower in UNSAID


def _is_inverted_here(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a form stands behind what is said and before a name: the pier is closed, reports Ann Lee."""
    return tokens[place - 1].lower in (QUOTE, ",") and place + 1 < len(tokens) and is_name(tokens[place + 1])


def _is_counted(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a form is a noun by what stands around: a report, in U.S. states, claims of fraud."""
    after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    if after in ("of", "about", "over", "from", "against", "among"):
        return True
    first = place
    while first and (is_noun(tokens[first - 1]) or tokens[first - 1].lower in DETERMINERS):
        first -= 1
    within = any(tokens[at].lower in DETERMINERS and is_noun(tokens[at - 1]) for at in range(first + 1, place))
    if within and tokens[first].lower not in DETERMINERS:  # shows the U.S. states
        return True
    if tokens[place].lower[-1:] != "s" and any(token.lower in ("a", "an", "this") for token in tokens[first:place]):
        return True
    inside = first and tokens[first - 1].lower in PREPOSITIONS and not is_time(tokens[first])
    return bool(inside and after != "that")


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
    return any(token.lower == QUOTE for token in tokens[max(0, place - 2) : place])


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
    closed = closed or after in ("who", "told", "last", "this") or (end < len(tokens) and is_time(tokens[end]))
    closed = closed or (end < len(tokens) and is_adverb(tokens[end]))
    if not closed or (not quoted and tokens[found[0]].lower in ("any", "no", "its", "their", "his", "her")):
        return None
    if speaker is not None and not quoted and not _names_a_person_at_end(tokens, found):
        return None
    before = [] if quoted else _clause_before(tokens, place, told)
    if not quoted and not before:
        return None
    if before and after == ",":
        before += _going_on(tokens, end, cues)
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


def _going_on(tokens: Sequence[Token], comma: int, cues: Cues) -> list[tuple[int, int]]:
    """Return what is said behind an attribution in the middle: The pier, Ann Lee said, is closed."""
    following = tokens[comma + 1].lower if comma + 2 < len(tokens) else ""
    goes_on = following[:1].isalnum() and following not in NOT_GOING_ON and not following.endswith("ing")
    if not goes_on or _is_new(tokens, comma + 1, cues):
        return []
    end = clause_end(tokens, comma + 1, cues)
    return [(comma + 1, end)] if _has_verb(tokens, comma + 1, end) else []


def _has_verb(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Say whether a clause shows a verb of its own, before what is relative in it; a baker who is old has none."""
    if not is_noun(tokens[first]):
        return tokens[first].lower not in DETERMINERS or _verb_within(tokens, first, end)
    return (tokens[first].lower.endswith("s") and not is_name(tokens[first])) or _verb_within(tokens, first, end)


def _verb_within(tokens: Sequence[Token], first: int, end: int) -> bool:
    for at in range(first, end):
        token = tokens[at]
        if token.lower in RELATIVES:
            return False
        form = token.lower.endswith("ed") and not is_name(token) and tokens[at - 1].lower not in DETERMINERS
        if token.lower in AUXILIARIES or token.lower in VERBS or form:
            return True
    return False


def _clause_before(
    tokens: Sequence[Token], end: int, told: Sequence[Told], whole: bool = True
) -> list[tuple[int, int]]:
    """Return the clause that stands before "said Ann Lee" or "Ann Lee said", from where the last one ended.

    It is a `whole` one unless it goes on behind the cue.
    """
    while end and tokens[end - 1].lower in (",", "—", "–", "-"):
        end -= 1
    first = max([_consumed(told), *(one.place + 1 for one in told if one.clauses)])
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
    end = skip_circumstance(tokens, _after_addressee(tokens, after) if cue in cues.told else after)
    if end < len(tokens) and (is_noun(tokens[end]) or tokens[end].lower in SUBJECTS or tokens[end].lower == "to"):
        return []
    middle = after < len(tokens) and tokens[after].lower == ","
    clauses = _clause_before(tokens, first, told, whole=not middle)
    sign = clauses and after < len(tokens) and tokens[after].lower in (",", "—", "–")
    return clauses + (_going_on(tokens, after, cues) if sign else [])


def clause_after(tokens: Sequence[Token], place: int, cue: str, cues: Cues) -> int | None:
    """Return the token with which begins what a cue introduces, None where nothing follows that is said."""
    if (found := _begins(tokens, place, cue, cues)) is not None:
        return found
    about = place < len(tokens) and tokens[place].lower == "of" and cue in cues.open and cue not in cues.object
    beyond = skip_circumstance(tokens, place, also="of" if about else "")
    if cue in cues.told:
        beyond = max(beyond, _after_addressee(tokens, place))
    if beyond == place or beyond >= len(tokens):
        return None
    if tokens[beyond].lower == "," and beyond + 1 < len(tokens):
        following = tokens[beyond + 1].lower
        clause = cue in cues.open and _is_clause(tokens, beyond + 1, cue) and not is_adverb(tokens[beyond + 1])
        return beyond + 1 if following == QUOTE or clause else beyond + 2 if following == "that" else None
    if tokens[beyond].lower == "to" and cue in cues.told:
        return beyond
    return _begins(tokens, beyond, cue, cues, skipped=True)


def _begins(tokens: Sequence[Token], place: int, cue: str, cues: Cues, skipped: bool = False) -> int | None:
    """Return where what is said begins if it begins at once: after "that" or a colon, as a clause or as an object."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    if token.lower in ("that", ":"):
        return place + 1 if place + 1 < len(tokens) else None
    if token.lower in (",", "—", "–") and place + 1 < len(tokens) and tokens[place + 1].lower == QUOTE:
        return place + 1
    if token.lower in (",", "—", "–") and place + 2 < len(tokens) and tokens[place + 1].lower == "that":
        return place + 2
    if token.lower == QUOTE:
        return place
    if cue.startswith("read"):
        return None
    if token.lower in ASKED and not (token.lower in CIRCUMSTANTIAL and (skipped or not cue.startswith(ASKING))):
        return place
    if cue in cues.told and not skipped:
        return None
    if cue in cues.open and _is_clause(tokens, place, cue):
        return place
    if cue in cues.object and _is_object(tokens, place, cue) and (not skipped or token.lower in DETERMINERS):
        return place
    return None


def _is_clause(tokens: Sequence[Token], place: int, cue: str) -> bool:
    """Say whether a clause begins: a noun phrase or pronoun with a verb behind it."""
    token, rest = tokens[place], tokens[place + 1 : place + REACH]
    if token.lower == "as" and rest[:1] and rest[0].lower in ("many", "few", "much"):
        return True
    if token.lower in ABOUT and any(one.text[0].isdigit() or one.lower in DETERMINERS for one in rest[:2]):
        return True
    if token.lower in NOTHING_SAID and not (rest and (rest[0].lower in AUXILIARIES or is_noun(rest[0]))):
        return False
    if token.lower in AUXILIARIES and "'" in token.lower:
        return True
    if not (token.lower in SUBJECTS or token.lower in DETERMINERS or is_noun(token) or token.lower == "there"):
        return False
    if is_time(token) or not rest:
        return False
    if token.lower in ("last", "this") and rest[0].lower in SPANS and not (rest[1:] and rest[1].lower in AUXILIARIES):
        return False
    if token.lower.endswith("ed") and not is_name(token) and not is_noun(rest[0]):  # a statement | released in May
        return False
    if cue in ("said", "says", "say", "saying"):
        return True
    verbs = (one.lower in AUXILIARIES or "'" in one.lower or one.lower.endswith("ed") for one in rest)
    return token.lower in SUBJECTS or any(verbs)


def _is_object(tokens: Sequence[Token], place: int, cue: str) -> bool:
    """Say whether something follows that is said of or asked for: a noun phrase, an infinitive, what follows "of"."""
    token = tokens[place]
    rest = [one for one in tokens[place:] if one.text[0].isalnum() or one.lower == QUOTE]
    if place + 1 >= len(tokens) or is_time(token):
        return False
    told = token.lower.endswith("ing") or any(
        one.lower == "to" or other.lower.endswith("ing") or QUOTE in (one.lower, other.lower)
        for one, other in pairwise(rest)
    )
    if not told and len(rest) < FIRST_OBJECT:  # denied the story: what it was is not said
        return False
    return (
        is_noun(token)
        or token.lower in DETERMINERS
        or token.lower in ("it", "him", "her", "them", "us")
        or (token.lower in ("to", "of", "against", "for", "about") and not cue.startswith(("report", "note")))
    )


def skip_circumstance(tokens: Sequence[Token], place: int, also: str = "") -> int:
    """Return the token behind when, where and how something was said: on Monday, in a statement, last week, again.

    `also`: a preposition that may introduce a circumstance here (said of the vote).
    """
    while place < len(tokens):
        token = tokens[place]
        if is_adverb(token) or is_time(token):
            place += 1
        elif token.lower in ("last", "this", "late", "early", "next", "earlier") and place + 1 < len(tokens):
            if (
                tokens[place + 1].lower not in SPANS
                and not is_time(tokens[place + 1])
                and not is_adverb(tokens[place + 1])
            ):
                return place
            place += 2
        elif token.lower == "to" and place + 1 < len(tokens) and not _is_person(tokens[place + 1]):
            return place
        elif token.lower in PREPOSITIONS and (token.lower != "of" or also == "of") and place + 1 < len(tokens):
            found = noun_phrase_after(tokens, place + 1)
            place = found[1] if found else place + 2
            while place < len(tokens) and (tokens[place].text.isdigit() or is_time(tokens[place])):
                place += 1
        else:
            return place
    return place


def _is_person(token: Token) -> bool:
    """Say whether a word behind "to" begins who is spoken to, and no infinitive."""
    return token.lower in THEM or token.lower in DETERMINERS or is_name(token)


def _after_addressee(tokens: Sequence[Token], place: int) -> int:
    """Return the token behind who is spoken to: told reporters in Port on Monday."""
    if place < len(tokens) and tokens[place].lower in THEM:
        return skip_circumstance(tokens, place + 1)
    found = noun_phrase_after(tokens, place)
    return skip_circumstance(tokens, found[1]) if found else place


def clause_end(tokens: Sequence[Token], first: int, cues: Cues) -> int:
    """Return the token with which what is said is over: another cue with its own speaker, or the end."""
    subordinate = tokens[0].lower in SUBORDINATES and not any(token.lower == "," for token in tokens[:first])
    for place in range(first + 1, len(tokens)):
        if tokens[place].lower == QUOTE and _is_claimed(tokens, place + 1, cues):
            return place
        if _is_new(tokens, place, cues) or (subordinate and tokens[place].lower == ","):
            while place > first and tokens[place - 1].lower in (",", ";", "and", "but", "while"):
                place -= 1
            return place
    end = len(tokens)
    while end > first and tokens[end - 1].lower in (".", "!", "?", "..."):
        end -= 1
    return end


def _is_claimed(tokens: Sequence[Token], place: int, cues: Cues) -> bool:
    """Say whether a quotation has an attribution of its own behind it: said Ann Lee, Ann Lee said."""
    if place >= len(tokens):
        return False
    if _cue_at(tokens, place, cues)[0] in cues.open:
        return noun_phrase_after(tokens, place + 1) is not None
    if tokens[place - 1].text.rstrip('"')[-1:] not in ",?!":
        return False
    found = noun_phrase_after(tokens, place)
    return found is not None and found[1] < len(tokens) and _cue_at(tokens, found[1], cues)[0] in cues.open


def _is_new(tokens: Sequence[Token], place: int, cues: Cues) -> bool:
    """Say whether another attribution begins at a token: ", adding that", "; he said", "and Bo Ray said"."""
    before = tokens[place - 1].lower
    if before not in AND and before not in (",", ";"):
        return False
    cue, width = _cue_at(tokens, place, cues)
    if cue in cues.phrases:
        return before == ","
    if cue and cue.split()[0].endswith("ing"):
        return before == "," and clause_after(tokens, place + width, cue, cues) is not None
    if before not in AND and before != ";":
        return False
    if cue and (cue in cues.open or cue in cues.object or cue in cues.told) and before in AND:
        following = tokens[place + width].lower if place + width < len(tokens) else ""
        comma = (place > 1 and tokens[place - 2].lower == ",") or cue in ("said", "added", "told")
        return (
            following in ("that", QUOTE, ":")
            or following in ASKED
            or (comma and _begins(tokens, place + width, cue, cues) is not None)
        )
    if before == ";" and _speaks_within(tokens, place, cues):
        return True
    found = noun_phrase_after(tokens, place)
    if found is None:
        return False
    verb = next((at for at in range(found[1], min(len(tokens), found[1] + 3)) if not is_adverb(tokens[at])), -1)
    cue = _cue_at(tokens, verb, cues)[0] if verb >= 0 else ""
    return bool(cue) and (cue in cues.open or cue in cues.object) and not _is_noun_here(tokens, verb, cues)


def _speaks_within(tokens: Sequence[Token], place: int, cues: Cues) -> bool:
    """Say whether a cue with a subject of its own stands in the clause that begins at a token."""
    for at in range(place + 1, min(len(tokens), place + REACH)):
        if tokens[at].lower == ";":
            return False
        if _cue_at(tokens, at, cues)[0] in cues.open and (subject := subject_before(tokens, at)):
            return subject[0] >= place
    return False


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
    opening = place == _consumed(told) or (place and tokens[place - 1].lower in ("and", "but", ";", "that"))
    speaker = (first, comma) if opening and comma - first <= REACH else found
    speaker = (
        speaker[0],
        next((at for at in range(*speaker) if tokens[at].lower in ("who", "which", "that")), speaker[1]),
    )
    if not opening:
        return Told(cue, place, speaker, [*_clause_before(tokens, place, told), *_behind(tokens, found[1], cues)])
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
