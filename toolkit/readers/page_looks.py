"""What a line of a saved page looks like, wherever it stands: its words, its end, and what it says of itself.

The evidence is the one boilerplate removers use on blocks of HTML (Kohlschütter et al. 2010,
doi 10.1145/1718487.1718542; Pomikálek 2011), taken from the text alone.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from toolkit.dates import holds_date
from toolkit.readers.page_cues import (
    ADVERT,
    AGE,
    AUTHORS,
    BYLINE,
    COMMENT,
    CUE_PARTS,
    CUE_WORDS,
    FUNCTION_WORDS,
    HEADING_BEGINS,
    HOLDER,
    LEAST_PROSE,
    PROMOTION_BEGINS,
    SIGNED,
    STAMP,
    WORD,
    are_button_words,
    heads_of,
    is_button,
    is_credit,
    is_legal,
    is_promotion,
)

# A closing mark may be one that opens elsewhere, or stand apart.
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»“«)\]]*(?:\s[»”“]\W?)?$")
# Begins with the rare character, which lets the search run on the others without trying; St. and Lt. Col. end nothing.
INNER_STOP = re.compile(
    r"[.!?](?<=[^\W_A-Z].|[\"”’“»«)].)(?<!\b(?:St|Mr|Ms|Dr|Lt|Ft|Mt|Jr|Sr|vs|No)\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col|Sgt|Rev)\.)"
    r"[\"”’“»]?\s+[A-ZÀ-ÖØ-ÞŒ\"“‘„«»¿¡]"
)
NUMBER = re.compile(r"\d{1,3}[.)]\s+")

COMMENT_REACH = 200  # characters of a line that marks a comment
MOST_DATE_WORDS = 30  # of a line whose date may be the article's
LONGEST_NOTICE = 300  # characters of a copyright line or a dateline
HEAD = 1_000  # characters: a very long line has said by then what it is
RECURRING = 200  # characters of a line that may recur from page to page


class Look(NamedTuple):
    """What can be seen of a line alone."""

    words: int
    function_share: float
    ends_sentence: bool
    is_prose: bool  # long, and made of sentences rather than of labels
    is_sentence: bool
    is_button: bool
    is_promotion: bool
    is_legal: bool
    is_credit: bool
    is_signed: bool  # by an agency
    names_holder: bool  # of the copyright
    is_advert: bool
    is_byline: bool
    is_comment: bool
    has_date: bool
    is_dateline: bool
    tells_age: bool
    tells_authors: bool
    heads: str  # of what it is the heading: tags, related; "" of neither

    @property
    def is_furniture(self) -> bool:
        return self.is_button or self.is_promotion


def look_at(text: str) -> Look:
    """Return what a line looks like, without reckoning it anew for the menus that stand on page after page."""
    return _recurring_look(text) if len(text) < RECURRING else _look_at(text)


def _look_at(text: str) -> Look:
    low = text[:HEAD].lower()
    found = WORD.findall(low)
    words = len(found)
    share = sum(map(FUNCTION_WORDS.__contains__, found)) / words if words else 0.0
    signed = text.endswith(")") and SIGNED.search(low, max(0, len(low) - 120)) is not None
    ends = signed or SENTENCE_END.search(text, max(0, len(text) - 20)) is not None or _stops_within(text)
    has_date = words < MOST_DATE_WORDS and holds_date(text[:HEAD])
    # Most lines of prose hold no word of any cue, and are spared the cues one by one.
    cued = not CUE_WORDS.isdisjoint(found) or any(map(low.__contains__, CUE_PARTS))
    byline = bool(found) and (found[0] == "by" or found[-1] == "desk") and BYLINE.match(low) is not None
    is_sentence = words >= 3 and ends and not text.endswith(":")
    return Look(
        words=words,
        function_share=share,
        ends_sentence=ends,
        is_prose=words >= LEAST_PROSE and share >= (0.1 if ends else 0.2),
        is_sentence=is_sentence,
        is_button=is_button(low) if "-" in low and words < 30 else are_button_words(found),
        is_promotion=0 < words < 30 and found[0] in PROMOTION_BEGINS and is_promotion(low, found, is_sentence),
        is_legal=cued and is_legal(low, found, is_sentence),
        is_credit=cued and not signed and words < (120 if "©" in text else 60) and is_credit(low, found, is_sentence),
        is_signed=signed,
        names_holder=cued and HOLDER.stands_in(low, found),
        is_advert=cued and ADVERT.stands_in(low, found),
        is_byline=byline,
        is_comment=words < 25 and not is_sentence and COMMENT.stands_in(low[:COMMENT_REACH], found),
        has_date=has_date,
        is_dateline=has_date and (words < 12 or STAMP.stands_in(low, found)),
        tells_age=cued and AGE.stands_in(low, found),
        tells_authors=cued and words < 60 and AUTHORS.stands_in(text, found),
        heads=heads_of(low) if found and found[0] in HEADING_BEGINS else "",
    )


def _stops_within(text: str) -> bool:
    number = NUMBER.match(text)  # of an item in a list
    return INNER_STOP.search(text, number.end() if number else 0, HEAD) is not None


_recurring_look = lru_cache(maxsize=1 << 15)(_look_at)
