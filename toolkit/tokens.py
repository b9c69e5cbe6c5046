"""Tokens: the words and signs of a sentence, and the closed classes they belong to.

No tagger is needed: what is no function word, verb form of the lists below or sign is taken for part of a name or noun.
"""

import re
from collections.abc import Sequence
from itertools import chain

from toolkit.memo import Memo

QUOTE = "\x01"  # what stands between marks, as one token
QUOTED = re.compile(r"(\"\x01*[^\"\x01]?\"?)")
TOKEN = re.compile(  # most words begin in lower case, and can be nothing else
    rf"[a-z][\w\u0300-\u036f'’&-]*(?:\.\w+)*|{QUOTED.pattern[1:-1]}|(?:[A-Z]\.)+(?:['’]s)?"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|St|Jr|Sr|Rev|Hon|No)\."
    r"|\w[\w\u0300-\u036f'’&-]*(?:\.\w+)*|[^\w\s]"
)
DETERMINERS = frozenset(
    """
    the a an one another some several many most all both each every few no any other more two three four five six seven
    eight nine ten this these those his her its their my our your various numerous dozens hundreds half
    """.split()
)
ONES = frozenset("one some many others another several most both all".split())
PREPOSITIONS = frozenset(
    """
    in on at to of for from with by about under over during after before since until into against among between through
    without within near at despite following amid per via ahead outside inside behind beyond across around toward
    towards upon throughout onto beneath below above including besides alongside regarding concerning
    """.split()
)
AUXILIARIES = frozenset(
    """
    is are was were be been being am has have had do does did will would can could may might shall should must ought
    isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't
    mightn't shouldn't mustn't it's he's she's that's there's they're we're i'm you're i've we've they've you've he'd
    she'd they'd i'll he'll she'll they'll we'll you'll
    """.split()
)
PERFECT = frozenset("has have had hasn't haven't hadn't".split())
BE = frozenset("is are was were be been being am isn't wasn't aren't weren't".split())
UNSAID = frozenset("to will would can could may might shall should must cannot not never n't let".split()) | {
    *"don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't mightn't".split()
}
SUBJECTS = frozenset("he she it they we you i".split())
RELATIVES = frozenset("who which whose that whom what".split())
CONJUNCTIONS = frozenset(
    """
    and or but nor so yet while as because although though if when where whether unless than whereas once how why
    """.split()
)
ADVERBS = frozenset(
    """
    also then later earlier now still again once further even today yesterday tonight tomorrow meanwhile however instead
    often always already just too only recently soon there here ever first last thus therefore perhaps
    indeed moreover nonetheless nevertheless reportedly
    """.split()
)
MAY = "may (month)"  # the month, told from the verb
DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december mon tue tues wed thu thurs fri sat jan feb aug sept sep oct nov dec
    """.split()
) | {MAY}
TIMES = frozenset("days weeks months years hours minutes day week month year hour".split())
NOT_ADVERBS = frozenset(
    "family assembly ally reply supply rally italy july bully fly jelly lily emily kelly sally".split()
)
# Verbs in forms that nothing shows to be verbs; with them a noun phrase is over.
VERBS = frozenset(
    """
    made took came went got gave met held began lost won saw ran sat stood spoke kept became knew brought sent let fell
    rose grew drew broke fought wrote felt bought sold built paid taught caught chose drove ate flew forgot gone heard
    hid laid lay lent meant rang read sang shook shut slept spent spread stole struck swore threw understood woke wore
    makes takes comes goes gets gives meets holds begins loses wins sees runs sits stands keeps becomes knows brings
    sends lets falls rises grows remains remained seems seemed appears appeared includes included put cut set puts cuts
    sets hit hits said says
    """.split()
)
PARTICLES = frozenset("off up down out back away together forward aside apart".split())
PARTS_OF_NAMES = frozenset("de del della di da du van von der den al el bin ibn la le ter ten dos das".split())
NO_NOUNS = AUXILIARIES | CONJUNCTIONS | SUBJECTS | RELATIVES | VERBS | PREPOSITIONS | PARTICLES
NAMES_TOO = frozenset(("May", "Will", "Rose", "Drew"))
REMEMBERED = 30_000  # distinct words with signs at them


class Token:
    """A word or sign, as written and in lower case, and what of words it is: asked so often that it is told once."""

    __slots__ = ("is_adverb", "is_name", "is_noun", "is_time", "lower", "text")

    def __init__(self, text: str, lower: str) -> None:
        self.text, self.lower = text, lower
        self.is_name = text[:1].isupper()  # has a capital, as names have
        self.is_adverb = lower in ADVERBS or (  # by the list or by its end
            lower.endswith("ly") and len(lower) > 4 and lower not in NOT_ADVERBS and not self.is_name
        )
        self.is_time = self.is_name and lower in DAYS  # a day or a month
        # It may be part of a noun phrase: it is no function word and no sign.
        self.is_noun = text[:1].isalnum() and lower not in NO_NOUNS and not self.is_adverb


def tokens_of(sentence: str) -> list[Token]:
    """Return the tokens of a sentence in which what stands between marks is blotted out; each such is one token."""
    known = _SHOUTED if sentence.isupper() else _TOKENS
    tokens = [*chain.from_iterable(map(known.__getitem__, _pieces(sentence)))]
    if any(map(sentence.__contains__, NAMES_TOO)):
        return [_named(tokens, place) if one.text in NAMES_TOO else one for place, one in enumerate(tokens)]
    return tokens


def _pieces(sentence: str) -> list[str]:
    """Return the words of a sentence with the signs at them, and what stands between marks: no token is in two."""
    if '"' not in sentence:
        return sentence.split()
    pieces = []
    for number, part in enumerate(QUOTED.split(sentence)):  # plain and quoted by turns
        pieces += [part] if number % 2 else part.split()
    return pieces


def _token(text: str) -> Token:
    acronym = len(text) > 1 and text.isupper() and text[0] != '"'  # WHO is not who, nor IT it
    return Token(text, text) if acronym else _shouted(text)


def _shouted(text: str) -> Token:
    quoted = len(text) > 1 and text[0] == '"'
    return Token(text, QUOTE if quoted else text.lower().replace("’", "'"))


_WORDS = Memo(_token, REMEMBERED)
_TOKENS = Memo(lambda piece: tuple(map(_WORDS.__getitem__, TOKEN.findall(piece))), REMEMBERED)
_SHOUTED = Memo(lambda piece: tuple(map(_shouted, TOKEN.findall(piece))), REMEMBERED)


def _named(tokens: Sequence[Token], place: int) -> Token:
    """Return a token that may be a name as one where it stands as one does: Mrs May, Will Lee; not in May, Will he."""
    before, after = (tokens[at] if 0 <= at < len(tokens) else None for at in (place - 1, place + 1))
    token = tokens[place]
    if before is None and (token.lower == "will" or after is None or after.lower in SUBJECTS):
        return token
    dated = [one for one in (before, after) if one and (one.text[:1].isdigit() or one.lower in PREPOSITIONS)]
    if token.lower == "may" and (dated or (before and before.lower in ("last", "this", "late", "early", "since"))):
        return Token(token.text, MAY)
    return Token(token.text, token.text)
