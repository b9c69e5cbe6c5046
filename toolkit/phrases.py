"""Phrases: the noun phrases before and after a verb, and the subject of a sentence."""

import re
from collections.abc import Sequence

from toolkit.names import TITLES
from toolkit.tokens import (
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    ONES,
    PARTICLES,
    PARTS_OF_NAMES,
    PERFECT,
    PREPOSITIONS,
    QUOTE,
    RELATIVES,
    SUBJECTS,
    TIMES,
    UNSAID,
    Token,
)

OPENING = frozenset("and but so yet or however meanwhile".split())
BREAKS = frozenset(',;:()[]—–"-/') | {"...", QUOTE}
SPEAKS_FOR = re.compile(r"spokes|official|source|member|adviser|advisor|lawyer|attorney|representative|statement")
DATELINE = 9  # tokens
LONGEST = 14  # tokens of a noun phrase


def subject_before(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return the (first, last) tokens of the subject of a verb at `place`, None if it has none or is no assertion.

    Skipped are adverbs, days, auxiliaries of the perfect, and what stands between commas (Ann Lee, the mayor, said).
    """
    at = _skip_back(tokens, place - 1)
    if at >= 0 and tokens[at].lower == "," and tokens[place - 1].lower == "then":
        return first_subject(tokens, at)
    if at < 0 or tokens[at].lower in UNSAID or tokens[at].lower in BE:
        return None
    if tokens[at].lower == ",":
        return _before_apposition(tokens, at)
    if tokens[at].lower == ")":
        opened = next((back for back in range(at, -1, -1) if tokens[back].lower == "("), -1)
        return subject_before(tokens, opened) if opened > 0 else None
    if tokens[at].lower in SUBJECTS:
        return at, at + 1
    if tokens[at].lower in ("who", "which"):
        end = at - 1 if at and tokens[at - 1].lower == "," else at
        return noun_phrase_before(tokens, end)
    if tokens[at].lower in ("and", "but", "then"):
        return first_subject(tokens, at)
    return noun_phrase_before(tokens, at + 1)


def _skip_back(tokens: Sequence[Token], at: int) -> int:
    while at >= 0:
        token = tokens[at]
        long = token.lower == "long" and at > 0 and tokens[at - 1].lower in PERFECT  # has long warned
        if long or token.is_adverb or token.lower in PERFECT or token.is_time:
            at -= 1
            at -= at >= 0 and token.is_time and tokens[at].lower in ("on", "in", "last", "late", "early")
        else:
            return at
    return at


def _before_apposition(tokens: Sequence[Token], comma: int) -> tuple[int, int] | None:
    """Return the subject of "Ann Lee, the mayor of Port, said", whatever stands between the two commas."""
    for back in range(comma - 1, max(-1, comma - 40), -1):
        if tokens[back].lower in (";", ":"):
            return None
        if tokens[back].lower == "," and not (back and tokens[back - 1].is_time):
            found = noun_phrase_before(tokens, _skip_back(tokens, back - 1) + 1)
            between = tokens[back + 1 : comma]
            if found and is_described(tokens, found) and (name := name_at_end(between)):
                return comma - name, comma  # the mayor of the port, Ann Lee, said
            if found and _is_bare(tokens, found) and not _is_subject_like(tokens, found, between):
                return found
    return None


def is_full_name(tokens: Sequence[Token]) -> bool:
    """Say whether tokens are a name of two words or more, and nothing else."""
    capitals = [token for token in tokens if token.is_name]
    small = [token for token in tokens if not token.is_name]
    return len(capitals) > 1 and tokens[-1].is_name and all(token.lower in PARTS_OF_NAMES for token in small)


def is_described(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """Say whether a noun phrase describes somebody and does not name them: the mayor of Port."""
    place = next((at for at in range(*found) if tokens[at].lower in PREPOSITIONS), found[1])
    return not tokens[place - 1].is_name


def name_at_end(tokens: Sequence[Token]) -> int:
    """Return how many tokens the full name has with which a description ends: former mayor Ann Lee."""
    first = len(tokens)
    while first and (tokens[first - 1].is_name or (first < len(tokens) and tokens[first - 1].lower in PARTS_OF_NAMES)):
        first -= 1
    described = all(token.is_noun for token in tokens[:first])
    return len(tokens) - first if described and is_full_name(tokens[first:]) else 0


def _is_bare(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """Say whether a noun phrase stands alone between signs, or where a clause begins."""
    before = tokens[found[0] - 1].lower if found[0] else ","
    return before in BREAKS or before in CONJUNCTIONS or before in RELATIVES


def _is_subject_like(tokens: Sequence[Token], found: tuple[int, int], between: Sequence[Token]) -> bool:
    """Say whether what stands between commas is the speaker rather than an apposition: a place before a name."""
    return len(between) == 0 or all(token.lower in DAYS or token.lower.isdigit() for token in tokens[slice(*found)])


def noun_phrase_before(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """Return the (first, end) of the noun phrase that ends before `end`, with what is attached to it (of the port)."""
    first = end
    while first > 0 and end - first < LONGEST:
        token = tokens[first - 1]
        between = first < end and first > 1 and tokens[first].is_name and tokens[first - 2].is_name
        if between and token.is_name:  # a capital word of a name: Bread Without Borders
            first -= 1
            continue
        joined = token.lower in ("and", "&", "or") and first < end and _joins(tokens, first - 1)
        if not joined and not token.is_noun and token.lower not in PREPOSITIONS and token.lower not in PARTICLES:
            break
        first -= 1
    if first == end or (end - first == 1 and tokens[first].lower.endswith("ing") and not tokens[first].is_name):
        return None
    if first > 1 and tokens[first - 1].lower in ("who", "which"):  # the man who lives there said
        stop = first - 2 if tokens[first - 2].lower == "," else first - 1
        return noun_phrase_before(tokens, stop)
    if first > 2 and tokens[first - 1].lower in AUXILIARIES and tokens[first - 2].lower in ("who", "which"):
        return noun_phrase_before(tokens, first - 2 - (tokens[first - 3].lower == ","))  # those who have met her said
    found = _without_circumstance(tokens, first, end)
    return (found[0], _before_participle(tokens, *found)) if found else None


def _before_participle(tokens: Sequence[Token], first: int, end: int) -> int:
    """Return where a noun phrase ends but for what a participle adds to it: officials | speaking in Port."""
    for place in range(first + 1, end - 1):
        token, after = tokens[place], tokens[place + 1]
        participle = (
            token.lower.endswith(("ing", "ed")) and not token.is_name and tokens[place - 1].lower not in DETERMINERS
        )
        people = tokens[place - 1].is_name or tokens[place - 1].lower.endswith("s") or token.lower.endswith("ed")
        attached = (
            after.lower in PREPOSITIONS or after.lower in DETERMINERS or (token.lower.endswith("ing") and after.is_noun)
        )
        if participle and people and attached and tokens[place - 1].lower not in PREPOSITIONS and len(token.lower) > 4:
            return place
    return end


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Say whether an "and" joins two names or nouns, and not two clauses."""
    if not place or place + 1 >= len(tokens):
        return False
    before, after = tokens[place - 1], tokens[place + 1]
    return before.is_name and after.is_name and not before.is_time


def _without_circumstance(tokens: Sequence[Token], first: int, end: int) -> tuple[int, int] | None:
    """Take from a run of nouns what precedes the subject: In a statement | the mayor, On Monday | officials."""
    while first < end:
        token = tokens[first]
        if token.lower in PREPOSITIONS:
            if token.lower in ("after", "before", "since", "until") and _is_one(tokens, first + 1, end):
                return first + 1, end  # after the mayor said
            first = _after_phrase(tokens, first + 1, end)
        elif token.lower in DETERMINERS and first + 1 < end and tokens[first + 1].lower in TIMES:
            first += 2
        elif token.is_time or token.lower in ("last", "late", "early", "next", "ago") or token.lower[:1].isdigit():
            first += 1
        else:
            break
    while end > first and tokens[end - 1].is_time:
        end -= 1
    return (first, end) if first < end else None


def _is_one(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Say whether tokens are one noun phrase: a name, or a determiner and a noun."""
    named = all(token.is_name or token.lower in PARTS_OF_NAMES for token in tokens[first + 1 : end]) and first < end
    return named or (end - first == 2 and tokens[first].lower in DETERMINERS)


def _after_phrase(tokens: Sequence[Token], first: int, end: int) -> int:
    """Return where the noun phrase that follows a preposition is over: before a determiner, or where capitals end."""
    place = first + (first < end and tokens[first].lower in DETERMINERS)
    if place < end and tokens[place].is_name:
        while place < end and tokens[place].is_name:
            place += 1
        # a run of capitals to the very end: the speaker's name is in it, "In London Ann Lee" told apart by nothing
        return place
    while place < end and not tokens[place].is_name and tokens[place].lower not in DETERMINERS:
        place += 1
        if place < end and tokens[place].lower in PREPOSITIONS:
            return place
    return place if place < end else max(first, end - 1)


def _behind_dateline(tokens: Sequence[Token], before: int) -> int:
    """Return where a sentence begins behind the place of a report: PORT, Harbour (Wire) — Ann Lee ..."""
    place = next((at for at in range(min(DATELINE, before)) if tokens[at].lower in ("—", "–", "-")), -1)
    shouted = len(tokens[0].text) > 1 and tokens[0].text.isupper() if tokens else False
    return place + 1 if place > 0 and shouted and all(not token.text.islower() for token in tokens[:place]) else 0


def _opens(tokens: Sequence[Token], first: int) -> bool:
    """Say whether a word only opens a sentence: Later, Finally."""
    return tokens[first].is_adverb or (
        tokens[first].lower.endswith("ly") and first + 1 < len(tokens) and tokens[first + 1].lower == ","
    )


def _is_circumstance(tokens: Sequence[Token], first: int) -> bool:
    """Say whether a sentence begins with what precedes its subject: In Port, Hours before, Saying that."""
    following = tokens[first + 1].lower if first + 1 < len(tokens) else ""
    if tokens[first].lower in PREPOSITIONS:
        return True
    if tokens[first].lower in TIMES and following in ("before", "after", "later", "earlier", "ago"):
        return True
    begun = following in DETERMINERS or following in PREPOSITIONS or following in (QUOTE, "that", "it", "him", "them")
    return tokens[first].lower.endswith("ing") and len(tokens[first].lower) > 4 and begun


def first_subject(tokens: Sequence[Token], before: int) -> tuple[int, int] | None:
    """Return the subject with which a sentence begins, behind what may stand before it (On Monday, ...)."""
    first = _behind_dateline(tokens, before)
    if (
        first + 3 < before
        and tokens[first + 1].lower in TIMES
        and tokens[first + 2].lower in ("ago", "later", "earlier")
    ):
        first += 3  # Two weeks ago
    while first < before and (tokens[first].lower in OPENING or _opens(tokens, first) or tokens[first].lower == ","):
        first += 1
    if first < before and (_is_circumstance(tokens, first) or tokens[first].lower in CONJUNCTIONS):
        comma = next((at for at in range(first, before) if tokens[at].lower == ","), -1)
        first = comma + 1 if comma >= 0 else first
    if first >= before:
        return None
    if tokens[first].lower in SUBJECTS:
        return first, first + 1
    found = noun_phrase_after(tokens, first, before)
    return found if found and (tokens[found[0]].is_name or tokens[found[0]].lower in DETERMINERS) else None


def noun_phrase_after(tokens: Sequence[Token], first: int, stop: int | None = None) -> tuple[int, int] | None:
    """Return the (first, end) of the noun phrase that begins at `first`: a name, or a noun with what belongs to it."""
    stop = min(len(tokens) if stop is None else stop, first + LONGEST)
    if first >= stop:
        return None
    if tokens[first].lower in SUBJECTS:
        return first, first + 1
    place = first
    while place < stop and (tokens[place].lower in DETERMINERS or (place > first and tokens[place].lower == "of")):
        place += 1  # all of the two
    begun = place
    while place < stop and _goes_on(tokens, place, begun, determined=begun > first):
        place += 1
    if place == begun:
        return (first, first + 1) if tokens[first].lower in ONES else None
    return first, _with_attached(tokens, place, stop)


def _goes_on(tokens: Sequence[Token], place: int, begun: int, determined: bool) -> bool:
    token = tokens[place]
    named = (
        begun < place < len(tokens) - 1 and token.is_name and tokens[place - 1].is_name and tokens[place + 1].is_name
    )
    if named and not token.is_time:
        return True
    if not token.is_noun or token.lower in DETERMINERS or token.is_time:
        return False
    if place == begun:
        return True
    before = tokens[place - 1]
    if before.is_name and not token.is_name:  # a name is over: said Ann Lee yesterday; NATO spokeswoman goes on
        owned = before.lower.endswith(("'s", "s'"))
        bearer = place + 1 < len(tokens) and tokens[place + 1].is_name and not tokens[place + 1].is_time
        if bearer and place - begun < 3 and not token.lower.endswith(("s", "ed")):  # Port coach Ann Lee
            return True
        return owned or (determined and token.lower not in ("told", "last")) or (place - begun < 2 and _is_head(token))
    return not (token.lower.endswith("ed") and not token.is_name) and token.lower not in ("told", "last", "late")


def _is_head(token: Token) -> bool:
    """Say whether a noun in lower case may end a phrase that a name begins: NATO spokeswoman Ann Lee."""
    return (
        token.lower in TITLES or bool(SPEAKS_FOR.match(token.lower)) or token.lower.endswith(("er", "or", "ist", "man"))
    )


def _with_attached(tokens: Sequence[Token], place: int, stop: int) -> int:
    """Return the end of a noun phrase with "of the port", "for the ministry", "de la", "and Bo Ray" behind it."""
    while place + 1 < stop:
        head, token, after = tokens[place - 1], tokens[place], tokens[place + 1]
        of = token.lower in ("of", "for", "from", "at", "in") and (after.lower in DETERMINERS or after.is_name)
        lower = (
            not head.is_name and not after.is_time and (token.lower in ("of", "for") or SPEAKS_FOR.match(head.lower))
        )
        joined = token.lower == "and" and head.is_name and after.is_name
        named = (token.lower in PARTS_OF_NAMES or token.lower in ("of", "the")) and head.is_name
        if not (of and lower) and not joined and not (named and after.is_name):
            return place
        found = noun_phrase_after(tokens, place + 1, stop)
        if found is None:
            return place
        place = found[1]
    return place
