"""Speech marks: what stands between quotation marks, of whatever kind, paragraph by paragraph."""

import re
from bisect import bisect_left
from typing import NamedTuple

from toolkit.sentences import paragraph_spans

DOUBLE = '"“”„«»‹›'
SINGLE = "'‘’"
# A single mark opens before a word and closes behind one; between letters it is an apostrophe.
NO_APOSTROPHE = re.compile(r"['‘’](?:(?<=['‘])(?<![\w'’‘].)(?=[\w[(…\"“])|(?<=[\w.,!?…\"”\])]['’])(?!\w))")
# The marks that close what a mark opens: English, German, French, Swedish, and guillemets turned inwards.
CLOSERS = {'"': '"”', "“": '”"', "„": '“”"', "”": '”"', "«": "»", "»": "«", "‹": "›", "›": "‹"} | {"'": "'’", "‘": "’'"}
PAIRED = {"“": "”", "«": "»"}  # of these each tells by its shape whether it opens
LONGEST = 2_000  # characters in which a quotation's other mark is looked for
TURNED = "»›"  # open in German books what they close in French
# The plural's apostrophe, as in the players' entrance: a word in lower case follows, and a later mark closes.
POSSESSIVE = re.compile(r"(?<=s)['’](?=\s[a-z])(?=[^'’‘]*(?:\w['’]\w[^'’‘]*)*[.,!?…]['’](?!\w))")
TYPED = re.compile(r"(?<!\S)''(?=\w)")


class Marked(NamedTuple):
    """What stands between two marks: start and end without them; whether the mark closes; first and last with them."""

    start: int
    end: int
    closed: bool  # in this paragraph
    first: int
    last: int


def find_marked(text: str) -> list[Marked]:
    """Return what stands between quotation marks, in order; a mark that never closes takes nothing along.

    A quotation that runs on has an opening mark at the head of each paragraph and a closing mark at its very end. Of
    marks within marks the outer ones count.
    """
    if any(pair in text for pair in ("``", "''", "‘‘", "’’")):
        text = _with_double_marks(text)
    doubles = _places(text, DOUBLE)
    singles = [place for place in _places(text, SINGLE) if NO_APOSTROPHE.match(text, place)]
    marks = sorted(doubles + singles)
    spans = paragraph_spans(text) if marks else []
    found: list[Marked] = []
    for number, (first, last) in enumerate(spans):
        if not _within(marks, first, last):
            continue
        following = text[spans[number + 1][0]] if number + 1 < len(spans) else " "
        doubled = _pairs(text, first, last, _within(doubles, first, last), runs_on=following in '"“„«»')
        single = _pairs(text, first, last, _within(singles, first, last), runs_on=following in "'‘")
        found += _outer(doubled, single)
    return found


def _places(text: str, marks: str) -> list[int]:
    places = []
    for mark in marks:  # to look for each by itself is much quicker than for all at once
        place = text.find(mark)
        while place >= 0:
            places.append(place)
            place = text.find(mark, place + 1)
    return sorted(places)


def _within(places: list[int], first: int, last: int) -> list[int]:
    return places[bisect_left(places, first) : bisect_left(places, last)]


def _with_double_marks(text: str) -> str:
    """Return a text with two single marks as a double one and a space, within which it stands: ``so it is''."""
    plain = "``" in text or TYPED.search(text) or text.count("“") > text.count("”")
    text = re.sub(r"``|‘‘", "“ ", text).replace("’’", " ”")
    return re.sub(r"(?<!\S)''(?=\w)", "“ ", re.sub(r"(?<=\S)''(?!\w)", " ”", text)) if plain else text


def _outer(doubled: list[Marked], single: list[Marked]) -> list[Marked]:
    """Return double marks but for those within single ones, and single ones only where there are no others outside."""
    around = [one for one in single if any(one.start < two.start and two.end < one.end for two in doubled)]
    kept = [two for two in doubled if not any(one.start <= two.end and two.start <= one.end for one in around)]
    if kept:
        return sorted(kept + around)
    return single


def _pairs(text: str, first: int, last: int, places: list[int], runs_on: bool) -> list[Marked]:
    if not places:
        return []
    pairs, start, inner = [], -1, 0
    nests = 1 < text.count("“", first, last) == text.count("”", first, last)
    for place in places:
        mark = text[place]
        before = text[place - 1] if place > first else " "
        after = text[place + 1] if place + 1 < last else " "
        if start >= 0 and (deeper := _deeper(text, start, place, last, inner, nests)) is not None:
            inner = deeper
        elif start >= 0 and _closes(mark, before, after, text[start - 1]):
            if POSSESSIVE.match(text, place, last):
                continue
            pairs.append(_trimmed(text, start, place))
            start, inner = -1, 0
        elif _opens(mark, before, after):
            start, inner = place + 1, 0  # a mark that opens again shows that the one before was never closed
    if start >= 0 and runs_on:
        pairs.append(Marked(start, last, False, start - 1, last))
    return [one for one in pairs if one.start < one.end]


def _deeper(text: str, start: int, place: int, last: int, inner: int, nests: bool) -> int | None:
    """Return how deep a mark leads within an open quotation, None for one that belongs to no inner quotation."""
    opener, mark = text[start - 1], text[place]
    if nests and opener == "“" and (mark == "“" or (mark == "”" and inner)):
        return inner + (1 if mark == "“" else -1)
    if mark == '"' and inner and opener in PAIRED:
        return inner - 1
    following = text[place + 1] if place + 1 < last else " "
    opens = not following.isspace() and not text[place - 1].isalnum()
    if mark != opener and opens and mark in '"“«' and _is_within(text, start, place, last):
        return inner + (mark == '"')
    return None


def _is_within(text: str, start: int, place: int, last: int) -> bool:
    """Say whether a mark of another kind stands within a quotation that is closed behind it: “I said "no" to them.”"""
    opener, stop = text[start - 1], min(last, place + LONGEST)
    if opener not in PAIRED or text[place] == opener:
        return False
    closed, again = text.find(PAIRED[opener], place + 1, stop), text.find(opener, place + 1, stop)
    return closed > 0 and not 0 < again < closed


def _trimmed(text: str, start: int, end: int) -> Marked:
    content = text[start:end]
    trimmed = start + len(content) - len(content.lstrip()), start + len(content.rstrip())
    return Marked(*trimmed, True, start - 1, end + 1)


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in "«‹" or (mark == "“" and before.isspace()):  # a space behind it is a slip
        return True
    if mark in TURNED:
        return before.isspace() and not after.isspace()
    return (
        not (mark == "”" and not before.isspace()) and not after.isspace() and not (before.isalnum() and mark in "\"'")
    )


def _closes(mark: str, before: str, after: str, opener: str) -> bool:
    if mark not in CLOSERS.get(opener, ""):
        return False
    return mark in "”»›«‹“" or not before.isspace() or not (after.isalnum() or after.isspace())
