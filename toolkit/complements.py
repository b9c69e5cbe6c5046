"""Complements: what a cue introduces behind it, from the token where it begins to that where it is over."""

from collections.abc import Sequence
from itertools import pairwise

from toolkit.circumstances import SPANS, after_addressee, skip_circumstance
from toolkit.cue_forms import cue_at, is_noun_here
from toolkit.cues import Cues
from toolkit.phrases import noun_phrase_after, subject_before
from toolkit.tokens import AUXILIARIES, DETERMINERS, QUOTE, SUBJECTS, Token

ASKED = frozenset("whether if how why what when where who".split())
# After most verbs these tell when, where or of whom, and not what was asked: he said when they met.
CIRCUMSTANTIAL = frozenset("when where who".split())
ASKING = ("ask", "wonder", "explain", "reveal", "describ", "recall", "predict", "speculat", "question", "disclos")
ABOUT = frozenset("at up about around over under between more fewer less nearly almost".split())
# What is "said" in these is no speech of anybody.
NOTHING_SAID = frozenset("goodbye farewell hello yes no little nothing much so it this".split())
AND = frozenset("and but while whereas though although".split())
BEFORE_NEW = AND | {",", ";"}
SUBORDINATES = frozenset("while as when although though if after before since because whereas".split())
FIRST_OBJECT = 6  # tokens of an object that is what is said
REACH = 24  # tokens in which a verb, or "that", is looked for


def clause_after(tokens: Sequence[Token], place: int, cue: str, cues: Cues) -> int | None:
    """Return the token with which begins what a cue introduces, None where nothing follows that is said."""
    if (found := _begins(tokens, place, cue, cues)) is not None:
        return found
    about = place < len(tokens) and tokens[place].lower == "of" and cue in cues.open and cue not in cues.object
    beyond = skip_circumstance(tokens, place, also="of" if about else "")
    if cue in cues.told:
        beyond = max(beyond, after_addressee(tokens, place))
    if beyond == place or beyond >= len(tokens):
        return None
    if tokens[beyond].lower == "," and beyond + 1 < len(tokens):
        following = tokens[beyond + 1].lower
        clause = cue in cues.open and _is_clause(tokens, beyond + 1, cue) and not tokens[beyond + 1].is_adverb
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
    if token.lower in NOTHING_SAID and not (rest and (rest[0].lower in AUXILIARIES or rest[0].is_noun)):
        return False
    if token.lower in AUXILIARIES and "'" in token.lower:
        return True
    if not (token.lower in SUBJECTS or token.lower in DETERMINERS or token.is_noun or token.lower == "there"):
        return False
    if token.is_time or not rest:
        return False
    if token.lower in ("last", "this") and rest[0].lower in SPANS and not (rest[1:] and rest[1].lower in AUXILIARIES):
        return False
    if token.lower.endswith("ed") and not token.is_name and not rest[0].is_noun:  # a statement | released in May
        return False
    if cue in ("said", "says", "say", "saying"):
        return True
    verbs = (one.lower in AUXILIARIES or "'" in one.lower or one.lower.endswith("ed") for one in rest)
    return token.lower in SUBJECTS or any(verbs)


def _is_object(tokens: Sequence[Token], place: int, cue: str) -> bool:
    """Say whether something follows that is said of or asked for: a noun phrase, an infinitive, what follows "of"."""
    token = tokens[place]
    rest = [one for one in tokens[place:] if one.text[0].isalnum() or one.lower == QUOTE]
    if place + 1 >= len(tokens) or token.is_time:
        return False
    told = token.lower.endswith("ing") or any(
        one.lower == "to" or other.lower.endswith("ing") or QUOTE in (one.lower, other.lower)
        for one, other in pairwise(rest)
    )
    if not told and len(rest) < FIRST_OBJECT:  # denied the story: what it was is not said
        return False
    return (
        token.is_noun
        or token.lower in DETERMINERS
        or token.lower in ("it", "him", "her", "them", "us")
        or (token.lower in ("to", "of", "against", "for", "about") and not cue.startswith(("report", "note")))
    )


def clause_end(tokens: Sequence[Token], first: int, cues: Cues) -> int:
    """Return the token with which what is said is over: another cue with its own speaker, or the end."""
    subordinate = tokens[0].lower in SUBORDINATES and not any(token.lower == "," for token in tokens[:first])
    for place in range(first + 1, len(tokens)):
        if tokens[place].lower == QUOTE and _is_claimed(tokens, place + 1, cues):
            return place
        new = tokens[place - 1].lower in BEFORE_NEW and is_new(tokens, place, cues)
        if new or (subordinate and tokens[place].lower == ","):
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
    if cue_at(tokens, place, cues)[0] in cues.open:
        return noun_phrase_after(tokens, place + 1) is not None
    if tokens[place - 1].text.rstrip('"')[-1:] not in ",?!":
        return False
    found = noun_phrase_after(tokens, place)
    return found is not None and found[1] < len(tokens) and cue_at(tokens, found[1], cues)[0] in cues.open


def is_new(tokens: Sequence[Token], place: int, cues: Cues) -> bool:
    """Say whether another attribution begins at a token: ", adding that", "; he said", "and Bo Ray said"."""
    before = tokens[place - 1].lower
    if before not in BEFORE_NEW:
        return False
    cue, width = cue_at(tokens, place, cues)
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
    verb = next((at for at in range(found[1], min(len(tokens), found[1] + 3)) if not tokens[at].is_adverb), -1)
    cue = cue_at(tokens, verb, cues)[0] if verb >= 0 else ""
    return bool(cue) and (cue in cues.open or cue in cues.object) and not is_noun_here(tokens, verb, cues)


def _speaks_within(tokens: Sequence[Token], place: int, cues: Cues) -> bool:
    """Say whether a cue with a subject of its own stands in the clause that begins at a token."""
    for at in range(place + 1, min(len(tokens), place + REACH)):
        if tokens[at].lower == ";":
            return False
        if cue_at(tokens, at, cues)[0] in cues.open and (subject := subject_before(tokens, at)):
            return subject[0] >= place
    return False
