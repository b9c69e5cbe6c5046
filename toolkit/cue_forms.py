"""Cue forms: where in a sentence a cue stands, and whether it is there a verb of somebody or a noun or participle."""

from collections.abc import Sequence

from toolkit.cues import Cues
from toolkit.tokens import (
    AUXILIARIES,
    DETERMINERS,
    ONES,
    PREPOSITIONS,
    QUOTE,
    RELATIVES,
    SUBJECTS,
    UNSAID,
    Token,
)

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


def cue_at(tokens: Sequence[Token], place: int, cues: Cues) -> tuple[str, int]:
    """Return the cue that begins at a token and how many tokens it has, ("", 0) if none does."""
    lower = tokens[place].lower
    for words in cues.longer.get(lower, ()):
        if words == [token.lower for token in tokens[place : place + len(words)]]:
            return " ".join(words), len(words)
    return (lower, 1) if lower in cues.words else ("", 0)


def is_passive(tokens: Sequence[Token], after: int, cue: str, cues: Cues) -> bool:
    """Say whether a form is a participle: a baker accused of arson, a plan described as bold."""
    following = tokens[after].lower if after < len(tokens) else ""
    doing = cue in cues.object or cue in cues.told
    return doing and (following == "by" or (cue in ACCUSING and following in ("of", "as", "by", "for", "in")))


def is_noun_here(tokens: Sequence[Token], place: int, cues: Cues) -> bool:
    """Say whether a word that may be a verb is a noun or participle where it stands: a report, the said licence."""
    before = tokens[place - 1]
    if before.lower.endswith(("'s", "s'")) and before.lower not in AUXILIARIES:
        return True
    if tokens[place].lower == "think" and place + 1 < len(tokens) and tokens[place + 1].lower.startswith("tank"):
        return True
    if before.is_adverb and place > 1 and tokens[place - 2].lower in DETERMINERS - ONES:  # a newly announced plan
        return True
    if tokens[place].lower in NOUNS_TOO:
        if tokens[place].lower in ("comments", "reports", "notes", "states") and _is_inverted_here(tokens, place):
            return False
        if _is_counted(tokens, place):
            return True
        shown = before.lower in SUBJECTS or before.is_name or before.is_adverb or before.lower in RELATIVES
        the = next(
            (
                at
                for at in range(place - 1, max(-1, place - 5), -1)
                if not tokens[at].is_noun or tokens[at].lower in DETERMINERS
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
    return tokens[place - 1].lower in (QUOTE, ",") and place + 1 < len(tokens) and tokens[place + 1].is_name


def _is_counted(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a form is a noun by what stands around: a report, in U.S. states, claims of fraud."""
    after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    if after in ("of", "about", "over", "from", "against", "among"):
        return True
    first = place
    while first and (tokens[first - 1].is_noun or tokens[first - 1].lower in DETERMINERS):
        first -= 1
    within = any(tokens[at].lower in DETERMINERS and tokens[at - 1].is_noun for at in range(first + 1, place))
    if within and tokens[first].lower not in DETERMINERS:  # shows the U.S. states
        return True
    if tokens[place].lower[-1:] != "s" and any(token.lower in ("a", "an", "this") for token in tokens[first:place]):
        return True
    inside = first and tokens[first - 1].lower in PREPOSITIONS and not tokens[first].is_time
    return bool(inside and after != "that")
