"""HTML dates: when a web page was published, as its markup and the lines near its headline show, never when changed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from toolkit.changes import CHANGED, PUBLISHED, unchanged
from toolkit.dates import find_date, parse_date
from toolkit.zones import UNKNOWN_ZONE

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ONE_EVENT = timedelta(hours=26)  # a day in one zone and an instant in another may be the same
DATE_NAME = re.compile(r"[dD]ate|[tT]ime|[pP]ublish|posted|byline")  # of a class or an id, as CHANGED_NAME
CHANGED_NAME = re.compile(r"updat|modif|last-?_?mod|edited|changed|revised")
NAMING = ("class", "id", "itemprop")
TELLING = (*NAMING, "title", "aria-label", "data-type")  # attributes that may say which date an element shows
LOOKED_AT, PIECES, LONGEST = 200, 30, 200  # elements of a page, pieces of text in one, characters of its text
SAID_BEFORE = 45  # characters in which a page says what the date to follow is
IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2]|[a-z]{3})\2(0[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE
)


def best_date(dates: list[str]) -> str:
    """Return the first date, or one that tells the same day's time and zone where the first does not."""
    parsed = [(raw, when) for raw in dates if (when := parse_date(raw))]
    if not parsed:
        return ""
    first, day = parsed[0]
    if day.tzinfo is not UNKNOWN_ZONE:
        return first
    same = (raw for raw, when in parsed if when.tzinfo is not UNKNOWN_ZONE and abs(when - day) <= ONE_EVENT)
    return next(same, first)


def find_shown_date(tree: "HtmlElement", url: str) -> str:
    """Return the first date shown near the headline, else the one in the page's address; "" where there is none."""
    shown = next(_shown(tree), "")
    if shown or not (found := IN_ADDRESS.search(url)):
        return shown
    return f"{found[1]}-{found[3]}-{found[4]}" if found[3].isdigit() else f"{found[4]} {found[3]} {found[1]}"


def _shown(tree: "HtmlElement") -> Iterator[str]:
    for element, before in islice(_candidates(tree), LOOKED_AT):
        text = " ".join(" ".join(islice(element.itertext(), PIECES)).split())
        if len(text) > LONGEST or _is_named_changed(element):
            continue
        if _speaks_of_change(before) and not PUBLISHED.search(text):
            continue
        stamp = element.get("datetime", "") if CHANGED.search(text) is None else ""
        if found := stamp if parse_date(stamp) else find_date(unchanged(text)):
            yield found


def _candidates(tree: "HtmlElement") -> Iterator[tuple["HtmlElement", str]]:
    """Yield the elements made for dates with the last words before each, whichever element those stand in.

    Of what is above the headline only the article is looked at, since there many pages show the day they were saved.
    """
    from lxml import etree

    words, headline, article = "", next(tree.iter("h1"), None), next(tree.iter("article"), None)
    is_below = is_within = False
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        starts = event == "start"
        if starts and (is_below or is_within) and (node.tag == "time" or DATE_NAME.search(_names(node))):
            yield node, words
        is_below = is_below or (node is headline and not starts)
        is_within = starts if node is article else is_within
        text = node.text if starts else node.tail
        if text and not (starts and node.tag in ("script", "style")):
            words = " ".join(f"{words} {text[-LONGEST:]}".split())[-SAID_BEFORE:]


def _names(node: "HtmlElement", attributes: tuple[str, ...] = NAMING) -> str:
    return " ".join(node.get(name, "") for name in attributes)


def _is_named_changed(element: "HtmlElement") -> bool:
    """Say whether an element, or what it stands in, is named by a change; themes name a date both that never was."""
    for names in (_names(node, TELLING).lower() for node in (element, element.getparent())):
        if "publish" in names or CHANGED_NAME.search(names):
            return "publish" not in names
    return False


def _speaks_of_change(words: str) -> bool:
    """Say whether words end by telling that a date to follow is the one of a change: Updated by Ana Marsh on."""
    *_, last = CHANGED.split(words)
    told = last != words and not last.startswith((".", "!", "?"))
    return told and not find_date(last) and not PUBLISHED.search(last)
