"""Page dates: which of the dates on a page is the one of publication.

A wrong date is worse than none: the date has to say that it is the one of publication, or to stand where datelines
stand, between headline and body or close above the headline. Updates, lists and prose are passed over.
"""

import re
from collections.abc import Iterator

from toolkit.changes import CHANGED, PUBLISHED, unchanged
from toolkit.dates import find_date
from toolkit.months import WEEKDAY
from toolkit.readers.page_cues import WORD
from toolkit.readers.page_lines import Line

DAY_NAME = re.compile(rf"\b{WEEKDAY}", re.IGNORECASE)
OPENING = re.compile(r"[^\W\d_][\w .,'’/-]{0,40}[,(] ?$")
OPENED = re.compile(r"\)? ?(?:[(/][\w ./-]{1,30}[)/])? ?[-–—:]")
ADDRESS = re.compile(r"https?://[^\s/]{1,100}/(?:[\w-]{1,40}/){0,4}?((?:19|20)\d\d[/-]\d\d[/-]\d\d)[/-](\S{1,200})")
SAID_WITHIN = 45  # characters after the word
FAR, NEAR = 25, 12  # lines above the headline, where a date says what it is and where it does not
DEEP, BELOW = 60, 4  # lines under the headline, and into the body or past its end
LIST_REACH = 12  # lines from one date of a list to others
SAME_BREATH = 15  # characters before the word: "updated and published"
LONGEST_DATELINE = 24  # words
MOST_BESIDE = {"headline": 2, "teaser": 6, "body": 6, "subheading": 6}  # words beside the date, elsewhere twelve
NO_DATELINE = ("caption", "credit", "related", "tags")
PROSE = ("teaser", "body", "subheading")


def find_published(lines: list[Line], labels: list[str]) -> str:
    """Return the date of publication as written, with the time and zone beside it; "" where none can be told."""
    return next(filter(None, _candidates(lines, labels)), "")


def _candidates(lines: list[Line], labels: list[str]) -> Iterator[str]:
    """Yield what may be the date, the surest first, "" for each place that has none."""
    body = [number for number, label in enumerate(labels) if label == "body"]
    if not body:
        return
    title = _title(lines, labels, body[0])
    above = range(max(0, title - FAR), title)
    under = range(title, min(max(body[0], title) + BELOW, title + DEEP, len(lines)))
    below = range(body[-1] + 1, min(body[-1] + 1 + BELOW, len(lines)))
    for number in (*under, *reversed(above)):
        yield _said(lines, labels, number)
    dates = {number: date for number in (*above, *under) if (date := _plain(lines, labels, number))}
    plain = {number: date for number, date in dates.items() if not _in_list(dates, number)}
    yield from (date for number, date in plain.items() if number in under)
    yield from (_said(lines, labels, number) for number in below)
    yield _above(lines, {number: date for number, date in plain.items() if number in above}, title)
    yield _opening(lines[body[0]].head)
    yield _in_address(lines, lines[title].text)


def _title(lines: list[Line], labels: list[str], first: int) -> int:
    """Return the line of the headline next to the body: the title of the window may stand atop the page as well."""
    headline = labels.index("headline") if "headline" in labels else first
    same = [number for number in range(headline, first) if lines[number].text == lines[headline].text]
    return same[-1] if same else headline


def _said(lines: list[Line], labels: list[str], number: int) -> str:
    """Return the date that a line says is the one of publication, also where the date stands on the next line."""
    line, below = lines[number], lines[number + 1] if number + 1 < len(lines) else None
    if not (line.look.has_date or (line.look.words <= 2 and below is not None and below.look.has_date)):
        return ""
    match = PUBLISHED.search(line.head) if line.look.words <= LONGEST_DATELINE else None
    # In prose other things are published too.
    if match is None or (labels[number] in PROSE and match.start() > 1):
        return ""
    if CHANGED.search(line.head, max(0, match.start() - SAME_BREATH), match.start()):
        return ""
    text = line.head[match.end() : match.end() + SAID_WITHIN]
    if not text and line.look.words <= 2 and below is not None:
        text = below.head[:SAID_WITHIN]
    return find_date(CHANGED.split(text)[0])


def _plain(lines: list[Line], labels: list[str], number: int) -> str:
    """Return the date of a line that holds little else, "" where it is of an update."""
    line, before = lines[number], lines[number - 1].head if number else ""
    if not line.look.has_date or line.look.words > LONGEST_DATELINE or labels[number] in NO_DATELINE:
        return ""
    date = find_date(unchanged(line.head))
    if not date:
        return ""
    beside = line.look.words - len(WORD.findall(date))
    if beside > MOST_BESIDE.get(labels[number], 12) or (labels[number] in PROSE and line.text.endswith(date + ".")):
        return ""
    updated = len(before) < SAID_WITHIN and CHANGED.search(before) and not find_date(before)
    return "" if updated else date


def _in_list(dates: dict[int, str], number: int) -> bool:
    """Say whether two other dates stand close to one: those are the dates of a list of articles."""
    close = {date for other, date in dates.items() if abs(other - number) <= LIST_REACH}
    return len(close) > 2


def _above(lines: list[Line], dates: dict[int, str], title: int) -> str:
    """Return the one date above the headline, but not today's: that has a weekday, no time, and stands atop a page."""
    if len(set(dates.values())) != 1:
        return ""
    number, date = max(dates.items())
    masthead = DAY_NAME.search(lines[number].head) and ":" not in date and title - number > 2
    return "" if masthead or title - number > NEAR else date


def _opening(text: str) -> str:
    """Return the date of a body that opens as agencies do: LINZ, May 3, 2021 (News Desk) -"""
    date = find_date(text[: 2 * SAID_WITHIN])
    before, _, after = text.partition(date or text)
    return date if date and OPENING.fullmatch(before) and OPENED.match(after) else ""


def _in_address(lines: list[Line], title: str) -> str:
    """Return the day in an address that names the article by words of its title."""
    words = {word.lower() for word in WORD.findall(title) if len(word) > 3}
    for match in _addresses(lines):
        if len(words & set(re.split(r"[^a-z\d]", match[2].lower()))) >= 3:
            return match[1].replace("/", "-")
    return ""


def _addresses(lines: list[Line]) -> Iterator[re.Match[str]]:
    return (match for line in lines if "://" in line.head and (match := ADDRESS.search(line.head)))
