"""The lines of a saved page, and the stretch of them in which its article stands."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from toolkit.readers.decoding import NotTextError, read_text
from toolkit.readers.page_looks import HEAD, Look, look_at

MOST_LINES = 2_000_000
BULLETS = frozenset("*+o•·▪–-")
BULLET = re.compile(r"^[*+o•·▪–-]\s+(?=\S)")


class Line(NamedTuple):
    """One line that is not blank."""

    start: int
    text: str
    look: Look
    bullet: bool
    after_blank: bool
    times: int  # how often the same words stand on the page
    shared: str  # on how many of its outlet's pages it stands, where that makes it furniture

    @property
    def head(self) -> str:
        """The beginning: a very long line has said by then what it is."""
        return self.text[:HEAD]


Reasons = Callable[[list[str], list[Look]], list[str]]  # keys and looks of lines -> why each is furniture


def lines_of(text: str, reasons: Reasons | None = None) -> list[Line]:
    """Return the lines of a page that are not blank, with their offsets into it.

    `reasons` says of the lines, by their keys and looks, why other pages make them furniture, "" where they do not.
    """
    found, place, after_blank = [], 0, True
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        if line:
            start, mark = place + raw.index(line), line[0] in BULLETS and BULLET.match(line)
            if mark:
                start, line = start + mark.end(), line[mark.end() :]
            found.append((start, line, look_at(line), bool(mark) or line in BULLETS, after_blank))
        after_blank = not line
        place += len(raw)
    keys = line_keys(text)
    shared = reasons(keys, [entry[2] for entry in found]) if reasons else [""] * len(found)
    times = Counter(keys)
    return [Line(*entry, times[key], why) for entry, key, why in zip(found, keys, shared, strict=True)]


def read_page(path: Path) -> tuple[str, str]:
    """Return the text of a page and its encoding; raise NotTextError where it holds none, or lines beyond memory."""
    text, encoding = read_text(path)
    if text.count("\n") > MOST_LINES:
        raise NotTextError(f"a text of more than {MOST_LINES:,} lines")
    return text, encoding


def line_keys(text: str) -> list[str]:
    """Return the key of each line of a page that is not blank: the same for lines that say the same."""
    lines = filter(None, map(str.strip, text.casefold().splitlines()))
    return [BULLET.sub("", line, count=1) if line[0] in BULLETS else line for line in lines]


def weight(line: Line) -> float:
    """Return how much a line speaks for (above 0) or against being part of an article's body."""
    look = line.look
    if line.shared or (line.times > 1 and look.words < 30):
        return -12.0
    if look.is_legal or look.tells_age:
        return -15.0 if look.words < 60 else 0.0
    if look.is_dateline and look.words < 12:
        return -10.0
    if look.is_promotion:
        return -20.0 if look.words <= 5 else -10.0
    if look.is_prose:
        value = min(look.words, 60.0) if look.ends_sentence else 0.3 * min(look.words, 30)
        return value * (0.3 if line.bullet else 1.0)
    if look.is_sentence:
        return 1.0
    return -6.0 if line.bullet or look.is_button else -3.0


def body_block(lines: list[Line]) -> tuple[int, int]:
    """Return the (first, last + 1) of the lines among which the article stands.

    Each line that looks like a reader's comment halves the weight of all that follows, so that a short article wins
    over the long discussion below it.
    """
    weights, trust = [], 1.0
    for line in lines:
        if line.look.is_comment:
            trust /= 2
            weights.append(-12.0)
        else:
            value = weight(line)
            weights.append(value * trust if value > 0 else value)
    return densest_block(weights)


def densest_block(weights: list[float]) -> tuple[int, int]:
    """Return the (first, last + 1) of the lines with the greatest sum; (0, 0) where nothing speaks for any."""
    best, best_sum, first, running = (0, 0), 0.0, 0, 0.0
    for number, value in enumerate(weights):
        if running <= 0:
            first, running = number, 0.0
        running += value
        if running > best_sum:
            best, best_sum = (first, number + 1), running
    return best
