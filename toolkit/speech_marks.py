"""Speech marks: what stands between quotation marks, of whatever kind, paragraph by paragraph."""

import re
from typing import NamedTuple

from toolkit.sentences import paragraph_spans

DOUBLE = re.compile(r"[\"“”„«»]")
# A single mark opens before a word and closes behind one; between letters it is an apostrophe.
SINGLE = re.compile(r"(?<![\w'’‘])['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
OPENS_BEFORE, CLOSES_BEHIND = re.compile(r"[\w$€£\[('‘…—-]"), re.compile(r"[\w.,!?…;:)\]'’—%-]")


class Marked(NamedTuple):
    """What stands between two marks: start and end without them, and whether the mark closes in this paragraph."""

    start: int
    end: int
    closed: bool


def find_marked(text: str) -> list[Marked]:
    """Return what stands between quotation marks, in order; a mark that never closes takes nothing along.

    A quotation that runs on has an opening mark at the head of each paragraph and a closing mark at its very end.
    """
    spans = paragraph_spans(text)
    found: list[Marked] = []
    for number, (first, last) in enumerate(spans):
        following = text[spans[number + 1][0]] if number + 1 < len(spans) else ""
        doubled = _pairs(text, first, last, DOUBLE, runs_on=bool(following) and following in '"“„«')
        found += doubled or _pairs(text, first, last, SINGLE, runs_on=False)
    return found


def _pairs(text: str, first: int, last: int, marks: re.Pattern[str], runs_on: bool) -> list[Marked]:
    pairs, start = [], -1
    for match in marks.finditer(text, first, last):
        before = text[match.start() - 1] if match.start() > first else " "
        after = text[match.end()] if match.end() < last else " "
        if start >= 0 and _closes(match[0], before, text[start - 1]):
            if match.start() > start:
                pairs.append(Marked(start, match.start(), True))
            start = -1
        elif _opens(match[0], before, after):
            start = match.end()  # a mark that opens again shows that the one before was never closed
    if start >= 0 and runs_on:
        pairs.append(Marked(start, last, False))
    return pairs


def _opens(mark: str, before: str, after: str) -> bool:
    return mark != "”" and not after.isspace() and not (before.isalnum() and mark in "\"'")


def _closes(mark: str, before: str, opener: str) -> bool:
    if mark in "“‘":
        return opener in "„‚"
    return mark in "”»" or (mark not in "„«" and not before.isspace())
