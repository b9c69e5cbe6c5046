"""Namesakes: whether a name in a text is, by its neighbours, somebody else's: Hunter Biden, the Clinton Foundation."""

import re

from toolkit.names import DEMONYM, OPENERS, TITLES, in_title_case
from toolkit.terms import WORD
from toolkit.ways import GENERATIONS

# After a name these make it something else: the Clinton Foundation, Kennedy Street.
NAMED_AFTER = frozenset(
    """
    foundation institute center centre library school university college street avenue road square airport
    prize award inc corp company group organization organisation tower hospital hotel museum park bridge house
    city county stadium arena memorial trust bank act
    """.split()
)
HYPHENS = "-–‐‑"
REACH = 40  # characters before a name that are looked at
LEAST = 5  # telling words, of which nearly all have capitals in a headline
INITIALS = re.compile(r"(\w+)[ \u00a0](?:[A-Z]\.?[ \u00a0]){1,2}$")
BEFORE = re.compile(r"(\w+)\.?[ \u00a0]$")
AFTER = re.compile(r",?[ \u00a0](\w+)")
SIDE = re.compile(r"\b(?:New|North|South|Northern|Southern|Equatorial)[ \u00a0]$")
OF_TIME = frozenset(
    "in since until by of last next this early late mid during on from to between before after through".split()
)


def is_part_of_country(text: str, start: int) -> bool:
    """Say whether a country's name goes on from another's: New Mexico, Northern Ireland, South Sudan."""
    return bool(SIDE.search(text[max(0, start - REACH) : start]))


def first_name_before(text: str, start: int) -> tuple[str, int]:
    """Return the first name to which initials before `start` belong, and where it begins: Lyndon B. Johnson."""
    found = INITIALS.search(text[max(0, start - REACH) : start])
    return (found[1], start - len(found[0])) if found else ("", start)


def is_namesake(text: str, start: int, end: int) -> bool:
    """Say whether a full name goes on to another's: Donald Trump Jr., the Ana Keller Foundation, Ana Keller-Marsh."""
    after = AFTER.match(text, end)
    if not after or not after[1][0].isupper():
        return _is_half(text, start, end)
    named_after = after[1].lower() in NAMED_AFTER and "," not in after[0]
    return named_after or after[1].lower() in GENERATIONS or _is_half(text, start, end)


def _is_half(text: str, start: int, end: int) -> bool:
    """Say whether a hyphen makes a name half of a longer one: Kramp-Karrenbauer; anti-Keller and Keller-era are not."""
    after = text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isupper() if end < len(text) else False
    if after or start < 2 or text[start - 1] not in HYPHENS:
        return after
    before = re.search(r"\w+$", text[max(0, start - REACH) : start - 1])
    return bool(before) and before[0][0].isupper()


def is_others_surname(text: str, start: int, end: int) -> bool:
    """Say whether capitalised neighbours make a surname somebody else's, or another word altogether."""
    if is_namesake(text, start, end) or "& " in text[max(0, start - 2) : start] or text[end:].startswith(" &"):
        return True
    if text[start:end].lower() in OPENERS and _is_common(text, start, end):
        return True
    before = BEFORE.search(text[max(0, start - REACH) : start])
    word = before[1] if before else ""
    if len(word) == 1 and word.isupper():  # an initial: Lyndon B. Johnson
        return True
    plain = not word or not word[0].isupper() or word.isupper()
    if plain or word.lower() in TITLES | OPENERS or DEMONYM.match(word):
        return word.lower() != "the" and _is_first_name(text, end)
    return not in_title_case(WORD.findall(text), LEAST)


def _is_common(text: str, start: int, end: int) -> bool:
    """Say whether a name that is also a common word is that word here: in May, May 5, May I."""
    before, after = BEFORE.search(text[max(0, start - REACH) : start]), AFTER.match(text, end)
    return bool(
        (before and before[1].lower() in OF_TIME) or (after and (after[1].isdigit() or after[1] in ("I", "the")))
    )


def _is_first_name(text: str, end: int) -> bool:
    """Say whether a name goes on in the next word, so that it is a first name here: Taylor Swift is no Taylor."""
    after = AFTER.match(text, end)
    if not after or "," in after[0] or not after[1][0].isupper() or after[1].isupper():
        return False
    return after[1].lower() not in OPENERS | TITLES and not in_title_case(WORD.findall(text), LEAST)
