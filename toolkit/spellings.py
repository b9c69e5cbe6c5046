"""Spellings: the forms in which one name is written, so that Erdoğan is Erdogan, and U.S. is US."""

import re
import unicodedata
from functools import lru_cache

from toolkit.terms import normalise_term

MOST_NAMES = 50_000  # remembered
DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060]")  # loose accents, soft hyphens, joiners
DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
ACRONYM = re.compile(r"\b[A-Z]{2,4}\b")
UNDECOMPOSED = dict(zip("øØđĐłŁıħĦ", "oOdDlLihH", strict=True))


class _Plain(dict):
    """A table for `str.translate` that fills itself; a letter has one letter in its place, so that offsets hold."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base, *marks = unicodedata.normalize("NFD", letter)
        plain = base if marks and all(map(unicodedata.combining, marks)) else letter
        self[code] = plain = UNDECOMPOSED.get(plain, plain)
        return plain


_PLAIN = _Plain()


def plain(text: str) -> str:
    """Return a text as long as before, its letters without accents."""
    return text if text.isascii() else text.translate(_PLAIN)


def fold(text: str) -> tuple[str, list[int] | None]:
    """Return a text without accents, and where each of its letters stood; None for the latter where nothing moved."""
    if text.isascii() or not DROPPED.search(text):
        return plain(text), None
    places = [place for place, letter in enumerate(text) if not DROPPED.match(letter)]
    return plain("".join(text[place] for place in places)), [*places, len(text)]


@lru_cache(MOST_NAMES)
def spellings_of(name: str) -> tuple[str, ...]:
    """Return a name as given, and with the full stops of its acronyms left out and put in: UN Council, U.N. Council."""
    bare = _undotted(name)
    return (*dict.fromkeys([name, bare, ACRONYM.sub(lambda match: "".join(f"{one}." for one in match[0]), bare)]),)


@lru_cache(MOST_NAMES)
def spelling_of(name: str) -> str:
    """Return the form by which two spellings of one name are recognised as the same."""
    return normalise_term(_undotted(plain(DROPPED.sub("", name))))


def _undotted(name: str) -> str:
    return DOTTED.sub(lambda match: match[0].replace(".", ""), name)
